"""A user's own judgements of which records are of one party; they override all evidence."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations, product
from typing import Literal

import msgspec

from limen.model import InputError

Verdict = Literal["same", "different"]


class Judgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents one judgement; a later one about the same two records replaces it.

    ``one`` and ``other`` are records as ``list:record``; ``at`` is when it was made.
    """

    one: str
    other: str
    verdict: Verdict | Literal["withdrawn"]
    why: str
    by: str
    at: str

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.one, self.other))

    def __str__(self) -> str:
        return f"{self.one} {self.verdict} {self.other} (by {self.by}, {self.at[:10]}: {self.why})"


class Judgements(msgspec.Struct, frozen=True, dict=True):
    """Represents all judgements ever made, in the order in which they were."""

    all: tuple[Judgement, ...] = ()

    @cached_property
    def current(self) -> dict[frozenset[str], Judgement]:
        """Return the last judgement of each pair that was not withdrawn."""
        last = {each.pair: each for each in self.all}
        return {pair: each for pair, each in last.items() if each.verdict != "withdrawn"}

    def add(self, new: Iterable[Judgement]) -> Judgements:
        """Return these judgements and new ones.

        Raises:
            InputError: with them, records are judged to be the same and to be different.
        """
        judgements = Judgements((*self.all, *new))
        for different in judgements._with("different"):
            if chain := judgements._chain(different.one, different.other):
                raise InputError(
                    "the judgements contradict each other: "
                    + "; ".join(map(str, (different, *chain))),
                    hint="withdraw the one that is wrong: `limen parties judge A B --withdraw`",
                    unchanged="no judgement was added",
                )
        return judgements

    def same_as(self, record: str) -> dict[str, Judgement | None]:
        """Return the records that are judged the same, by any number of judgements.

        Each has the judgement by which it was reached; the record itself has none.
        """
        reached: dict[str, Judgement | None] = {record: None}
        waiting = deque([record])
        while waiting:
            here = waiting.popleft()
            for judgement in self._same.get(here, ()):
                (there,) = judgement.pair - {here}
                if there not in reached:
                    reached[there] = judgement
                    waiting.append(there)
        return reached

    @cached_property
    def _same(self) -> dict[str, list[Judgement]]:
        """Map each record to the judgements that it is the same as another."""
        found: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in self._with("same"):
            found[judgement.one].append(judgement)
            found[judgement.other].append(judgement)
        return found

    def _with(self, verdict: Verdict) -> Iterator[Judgement]:
        return (each for each in self.current.values() if each.verdict == verdict)

    def _chain(self, one: str, other: str) -> list[Judgement]:
        """Return the judgements that lead from one record to another; none where none do."""
        reached, chain, here = self.same_as(one), [], other
        while judgement := reached.get(here):
            chain.append(judgement)
            (here,) = judgement.pair - {here}
        return chain[::-1]

    def between(self, positions: Mapping[str, int]) -> dict[tuple[int, int], bool]:
        """Return for pairs of positions, by record, whether they are the same by judgements.

        What follows from several is included: where A is B and B is C, A is C; where A is B and
        B is not D, A is not D.
        """
        pairs: dict[tuple[str, str], bool] = {}
        for group in self._groups():
            pairs |= dict.fromkeys(combinations(group, 2), True)
        for each in self._with("different"):
            pairs |= dict.fromkeys(product(self.same_as(each.one), self.same_as(each.other)), False)
        return {
            (positions[one], positions[other]): same
            for (one, other), same in pairs.items()
            if one in positions and other in positions
        }

    def _groups(self) -> Iterator[tuple[str, ...]]:
        """Yield the records that are the same by judgements, each group once."""
        seen: set[str] = set()
        for record in self._same:
            if record not in seen:
                group = tuple(self.same_as(record))
                seen.update(group)
                yield group

    def links(self, positions: Mapping[str, int]) -> Iterator[tuple[int, int, Judgement]]:
        """Yield the pairs of positions, by record, that were judged to be the same."""
        for each in self._with("same"):
            if each.one in positions and each.other in positions:
                yield positions[each.one], positions[each.other], each
