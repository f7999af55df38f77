"""The arrays that kernels read and write, named by the width of their numbers.

Interpreted, a kernel takes any sequence: a list, or a view of an array. Compiled, it takes the
address of an array of exactly this type; ``tools/translate_kernels.py`` reads the types here.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import NamedTuple, TypeAlias

#: Read only: unsigned 8-bit, signed 16-, 32- and 64-bit, unsigned 32-bit integers; doubles.
Bytes: TypeAlias = Sequence[int]
Shorts: TypeAlias = Sequence[int]
Ints: TypeAlias = Sequence[int]
Numbers: TypeAlias = Sequence[int]
Names: TypeAlias = Sequence[int]
Floats: TypeAlias = Sequence[float]
#: Written to: signed 16-, 32- and 64-bit, unsigned 32-bit integers; doubles.
Shown: TypeAlias = MutableSequence[int]
Sums: TypeAlias = MutableSequence[int]
Scratch: TypeAlias = MutableSequence[int]
Posted: TypeAlias = MutableSequence[int]
Ranks: TypeAlias = MutableSequence[float]

#: A number of 32 bits, where loops over ``Sums`` are to be vectorised.
Int32: TypeAlias = int


class Listed(NamedTuple):
    """The words of the listed names.

    All that is read of a word is in one record (``limen.names.kernels.encode``): words come in no
    order, and a search waits for the memory oftener than for anything else.

    Attributes:
        words_at: name -> where its words start; one longer than the names.
        words: place in a name -> where the word's record starts; a name is a run of places.
        records: the records of the distinct words, end to end.
        lengths: name -> how long it was as written, if it may have been cut.
    """

    words_at: Ints
    words: Ints
    records: Bytes
    lengths: Shorts


class Keys(NamedTuple):
    """The keys of several queries, query after query, of each the heaviest first.

    ``limen.names.kernels.post.weigh_keys`` fills in everything but ``at``.

    Attributes:
        at: where the keys of each query start, and where the last end.
        starts: for every key, where its names start in ``Postings.names``.
        stops: where they end.
        weights: what each key weighs.
        rests: what each key and those of its query after it weigh.
        scales: the inverse norm of each query.
        nearest: the block to begin with, where names are about as long as the query: the sooner
            good names are found, the more others are passed over.
    """

    at: Numbers
    starts: Scratch
    stops: Scratch
    weights: Scratch
    rests: Scratch
    scales: Ranks
    nearest: Scratch


class NameKeys(NamedTuple):
    """The words of listed names, and the keys of these words.

    Attributes:
        words: the words of the names, end to end.
        words_at: where each name's words start, and where the last end.
        keys: the keys of the words, end to end.
        keys_at: where each word's keys start, and where the last end.
    """

    words: Ints
    words_at: Numbers
    keys: Ints
    keys_at: Numbers


class Postings(NamedTuple):
    """The listed names of every key. Names are numbered in the order of their norms.

    Attributes:
        names: the names of every key in their order, key after key.
        names_at: key -> where its names start; one longer than the keys.
        weights: key -> what it weighs.
        norms: the inverse norm of each name.
        gates: the least norm in each block of names.
    """

    names: Names
    names_at: Numbers
    weights: Ints
    norms: Floats
    gates: Floats


class Heap(NamedTuple):
    """The best listed names of a query, a heap with its worst first.

    Attributes:
        names: the listed names.
        ranks: their ranks.
    """

    names: Scratch
    ranks: Ranks
