"""Find the customers that changed entries can concern; all others are ruled out by rule.

A finding needs a name that scores, a whole name that is equal, or an identifier in common. Each is
looked up in the base's own indexes, so that no customer is read who has none of them. What is found
may be no finding; what is not found cannot be one (docs/rescreening.md has the argument).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.engine import Engine
from limen.rescreening.bases.base import Base
from limen.rescreening.bases.base_format import QUALIFIERS
from limen.rescreening.bases.customer_columns import TURNED, WRITTEN
from limen.screening.coverage import Scope
from limen.screening.kinds import in_any_order
from limen.screening.scoring import Judge
from limen.screening.weights import Weights
from limen.snapshot.format import as_written

Customers = NDArray[np.int64]

#: Scores are sums of rounded numbers: what is this little below a line is compared as well.
_SLACK = 2


class Candidates(msgspec.Struct, frozen=True):
    """The pairs of customers and changed entries that are compared, and what found them.

    Attributes:
        customers: the customer of each pair.
        entries: the position of the entry of each pair.
        routes: how many pairs each route found; a pair may be found by several.
    """

    customers: Customers
    entries: Customers
    routes: dict[str, int]


def find_candidates(
    base: Base, engine: Engine, scope: Scope, judge: Judge, entries: Sequence[int]
) -> Candidates:
    """Return the customers that each of some entries can concern, under a question.

    Args:
        base: the customers.
        engine: the snapshot with the entries.
        scope: the question; entries count as they are known under it.
        judge: the matcher, its weights and the threshold.
        entries: the entries, by their positions.
    """
    finder = _Finder(base, engine, scope, judge)
    pairs: list[tuple[int, Customers]] = []
    routes = {"name": 0, "written": 0, "number": 0}
    for entry in entries:
        found = finder.by_route(entry)
        for route, customers in found.items():
            routes[route] += customers.size
        pairs.append((entry, np.unique(np.concatenate(list(found.values())))))
    customers = np.concatenate([np.empty(0, "i8"), *(found for _, found in pairs)])
    owners = np.repeat(
        np.array([entry for entry, _ in pairs], dtype="i8"), [found.size for _, found in pairs]
    )
    return Candidates(customers, owners, routes)


class _Finder:
    """Looks up one entry after the other."""

    def __init__(self, base: Base, engine: Engine, scope: Scope, judge: Judge) -> None:
        self._base = base
        self._engine = engine
        self._known = scope.known
        lifts = _lifts(base, judge.weights)
        self._needed = _thousandths(judge.review_line) - _SLACK - lifts
        self._least = int(self._needed.min(initial=_thousandths(judge.review_line)))

    def by_route(self, entry: int) -> dict[str, Customers]:
        names = self._names(entry)
        keys = [as_written(name) for name in names]
        turned = filter(None, map(in_any_order, keys))
        written = [*((WRITTEN, key) for key in keys), *((TURNED, key) for key in turned)]
        return {
            "name": self._by_name(entry, names),
            "written": self._base.filed_under("written", written),
            "number": self._base.filed_under("numbers", self._numbers(entry)),
        }

    def _by_name(self, entry: int, names: Iterable[str]) -> Customers:
        """Return the customers with a name that scores enough for what else they give."""
        schema = self._engine.listed.schema(entry)
        found = self._base.search.search(names, schema, max(1, self._least))
        return found.parties[found.scores >= self._needed[found.parties]]

    def _names(self, entry: int) -> list[str]:
        snapshot = self._engine.snapshot
        rows = {row for known in self._known for row in snapshot.name_rows(entry, *known)}
        return list(dict.fromkeys(snapshot.name_texts[row] for row in sorted(rows)))

    def _numbers(self, entry: int) -> Iterator[tuple[str, str]]:
        for known in self._known:
            state = self._engine.listed.at(entry, *known)
            for number in state.profile.numbers if state else ():
                yield from number.keys


def _lifts(base: Base, weights: Weights) -> NDArray[np.int64]:
    """Return the most that what each customer gives could add to the score of a name."""
    adds = {
        "dates": weights.birth_day,
        "countries": weights.country,
        "birth_places": weights.birth_place,
        "addresses": weights.address,
    }
    lifts = np.zeros(len(base), dtype="i8")
    for bit, kind in enumerate(QUALIFIERS):
        lifts += np.where(base.gives & 1 << bit, _thousandths(adds[kind]), 0)
    return lifts


def _thousandths(score: float) -> int:
    return round(score * 1000)
