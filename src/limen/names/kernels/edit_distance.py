"""Compute what it costs to turn one run of letters into another: edits, abjads, equal letters.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, and works in the same
``space``: three rows of ``ROW`` integers from ``ROWS`` on, and one from ``GAPS`` on.
"""

from __future__ import annotations

from limen.names.kernels.arrays import Numbers, Scratch

ROW = 48
ROWS = 0
GAPS = ROWS + 3 * ROW

# costs of an edit, in thousandths; the table of substitutions is data
INSERT, INSERT_VOWEL, INSERT_H, DOUBLE, TRANSPOSE = 1000, 800, 400, 300, 900
VOWELS = (1 << 1) | (1 << 5) | (1 << 9) | (1 << 15) | (1 << 21) | (1 << 25)
A, D, E, H, I, J, O, S, T = 1, 4, 5, 8, 9, 10, 15, 19, 20  # noqa: E741 - letters
U, V, W, Y, Z = 21, 22, 23, 25, 26
# every other bit, pair of bits, four bits of 40
ONES, PAIRS_OF_BITS, FOURS_OF_BITS = 0x5555555555, 0x3333333333, 0x0F0F0F0F0F


def insertion(space: Scratch, first: int, at: int) -> int:
    """Return the cost of one more letter: less for a vowel, little for ``h`` or a doubled one."""
    letter = space[at]
    if at > first and space[at - 1] == letter:
        return DOUBLE
    if letter == H:
        return INSERT_H
    if (VOWELS >> letter) & 1:
        return INSERT_VOWEL
    return INSERT


def edit_cost(
    space: Scratch, start: int, length: int, begin: int, width: int, limit: int, model: Numbers
) -> int:
    """Return the least cost from one run of letters to another, or more than ``limit``.

    Weighted optimal string alignment: insertions, substitutions by ``model``, and transposed
    neighbours. ``O(length * width)``, three rows.
    """
    last, row, older = ROWS, ROWS + ROW, ROWS + 2 * ROW
    passed = TRANSPOSE
    space[last] = 0
    for j in range(width):
        gap = insertion(space, begin, begin + j)
        space[GAPS + j] = gap
        space[last + j + 1] = space[last + j] + gap
    turned = 0  # the letter before; letters begin at 1
    for i in range(length):
        letter = space[start + i]
        gap = insertion(space, start, start + i)
        corner, before, other_before = space[last], space[last] + gap, 0
        space[row] = before
        least = before
        for j in range(width):
            other, above = space[begin + j], space[last + j + 1]
            cost = corner + model[letter * 37 + other]
            cost = min(cost, above + gap, before + space[GAPS + j])
            if letter == other_before and other == turned and letter != other:
                cost = min(cost, space[older + j - 1] + TRANSPOSE)
            corner, before, other_before = above, cost, other
            space[row + j + 1] = cost
            least = min(least, cost)
        turned = letter
        if least > limit and passed > limit:
            return limit + 1  # every way goes through this row, or over it by a transposition
        passed = least + TRANSPOSE
        older, last, row = last, row, older
    return space[last + width]


def soft_cost(letter: int, other: int, first: bool, model: Numbers) -> int:
    """Return the cost of an abjad letter against a Latin one: its long vowels are consonants too.

    The alef that begins a word may be any vowel; another is a long ``a``.
    """
    if letter == other:
        return 0
    vowel = (VOWELS >> other) & 1
    if letter == A:
        return (50 if first or other in (A, O, E) else 500) if vowel else 1000
    if letter == W:
        return 0 if other in (U, V, O) else 400 if vowel else 1000
    if letter == Y:
        return 0 if other in (I, E, J) else 400 if vowel else 1000
    if letter in (D, Z) and other in (D, Z):
        return 200  # dhal and dad are d in Arabia and z in Persia
    return 1000 if vowel else model[letter * 37 + other]


def abjad_cost(
    space: Scratch, start: int, length: int, begin: int, width: int, model: Numbers
) -> int:
    """Return the least cost from a word without short vowels to a Latin sound.

    A Latin vowel may be missing for almost nothing; the letters that write long vowels (a, w, y)
    may be missing for little, and a final ``h`` too.
    """
    last, row = ROWS, ROWS + ROW
    space[last] = 0
    for j in range(width):
        other = space[begin + j]
        space[GAPS + j] = 40 if (VOWELS >> other) & 1 else 300 if other == H else 1000
        space[last + j + 1] = space[last + j] + space[GAPS + j]
    for i in range(length):
        letter = space[start + i]
        gap = 200 if letter in (A, W, Y) else 1000
        if letter == H and i == length - 1:
            gap = 50
        before = space[last] + gap
        space[row] = before
        for j in range(width):
            cost = space[last + j] + soft_cost(letter, space[begin + j], i == 0, model)
            cost = min(cost, space[last + j + 1] + gap, before + space[GAPS + j])
            before = cost
            space[row + j + 1] = cost
        last, row = row, last
    return space[last + width]


def bits(number: int) -> int:
    """Count the bits that are set in a non-negative number of 40 bits."""
    number -= (number >> 1) & ONES
    number = (number & PAIRS_OF_BITS) + ((number >> 2) & PAIRS_OF_BITS)
    number = (number + (number >> 4)) & FOURS_OF_BITS
    number += number >> 8
    return (number + (number >> 16) + (number >> 32)) & 0x3F


def same(space: Scratch, start: int, begin: int, length: int) -> bool:
    """Return whether two runs of equal length have the same letters."""
    for offset in range(length):  # noqa: SIM110 - compiled: no generators
        if space[start + offset] != space[begin + offset]:
            return False
    return True
