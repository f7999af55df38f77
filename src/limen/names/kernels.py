"""The inner loops, as plain Python over sequences of integers.

Every function here runs in two ways: interpreted, over lists, which is the oracle and the path
of a single question; and compiled by numba, over arrays (``limen.names.compiled``). All
arithmetic is on integers, so that the two agree to the last bit.

A *pack* is a tuple of sequences that hold tokens one after another::

    0 letters  codes of the texts, end to end (1-26 a-z, 27-36 0-9)
    1 at       token -> where its text starts; one longer than the tokens
    2 heard    codes of the sounds, end to end
    3 heard_at token -> where its sound starts; one longer than the tokens
    4 kind     token -> WORD, INITIAL, NUMBER, LEGAL, TITLE, PARTICLE; +8 for an abjad
    5 weight   token -> thousandths
    6 classes  token -> four class codes, 0 for none
    7 mask     token -> which letters its sound has, one bit a letter
    8 words    place in a name -> token; a name is a run of places

``space`` is scratch: at least ``SPACE`` integers, whose contents mean nothing between calls.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import Any, TypeAlias

Numbers: TypeAlias = Sequence[int]
Scratch: TypeAlias = MutableSequence[int]
Pack: TypeAlias = Any

MAX_N = 24
ROW = 48
# where things lie in ``space``
ROWS = 0
JOINED = ROWS + 3 * ROW
GRID = JOINED + ROW
USED_A = GRID + MAX_N * MAX_N
USED_B = USED_A + MAX_N
SPACE = USED_B + MAX_N

WORD, INITIAL, NUMBER, LEGAL, TITLE, PARTICLE = 0, 1, 2, 3, 4, 5
ABJAD = 8

# the kinds of a token pair, as ``pairs`` of ``align`` name them
SAME, EQUIVALENT, SHORT, SOUND, SPELLING, INITIAL_OF, JOINED_PAIR, CUT, LEGAL_SAME, NUMBER_SAME, CONFLICT = (
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
)  # fmt: skip

# similarities, in thousandths
FULL, SIM_EQUIVALENT, SIM_SOUND, SIM_SHORT, SIM_BOTH_SHORT = 1000, 960, 955, 890, 820
SIM_INITIAL, SIM_JOINED, SIM_ABJAD, SIM_CUT = 880, 985, 970, 940
LEAST = 500

# costs of an edit; the table of substitutions is data
INSERT, INSERT_VOWEL, INSERT_H, DOUBLE, TRANSPOSE = 1000, 800, 400, 300, 900
VOWELS = (1 << 1) | (1 << 5) | (1 << 9) | (1 << 15) | (1 << 21) | (1 << 25)
H = 8


def insertion(letters: Numbers, first: int, at: int) -> int:
    """What one letter more costs: little for a doubled one, less for a vowel or an ``h``."""
    letter = letters[at]
    if at > first and letters[at - 1] == letter:
        return DOUBLE
    if letter == H:
        return INSERT_H
    if (VOWELS >> letter) & 1:
        return INSERT_VOWEL
    return INSERT


def edit_cost(
    one: Numbers, start: int, end: int, two: Numbers, begin: int, stop: int,
    costs: Numbers, limit: int, space: Scratch,
) -> int:  # fmt: skip
    """The cheapest way from one word to another, or more than ``limit``.

    Weighted optimal string alignment: insertions, substitutions by ``costs``, and transposed
    neighbours. ``O(n * m)``, three rows.
    """
    width = stop - begin
    last, row, older = ROWS, ROWS + ROW, ROWS + 2 * ROW
    space[last] = 0
    for j in range(width):
        space[last + j + 1] = space[last + j] + insertion(two, begin, begin + j)
    for i in range(end - start):
        letter = one[start + i]
        gap = insertion(one, start, start + i)
        space[row] = space[last] + gap
        least = space[row]
        for j in range(width):
            other = two[begin + j]
            cost = space[last + j] + costs[letter * 37 + other]
            more = space[last + j + 1] + gap
            if more < cost:
                cost = more
            more = space[row + j] + insertion(two, begin, begin + j)
            if more < cost:
                cost = more
            if (
                i > 0
                and j > 0
                and letter == two[begin + j - 1]
                and one[start + i - 1] == other
                and letter != other
            ):
                more = space[older + j - 1] + TRANSPOSE
                if more < cost:
                    cost = more
            space[row + j + 1] = cost
            if cost < least:
                least = cost
        if least > limit + TRANSPOSE:
            return limit + 1
        older, last, row = last, row, older
    return space[last + width]


def abjad_cost(
    abjad: Numbers, start: int, end: int, latin: Numbers, begin: int, stop: int,
    costs: Numbers, space: Scratch,
) -> int:  # fmt: skip
    """The cheapest way from a word without short vowels to a Latin sound.

    A Latin vowel may be missing for almost nothing; the letters that write long vowels (a, w, y)
    meet vowels freely and their consonants (v, i, j) too; a final ``h`` may be missing.
    """
    width = stop - begin
    last, row = ROWS, ROWS + ROW
    space[last] = 0
    for j in range(width):
        free = 40 if (VOWELS >> latin[begin + j]) & 1 else 1000
        space[last + j + 1] = space[last + j] + free
    for i in range(end - start):
        letter = abjad[start + i]
        soft = letter == 1 or letter == 23 or letter == 25
        gap = 200 if soft else 1000
        if letter == H and i == end - start - 1:
            gap = 50
        space[row] = space[last] + gap
        for j in range(width):
            other = latin[begin + j]
            vowel = (VOWELS >> other) & 1
            if letter == other:
                cost = 0
            elif letter == 1:
                cost = 50 if vowel else 1000
            elif letter == 23:
                cost = 0 if other == 22 or other == 21 or other == 15 else 150 if vowel else 1000
            elif letter == 25:
                cost = 0 if other == 9 or other == 5 or other == 10 else 150 if vowel else 1000
            else:
                cost = 1000 if vowel else costs[letter * 37 + other]
            cost += space[last + j]
            more = space[last + j + 1] + gap
            if more < cost:
                cost = more
            free = 40 if vowel else 1000
            if other == H:
                free = 300
            more = space[row + j] + free
            if more < cost:
                cost = more
            space[row + j + 1] = cost
        last, row = row, last
    return space[last + width]


def bits(number: int) -> int:
    """How many bits of a non-negative number are set."""
    count = 0
    while number:
        number &= number - 1
        count += 1
    return count


def same(one: Numbers, start: int, end: int, two: Numbers, begin: int, stop: int) -> bool:
    """Whether two runs of codes are equal."""
    if end - start != stop - begin:
        return False
    for offset in range(end - start):
        if one[start + offset] != two[begin + offset]:
            return False
    return True


def shared_class(one: Numbers, i: int, two: Numbers, j: int) -> int:
    """0 for no class in common, else 1 + the number of short forms among the two."""
    for a in range(4):
        code = one[4 * i + a]
        if code == 0:
            break
        for b in range(4):
            other = two[4 * j + b]
            if other == 0:
                break
            if code >> 1 == other >> 1:
                return 1 + (code & 1) + (other & 1)
    return 0


def similarity(one: Pack, i: int, two: Pack, j: int, costs: Numbers, space: Scratch) -> int:
    """How much one word is another: ``16 * thousandths + kind``, 0 for not at all."""
    at, heard_at = one[1], one[3]
    at2, heard_at2 = two[1], two[3]
    kind, other = one[4][i] & 7, two[4][j] & 7
    if same(one[0], at[i], at[i + 1], two[0], at2[j], at2[j + 1]):
        return FULL * 16 + SAME
    if kind == NUMBER or other == NUMBER or kind == LEGAL or other == LEGAL:
        return 0
    if kind == INITIAL or other == INITIAL:
        if kind == other or kind == PARTICLE or other == PARTICLE:
            return 0
        if one[0][at[i]] == two[0][at2[j]] or one[2][heard_at[i]] == two[2][heard_at2[j]]:
            return SIM_INITIAL * 16 + INITIAL_OF
        return 0
    joint = shared_class(one[6], i, two[6], j)
    if joint == 1:
        return SIM_EQUIVALENT * 16 + EQUIVALENT
    best = 0
    if joint == 2:
        best = SIM_SHORT * 16 + SHORT
    elif joint == 3:
        best = SIM_BOTH_SHORT * 16 + SHORT
    found = spelled(one, i, two, j, costs, space)
    return found if found > best else best


def spelled(one: Pack, i: int, two: Pack, j: int, costs: Numbers, space: Scratch) -> int:
    """Similarity by letters and sounds alone."""
    at, heard_at = one[1], one[3]
    at2, heard_at2 = two[1], two[3]
    sound_length, sound_length2 = heard_at[i + 1] - heard_at[i], heard_at2[j + 1] - heard_at2[j]
    shorter = min(sound_length, sound_length2)
    abjad, abjad2 = one[4][i] & ABJAD, two[4][j] & ABJAD
    if abjad != abjad2:
        if abjad:
            cost = abjad_cost(
                one[2], heard_at[i], heard_at[i + 1], two[2], heard_at2[j], heard_at2[j + 1],
                costs, space,
            )  # fmt: skip
            consonants = sound_length
        else:
            cost = abjad_cost(
                two[2], heard_at2[j], heard_at2[j + 1], one[2], heard_at[i], heard_at[i + 1],
                costs, space,
            )  # fmt: skip
            consonants = sound_length2
        found = SIM_ABJAD - cost // (consonants + 1)
        return found * 16 + SOUND if found >= LEAST else 0
    if same(one[2], heard_at[i], heard_at[i + 1], two[2], heard_at2[j], heard_at2[j + 1]):
        return (SIM_SOUND if shorter > 2 else SIM_SOUND - 60) * 16 + SOUND
    differing = bits(one[7][i] ^ two[7][j])
    length = max(at[i + 1] - at[i], at2[j + 1] - at2[j])
    if differing > length or abs(sound_length - sound_length2) * 2 > length + 2:
        return 0
    limit = length * 500
    cost = edit_cost(one[0], at[i], at[i + 1], two[0], at2[j], at2[j + 1], costs, limit, space)
    heard = 150 + edit_cost(
        one[2], heard_at[i], heard_at[i + 1], two[2], heard_at2[j], heard_at2[j + 1],
        costs, limit, space,
    )  # fmt: skip
    if heard < cost:
        cost = heard
    if length < 4:
        cost = cost * 5 // 4
    found = FULL - cost // length
    if found < LEAST:
        return 0
    return found * 16 + SPELLING


def join_similarity(
    one: Pack, i: int, two: Pack, first: int, last: int, costs: Numbers, space: Scratch
) -> int:
    """How much one word is the neighbours ``first`` to ``last`` written together."""
    at, at2, words = one[1], two[1], two[8]
    length = at[i + 1] - at[i]
    size = 0
    for place in range(first, last):
        size += at2[words[place] + 1] - at2[words[place]]
    if length < 4 or abs(length - size) > 2 or size >= ROW:
        return 0
    size = 0
    for place in range(first, last):
        for letter in range(at2[words[place]], at2[words[place] + 1]):
            space[JOINED + size] = two[0][letter]
            size += 1
    ends = one[0][at[i]] == space[JOINED] or one[0][at[i + 1] - 1] == space[JOINED + size - 1]
    if not ends:
        return 0
    cost = edit_cost(
        one[0], at[i], at[i + 1], space, JOINED, JOINED + size, costs, length * 200, space
    )
    found = SIM_JOINED - cost // length
    return found if found >= 800 else 0
