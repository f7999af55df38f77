"""The matcher ``limen-1``: evidence peeled in order, omission apart from contradiction.

The scoring itself is ``limen.names.align``; here it is asked about two names, interpreted.
"""

from __future__ import annotations

from functools import cache

from limen.names.align import PAIRS, align
from limen.names.kernels import SPACE
from limen.names.normalise import Name
from limen.names.pack import pack
from limen.names.tables import tables

THRESHOLD = 0.7
DESCRIPTION = (
    "Aligns the words of two names: equal words, legal forms, numbers, known equivalents and "
    "nicknames, spellings and sounds in any script, joined words and initials. Words missing on "
    "one side cost little, words that contradict cost much, and rare words weigh more."
)


@cache
def costs() -> list[int]:
    """The 37 x 37 costs of a substitution."""
    return list(tables().substitutions)


def align_names(one: Name, two: Name, mode: int) -> tuple[int, list[int]]:
    """Score in thousandths, and the pairs as ``limen.names.align`` writes them."""
    space, pairs = [0] * SPACE, [0] * PAIRS
    found = align(
        pack(one.tokens), 0, len(one.tokens), one.length,
        pack(two.tokens), 0, len(two.tokens), two.length,
        mode, costs(), space, pairs,
    )  # fmt: skip
    return found, pairs


def score(one: Name, two: Name, mode: int) -> int:
    """Two names to thousandths."""
    return align_names(one, two, mode)[0]
