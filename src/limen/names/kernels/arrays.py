"""The arrays that kernels read and write, named by the width of their numbers.

Interpreted, a kernel takes any sequence: a list, or a view of an array. Compiled, it takes the
address of an array of exactly this type; ``tools/translate_kernels.py`` reads the types here.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import NamedTuple, TypeAlias

#: Read only: unsigned 8- and 16-bit, signed 16-, 32- and 64-bit, unsigned 32-bit integers; doubles.
Bytes: TypeAlias = Sequence[int]
Sizes: TypeAlias = Sequence[int]
Shorts: TypeAlias = Sequence[int]
Ints: TypeAlias = Sequence[int]
Numbers: TypeAlias = Sequence[int]
Names: TypeAlias = Sequence[int]
Floats: TypeAlias = Sequence[float]
#: Written to: signed 32- and 64-bit integers; doubles.
Sums: TypeAlias = MutableSequence[int]
Scratch: TypeAlias = MutableSequence[int]
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
