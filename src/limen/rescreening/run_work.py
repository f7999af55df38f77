"""Screen what a plan names, part by part, so that an interrupted run can be resumed.

Each part is a file that appears whole: the pairs of some customers. A part that is there is not
screened again; so whatever ends a run, no pair is lost and none comes twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from limen.model import Answer, AnyFinding, read_party
from limen.rescreening.customer_pairs import Pair, pair_of
from limen.rescreening.run_plan import Plan, Sides
from limen.rescreening.run_record import read_lines, write_lines
from limen.screening.coverage import Scope

Customers = NDArray[np.int64]
#: Customers of a part: some seconds of screening, which is what an interruption costs at most.
PART = 2_000

Step = Literal["whole", "entries", "places"]


class Part(NamedTuple):
    """Some customers of one step."""

    step: Step
    number: int
    customers: Customers

    @property
    def file(self) -> str:
        return f"{self.step}-{self.number:06}.jsonl"


def parts_of(plan: Plan) -> Iterator[Part]:
    """Yield the parts of a plan, in the order in which they are screened."""
    steps: tuple[tuple[Step, Customers], ...] = (
        ("entries", np.unique(plan.candidates.customers)),
        ("whole", plan.whole),
        ("places", plan.placed),
    )
    for step, customers in steps:
        for number, start in enumerate(range(0, customers.size, PART)):
            yield Part(step, number, customers[start : start + PART])


def carry_out(
    sides: Sides, plan: Plan, folder: Path, *, done: Callable[[int], None] = lambda _: None
) -> None:
    """Screen every part that has no file in a folder yet; ``done`` learns how many customers."""
    work = _Work(sides, plan)
    for part in parts_of(plan):
        if not (folder / part.file).exists():
            write_lines(folder / part.file, work.pairs(part))
        done(part.customers.size)


def pairs_of(plan: Plan, folder: Path) -> Iterator[Pair]:
    """Yield the pairs of all parts."""
    for part in parts_of(plan):
        yield from read_lines(folder / part.file, Pair)


def narrowed(scope: Scope, entries: Sequence[int]) -> Scope:
    """Return a scope in which some entries alone are listed."""
    chosen = np.zeros_like(scope.parties)
    chosen[list(entries)] = True
    return replace(scope, parties=scope.parties & chosen)


class _Work:
    """Screens customers in the three ways of a plan."""

    def __init__(self, sides: Sides, plan: Plan) -> None:
        self._sides = sides
        self._narrowed = narrowed(sides.scope, plan.entries)

    def pairs(self, part: Part) -> list[Pair]:
        screen = {"whole": self._whole, "entries": self._entries, "places": self._places}
        found = screen[part.step](part.customers.tolist())
        keys = self._sides.base.keys
        return [
            pair_of(keys[customer], finding)
            for customer, findings in zip(part.customers.tolist(), found, strict=True)
            for finding in findings
        ]

    def _whole(self, customers: Sequence[int]) -> Iterator[Sequence[AnyFinding]]:
        """Screen against every list, and locate addresses: as `limen screen` does."""
        engine, scope, judge = self._sides.engine, self._sides.scope, self._sides.judge
        parties = (self._sides.base.party(customer) for customer in customers)
        for answer in engine.answers_of(parties, scope, judge):
            yield answer.findings if isinstance(answer, Answer) else ()

    def _entries(self, customers: Sequence[int]) -> Iterable[Sequence[AnyFinding]]:
        """Screen against the changed entries alone."""
        parties = [self._sides.base.party(customer) for customer in customers]
        return self._sides.engine.findings_of(parties, self._narrowed, self._sides.judge)

    def _places(self, customers: Sequence[int]) -> Iterator[Sequence[AnyFinding]]:
        """Locate the addresses."""
        engine = self._sides.engine
        for customer in customers:
            party = read_party(self._sides.base.party(customer), where="party").party
            yield engine.whereabouts.of(party, self._sides.scope).findings
