"""Compare an abjad's word with the letters of a Latin one, as libraries and passports write it.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone. The
sound of a Latin word has no ``h`` in ``Rahmani`` and ``Bakht``, which an abjad writes; its letters
have two for one: ``kh``, ``sh``, ``th``, ``Wassiq``.
"""

from __future__ import annotations

from limen.names.kernels.arrays import Numbers, Scratch
from limen.names.kernels.edit_distance import (
    GAPS,
    ROW,
    ROWS,
    VOWELS,
    A,
    D,
    H,
    J,
    S,
    T,
    Y,
    soft_cost,
)

#: Where a matcher's numbers say that it has these rules.
RULES = 37 * 37 + 53
B, C, F, G, K, P, Q, V, W, Z = 2, 3, 6, 7, 11, 16, 17, 22, 23, 26


def reads_letters(model: Numbers) -> bool:
    """Return whether a matcher compares an abjad's words with letters as well as sounds."""
    return model[RULES] == 1


def letters_cost(
    space: Scratch, start: int, length: int, begin: int, width: int, model: Numbers
) -> int:
    """Return the least cost from a word without short vowels to the letters of a Latin one."""
    last, row = ROWS, ROWS + ROW
    space[last] = 0
    for j in range(width):
        space[GAPS + j] = unread_cost(begin, j, width, space)
        space[last + j + 1] = space[last + j] + space[GAPS + j]
    for i in range(length):
        letter = space[start + i]
        gap = 200 if letter in (A, W, Y) else 1000
        if letter == H and i == length - 1:
            gap = 50
        before = space[last] + gap
        space[row] = before
        for j in range(width):
            heard = j + 1 < width and space[begin + j + 1] == H
            cost = space[last + j] + letter_cost(letter, space[begin + j], heard, i == 0, model)
            cost = min(cost, space[last + j + 1] + gap, before + space[GAPS + j])
            before = cost
            space[row + j + 1] = cost
        last, row = row, last
    return space[last + width]


def unread_cost(begin: int, at: int, width: int, space: Scratch) -> int:
    """Return the cost of a Latin letter that an abjad does not write."""
    letter = space[begin + at]
    before = space[begin + at - 1] if at > 0 else 0
    behind = space[begin + at + 1] if at + 1 < width else 0
    if letter == before:
        return 0
    if letter == H:
        return 0 if before in (C, D, G, K, P, S, T, Z) else 300
    if letter in (C, K) and behind == H:
        return 0
    if letter == T and behind in (S, Z):
        return 50
    return 40 if (VOWELS >> letter) & 1 else 1000


def letter_cost(letter: int, other: int, heard: bool, first: bool, model: Numbers) -> int:
    """Return the cost of an abjad letter against a Latin one, which an ``h`` may follow."""
    if letter == other or (letter == K and other in (Q, C)):
        return 0
    if heard and ((letter == S and other == T) or (letter == Z and other in (D, T))):
        return 50
    if letter == B and other in (P, V):
        return 150
    if (letter == F and other == V) or (letter == S and other in (C, Z)):
        return 100
    if letter in (J, K) and other == G:
        return 200
    return soft_cost(letter, other, first, model)
