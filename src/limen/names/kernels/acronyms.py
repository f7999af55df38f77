"""Recognise the acronym of a name: ``IRGC``, Islamic Revolutionary Guard Corps.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone.
"""

from __future__ import annotations

from limen.names.kernels.arrays import Scratch
from limen.names.kernels.edit_distance import A, H, S, T, U, Y
from limen.names.kernels.word_similarity import (
    HEARD,
    INITIAL,
    KIND,
    LEGAL,
    LENGTH,
    NUMBER,
    ONE,
    PARTICLE,
    RECORD,
    TEXT,
    TWO,
    WORD,
)


def is_acronym(m: int, n: int, space: Scratch) -> bool:
    """Return whether one of the names in ``space`` is the acronym of the other."""
    return stands_for(ONE, m, TWO, n, space) or stands_for(TWO, n, ONE, m, space)


def stands_for(short: int, m: int, full: int, n: int, space: Scratch) -> bool:
    """Return whether the only word of one name is the first letters of the other's words."""
    if count_words(short, m, space) != 1 or count_words(full, n, space) < 2:
        return False
    for i in range(m):
        word = short + i * RECORD
        if space[word + KIND] == WORD and 3 <= space[word + LENGTH] <= 8:
            return spells(word, full, n, space)
    return False


def spells(word: int, full: int, n: int, space: Scratch) -> bool:
    """Return whether a word is the first letters of a name's words.

    A small word and a legal form may be left out. ``reached`` has a bit for every number of
    letters that the words so far can spell.
    """
    reached = 1
    for j in range(n):
        slot = full + j * RECORD
        kind = space[slot + KIND] & 7
        first = space[slot + HEARD] if kind == LEGAL else space[slot + TEXT]
        taken = 0
        for at in range(space[word + LENGTH]):
            if (reached >> at) & 1 and space[word + TEXT + at] == first:
                taken |= 1 << (at + 1)
                if kind == WORD and digraph(word + TEXT + at, slot + TEXT, space):
                    taken |= 1 << (at + 2)
        reached = taken | reached if kind in (PARTICLE, LEGAL) else taken
    return (reached >> space[word + LENGTH]) & 1 == 1


def digraph(at: int, start: int, space: Scratch) -> bool:
    """Return whether both places read the same Cyrillic letter, which Latin writes with two."""
    first, second = space[at], space[at + 1]
    if space[start + 1] != second:
        return False
    return second == H or (first == T and second == S) or (first == Y and second in (A, U))


def count_words(side: int, count: int, space: Scratch) -> int:
    """Count the words of a name that are neither legal form, title nor particle."""
    words = 0
    for place in range(count):
        if space[side + place * RECORD + KIND] & 7 in (WORD, NUMBER, INITIAL):
            words += 1
    return words
