"""Compare words and names that are written together: ``Kimjong Un``, ``Ahma dShafai``.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone.
"""

from __future__ import annotations

from limen.names.kernels.arrays import Numbers, Scratch
from limen.names.kernels.edit_distance import ROW, edit_cost
from limen.names.kernels.word_similarity import (
    ABJAD,
    FULL,
    HEARD,
    HEARD_ONLY,
    JOIN_APART,
    JOINED,
    JOINED_TOO,
    KIND,
    LEGAL,
    LENGTH,
    NUMBER,
    ONE,
    RECORD,
    SIM_JOINED,
    SOUND_LENGTH,
    SYLLABIC,
    TEXT,
    TWO,
)

#: Names of fewer letters are not compared without their blanks.
LEAST_TOGETHER = 7


def join_similarity(space: Scratch, word: int, first: int, count: int, model: Numbers) -> int:
    """Return how similar one word is to ``count`` neighbours, from slot ``first`` on, joined."""
    length = space[word + LENGTH]
    size = 0
    for place in range(count):
        size += space[first + place * RECORD + LENGTH]
    if length < 4 or size < length - 2 or size > length + 2:
        return 0
    if not ends_meet(space, word, first, first + (count - 1) * RECORD):
        return 0
    size = 0
    for place in range(count):
        slot = first + place * RECORD
        for letter in range(space[slot + LENGTH]):
            space[JOINED + size + letter] = space[slot + TEXT + letter]
        size += space[slot + LENGTH]
    cost = edit_cost(space, word + TEXT, length, JOINED, size, length * 200, model)
    if cost > model[HEARD_ONLY]:
        cost = min(cost, joined_sound(space, word, first, count, model))
    if space[word + KIND] & SYLLABIC and cost > model[HEARD_ONLY]:
        cost += model[JOIN_APART]
    found = SIM_JOINED - cost // length
    return found if found >= 800 else 0


def ends_meet(space: Scratch, word: int, first: int, last: int) -> bool:
    """Return whether a word begins as the first of some neighbours, or ends as the last."""
    if space[word + TEXT] == space[first + TEXT]:
        return True
    own, other = word + TEXT + space[word + LENGTH], last + TEXT + space[last + LENGTH]
    return space[own - 1] == space[other - 1]


def joined_sound(space: Scratch, word: int, first: int, count: int, model: Numbers) -> int:
    """Return the cost of a word's sound against those of ``count`` neighbours, joined."""
    heard = space[word + SOUND_LENGTH]
    size = 0
    for place in range(count):
        slot = first + place * RECORD
        for letter in range(space[slot + SOUND_LENGTH]):
            space[JOINED + size + letter] = space[slot + HEARD + letter]
        size += space[slot + SOUND_LENGTH]
    limit = heard * 100
    cost = edit_cost(space, word + HEARD, heard, JOINED, size, limit, model)
    return model[HEARD_ONLY] + cost if cost <= limit else space[word + LENGTH] * FULL


def run_together(side: int, count: int, place: int, space: Scratch) -> int:
    """Write a name's letters to ``place`` without blanks, and return how many; 0 for too many.

    Legal forms are left out; a name with a number gives 0, because numbers must agree.
    """
    size = 0
    for word in range(count):
        slot = side + word * RECORD
        kind = space[slot + KIND] & 15
        if kind == LEGAL:
            continue
        if kind == NUMBER or kind & ABJAD or size + space[slot + LENGTH] > ROW - 2:
            return 0
        for letter in range(space[slot + LENGTH]):
            space[place + size + letter] = space[slot + TEXT + letter]
        size += space[slot + LENGTH]
    return size


def blanks_moved(m: int, n: int, model: Numbers, space: Scratch) -> int:
    """Return the similarity of two names with their blanks in other places; 0 for none.

    The letters are the same, in their order, but for an edit in seventeen: names that differ
    in more, or with words of equal lengths, are compared word by word alone.
    """
    moved = m != n
    for place in range(min(m, n)):
        moved |= space[ONE + place * RECORD + LENGTH] != space[TWO + place * RECORD + LENGTH]
    if not moved:
        return 0
    size = run_together(ONE, m, JOINED, space)
    width = run_together(TWO, n, JOINED_TOO, space)
    if size < LEAST_TOGETHER or abs(size - width) > 2:
        return 0
    limit = max(size, width) * 60
    cost = edit_cost(space, JOINED, size, JOINED_TOO, width, limit, model)
    return SIM_JOINED - cost // max(size, width) if cost <= limit else 0
