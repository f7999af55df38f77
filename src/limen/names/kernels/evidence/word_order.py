"""Know where the order of words carries meaning: around ``bin``, and of a company's letters.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone. All
else may be written in any order: ``Salman bin Muhammad`` is the son of ``Muhammad bin Salman``.
"""

from __future__ import annotations

from limen.names.kernels.arrays import Scratch
from limen.names.kernels.edit_distance import same
from limen.names.kernels.score import PAIR, PERSON, weight_of
from limen.names.kernels.word_similarity import (
    I_,
    KIND,
    LENGTH,
    ONE,
    PARTICLE,
    RECORD,
    SAME,
    TEXT,
    TWO,
    N,
)

#: The letter, as words are encoded.
B = 2


def out_of_order(m: int, n: int, mode: int, space: Scratch, pairs: Scratch) -> int:
    """Return the weight of the words that contradict each other by their order alone."""
    if mode == PERSON:
        return father_and_son(m, n, mode, space, pairs)
    return letters_in_disorder(mode, space, pairs)


def father_and_son(m: int, n: int, mode: int, space: Scratch, pairs: Scratch) -> int:
    """Return the weight of the words around ``bin`` that changed places, the heavier of two."""
    son, heir = before_bin(ONE, m, space), before_bin(TWO, n, space)
    if son < 0 or heir < 0:
        return 0
    swapped = is_pair(son, heir + 2, pairs) and is_pair(son + 2, heir, pairs)
    slot = ONE + son * RECORD
    weight = max(weight_of(slot, mode, space), weight_of(slot + 2 * RECORD, mode, space))
    return weight if swapped else 0


def before_bin(side: int, count: int, space: Scratch) -> int:
    """Return the place of the word before a name's only ``bin``, which has one behind it; or -1."""
    found = -1
    for place in range(1, count - 1):
        slot = side + place * RECORD
        if space[slot + KIND] & 7 == PARTICLE and space[slot + LENGTH] == 3:
            text = slot + TEXT
            if space[text] == B and space[text + 1] == I_ and space[text + 2] == N:
                if found >= 0:
                    return -1
                found = place - 1
    return found


def is_pair(first: int, begin: int, pairs: Scratch) -> bool:
    """Return whether a word of one name is paired with a word of the other."""
    for pair in range(pairs[0]):
        place = 1 + PAIR * pair
        if pairs[place] == first and pairs[place + 2] == begin:
            return True
    return False


def letters_in_disorder(mode: int, space: Scratch, pairs: Scratch) -> int:
    """Return the weight of the letters that stand before one that they stand behind elsewhere."""
    weight, last = 0, 0
    for pair in range(pairs[0]):
        place = 1 + PAIR * pair
        slot = ONE + pairs[place] * RECORD
        if pairs[place + 4] & 15 == SAME and space[slot + LENGTH] == 1:
            if pairs[place + 2] < last:
                weight += weight_of(slot, mode, space)
            last = max(last, pairs[place + 2])
    return weight


def letters_exchanged(one: int, two: int, space: Scratch) -> bool:
    """Return whether two words differ in two neighbouring letters that changed places alone."""
    length = space[one + LENGTH]
    if length != space[two + LENGTH]:
        return False
    at = 0
    while at < length and space[one + TEXT + at] == space[two + TEXT + at]:
        at += 1
    if at + 1 >= length:
        return False
    crossed = space[one + TEXT + at] == space[two + TEXT + at + 1]
    crossed = crossed and space[one + TEXT + at + 1] == space[two + TEXT + at]
    rest = at + 2
    return crossed and same(space, one + TEXT + rest, two + TEXT + rest, length - rest)
