"""Prove early that two names cannot reach a score of ``limen-2``, before they are aligned.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone. Words
that are like no word of the other name, on both sides, contradict each other whatever the
alignment finds; what that takes from the score is least when every other word is paired.
"""

from __future__ import annotations

from limen.names.kernels.arrays import Numbers, Scratch
from limen.names.kernels.evidence.full_names import lower_fathers
from limen.names.kernels.evidence.weigh import (
    ACRONYM_SCORE,
    BLANKS_SCORE,
    CONFLICT,
    DIFFERS,
    MEASURES,
    PEAK,
    SLOPES,
    column_of,
    least_pair,
)
from limen.names.kernels.score import PERSON, speaks, weight_of
from limen.names.kernels.word_similarity import FULL, GRID, MAX_N, ONE, RECORD, TWO


def most_by_evidence(count: int, n: int, mode: int, model: Numbers, space: Scratch) -> int:
    """Return the most that the names in ``space`` can score by words in contradiction alone.

    Their similarities must be in the grid.
    """
    least = least_pair(mode, model)
    if mode == PERSON:
        lower_fathers(ONE, count, space)
        lower_fathers(TWO, n, space)
    whole, left, peak = alone(ONE, count, n, mode, least, space)
    whole2, left2, peak2 = alone(TWO, n, count, mode, least, space)
    conflict = min(left, left2) * FULL // max(whole, whole2, 1)
    slopes = SLOPES + column_of(count, n, mode, space) * MEASURES
    taken = conflict * model[slopes + CONFLICT] + min(peak, peak2) * model[slopes + PEAK]
    if peak and peak2:
        taken += max(peak, peak2) * model[slopes + DIFFERS]
    return max(0, FULL - taken // 1000)


def longest_acronym(model: Numbers) -> int:
    """Return the most that an acronym scores."""
    return model[ACRONYM_SCORE + 2]


def most_of_blanks(model: Numbers) -> int:
    """Return the most that names score whose blanks are in other places."""
    return model[BLANKS_SCORE]


def alone(side: int, m: int, n: int, mode: int, least: int, space: Scratch) -> tuple[int, int, int]:
    """Return what a name weighs, what its words weigh that are like no other, and the heaviest."""
    row = MAX_N if side == ONE else 1
    step = 1 if side == ONE else MAX_N
    whole, left, peak = 0, 0, 0
    for i in range(m):
        slot = side + i * RECORD
        weight = weight_of(slot, mode, space)
        whole += weight
        best = 0
        for j in range(n):
            best = max(best, space[GRID + i * row + j * step] >> 4)
        if best < least and speaks(slot, mode, space):
            left += weight
            peak = max(peak, weight)
    return whole, left, peak
