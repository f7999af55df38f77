"""A user's own judgements of which records are of one party; they override all evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Verdict = Literal["same", "different"]


class Judgement(msgspec.Struct, frozen=True):
    """Represents one judgement; a later one about the same two records replaces it.

    ``one`` and ``other`` are records as ``list:record``; ``at`` is when it was made.
    """

    one: str
    other: str
    verdict: Verdict | Literal["withdrawn"]
    why: str
    by: str
    at: str


class Judgements(msgspec.Struct, frozen=True):
    """Represents all judgements ever made, in the order in which they were."""

    all: tuple[Judgement, ...] = ()

    def current(self) -> dict[frozenset[str], Judgement]:
        """Return the last judgement of each pair that was not withdrawn."""
        last = {frozenset((each.one, each.other)): each for each in self.all}
        return {pair: each for pair, each in last.items() if each.verdict != "withdrawn"}

    def between(self, positions: Mapping[str, int]) -> dict[tuple[int, int], bool]:
        """Return for pairs of positions, by record, whether they were judged the same."""
        return {
            (positions[each.one], positions[each.other]): each.verdict == "same"
            for each in self.current().values()
            if each.one in positions and each.other in positions
        }
