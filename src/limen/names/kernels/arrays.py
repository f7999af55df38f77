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
#: Written to: signed 32- and 64-bit, unsigned 32-bit integers; doubles.
Sums: TypeAlias = MutableSequence[int]
Scratch: TypeAlias = MutableSequence[int]
Posted: TypeAlias = MutableSequence[int]
Ranks: TypeAlias = MutableSequence[float]

#: A number of 32 bits, where loops over ``Sums`` are to be vectorised.
Int32: TypeAlias = int


class Pack(NamedTuple):
    """The words of names, each as a record of integers, laid end to end.

    Attributes:
        letters: codes of the texts, end to end (1-26 a-z, 27-36 0-9).
        letters_at: word -> where its text starts; one longer than the words.
        sounds: codes of the sounds, end to end.
        sounds_at: word -> where its sound starts; one longer than the words.
        kinds: word -> WORD, INITIAL, NUMBER, LEGAL, TITLE, PARTICLE; +8 for an abjad, +16 for a
            word of Han or Hangul characters.
        weights: word -> thousandths.
        classes: word -> four class codes, 0 for none.
        masks: word -> which letters its sound has, one bit a letter.
        words: place in a name -> word; a name is a run of places.
    """

    letters: Bytes
    letters_at: Ints
    sounds: Bytes
    sounds_at: Ints
    kinds: Bytes
    weights: Shorts
    classes: Shorts
    masks: Numbers
    words: Ints


class Keys(NamedTuple):
    """The keys of several queries, query after query, of each the heaviest first.

    Attributes:
        at: where the keys of each query start, and where the last end.
        starts: for every key, where its places start in ``Postings.places``.
        stops: where they end.
        weights: what each key weighs.
        rests: what each key and those of its query after it weigh.
        scales: the inverse norm of each query.
        nearest: the block to begin with, where names are about as long as the query: the sooner
            good names are found, the more others are passed over.
    """

    at: Numbers
    starts: Numbers
    stops: Numbers
    weights: Numbers
    rests: Numbers
    scales: Floats
    nearest: Numbers


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
    """The listed names of every key, by their places in the order of their norms.

    Attributes:
        places: the places of every key in their order, key after key.
        order: the listed name at each place.
        norms: the inverse norm of the name at each place.
        gates: the least norm in each block of places.
    """

    places: Names
    order: Ints
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
