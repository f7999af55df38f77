"""Know words that add nothing to a name: repeated ones, and an acronym behind what it stands for.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone.
"""

from __future__ import annotations

from limen.names.kernels.acronyms import count_words, spells
from limen.names.kernels.arrays import Scratch
from limen.names.kernels.edit_distance import same
from limen.names.kernels.score import PERSON, weight_of
from limen.names.kernels.word_similarity import (
    KIND,
    LENGTH,
    ONE,
    RECORD,
    TEXT,
    TWO,
    USED,
    WORD,
)

#: A word of this weight and so many letters is few names', and is not doubled as a name.
RARE_WORD, RARE_LETTERS = 900, 6


def spend_words(side: int, count: int, mode: int, space: Scratch) -> None:
    """Mark the words of a name that add nothing to it as used."""
    spend_repeated(side, count, mode, space)
    if mode != PERSON:
        spend_acronym(side, count, space)


def spend_repeated(side: int, count: int, mode: int, space: Scratch) -> None:
    """Mark the rare words that a name repeats as used where one of them has a partner.

    ``SHOIGU, Sergei SHOIGU`` is no other name than ``Sergei SHOIGU``; ``Abdullah Abdullah`` is
    more than ``Abdullah``, and ``Kyaw Kyaw Win`` than ``Kyaw Win``.
    """
    for place in range(count):
        slot = side + place * RECORD
        if space[slot + USED] or space[slot + KIND] & 7 != WORD:
            continue
        if weight_of(slot, mode, space) < RARE_WORD or space[slot + LENGTH] < RARE_LETTERS:
            continue
        for other in range(count):
            twin = side + other * RECORD
            length = space[slot + LENGTH]
            spent = space[twin + USED] and space[twin + LENGTH] == length
            if spent and same(space, slot + TEXT, twin + TEXT, length):
                space[slot + USED] = 1


def is_acronym_behind(m: int, n: int, space: Scratch) -> bool:
    """Return whether the only word of one name is the acronym that ends the other."""
    return ends(ONE, m, TWO, n, space) or ends(TWO, n, ONE, m, space)


def ends(short: int, m: int, full: int, n: int, space: Scratch) -> bool:
    """Return whether a name's only word is the acronym behind the words of the other."""
    if not has_acronym(full, n, space) or count_words(short, m, space) != 1:
        return False
    last = full + (n - 1) * RECORD
    length = space[last + LENGTH]
    for i in range(m):
        word = short + i * RECORD
        if space[word + LENGTH] == length and same(space, word + TEXT, last + TEXT, length):
            return True
    return False


def has_acronym(side: int, count: int, space: Scratch) -> bool:
    """Return whether a name's last word is the acronym of two words or more before it, as in
    ``National Iranian Oil Company (NIOC)``.
    """
    last = side + (count - 1) * RECORD
    if count < 3 or space[last + KIND] != WORD or not 3 <= space[last + LENGTH] <= 8:
        return False
    return count_words(side, count - 1, space) > 1 and spells(last, side, count - 1, space)


def spend_acronym(side: int, count: int, space: Scratch) -> None:
    """Mark the acronym behind a name's words as used: it adds nothing to them."""
    if count > 0 and has_acronym(side, count, space):
        space[side + (count - 1) * RECORD + USED] = 1
