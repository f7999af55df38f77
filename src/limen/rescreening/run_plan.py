"""Decide what a run has to screen: what changed since the last run, and whom it can concern."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.engine import Engine
from limen.model import DataError, InputError, Instant
from limen.rescreening.affected_customers import Candidates, find_candidates
from limen.rescreening.bases.base import Base
from limen.rescreening.bases.base_format import PLACED
from limen.rescreening.bases.customer_changes import NO_CUSTOMERS, CustomerChanges, customer_changes
from limen.rescreening.entry_views import ChangedEntry, changed_entries, views_of
from limen.rescreening.run_record import (
    RunInputs,
    RunRecord,
    Treatment,
    read_run,
    read_views,
    runs_folder,
)
from limen.rescreening.territory_view import territory_view
from limen.screening.coverage import FAILING, Scope
from limen.screening.scoring import Judge

Customers = NDArray[np.int64]
#: A list that loses more of its entries from one run to the next is refused, as by an update.
_MOST_LOST = 0.5


class Question(msgspec.Struct, frozen=True):
    """Everything that decides a run, besides the base and the snapshot."""

    as_of: str | None = None
    known_at: str | None = None
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    allow_stale: tuple[str, ...] = ()
    threshold: float | None = None


class Sides(msgspec.Struct, frozen=True):
    """What is screened against what: a base, and an engine under a question."""

    base: Base
    engine: Engine
    scope: Scope
    judge: Judge

    @property
    def inputs(self) -> RunInputs:
        """Return what the result depends on."""
        stamp = self.engine.stamp(self.scope, self.judge)
        return RunInputs(
            base=self.base.manifest.base,
            version=self.base.manifest.id,
            snapshot=stamp.snapshot,
            engine=stamp.engine,
            matcher=stamp.matcher,
            threshold=stamp.threshold,
            as_of=stamp.as_of,
            known_at=stamp.known_at,
            authorities=stamp.authorities,
            lists=stamp.lists,
            allow_stale=stamp.allow_stale,
        )


class LastRun(msgspec.Struct, frozen=True):
    """The run that another one goes on from: its record, and the folder it is in."""

    record: RunRecord
    folder: Path


class Plan(msgspec.Struct, frozen=True):
    """What a run does.

    Attributes:
        why: why every customer is screened whole; empty where only changes are.
        whole: customers that are screened against every list.
        entries: the positions of the changed entries that are listed.
        candidates: pairs that are screened for changed entries alone.
        placed: customers of whom the addresses are located again.
        changes: how customers differ from the last run's.
        views: the digest of every listed entry.
        changed: the entries that differ from the last run's.
        territories: the digest of the law over territories.
        treatment: how the pairs are treated.
    """

    why: str
    whole: Customers
    entries: tuple[int, ...]
    candidates: Candidates
    placed: Customers
    changes: CustomerChanges
    views: dict[str, bytes]
    changed: tuple[ChangedEntry, ...]
    territories: str
    treatment: Treatment


def sides(base: Base, engine: Engine, question: Question) -> Sides:
    """Settle a question on a base and an engine.

    Raises:
        InputError: a date, list, authority or threshold that cannot be understood.
        DataError: the base was compiled for another matcher.
    """
    judge = engine.judge(None, question.threshold)
    if base.manifest.matcher != judge.matcher:
        raise DataError(
            f"it was compiled for the matcher {base.manifest.matcher}, and {judge.matcher} is used",
            where=f"base {base.manifest.base}",
            hint="compile it again from your file with `limen base update`",
        )
    scope = engine.scope(
        question.as_of, question.known_at, question.authorities, question.lists or None,
        question.allow_stale,
    )  # fmt: skip
    return Sides(base, engine, scope, judge)


def last_of(folder: Path, run: str | None) -> LastRun | None:
    """Return a base's last run, read."""
    if run is None:
        return None
    found = runs_folder(folder) / run
    return LastRun(read_run(found), found)


def check_order(new: Sides, last: RunRecord | None) -> None:
    """Make sure that a run goes on from the last one, on lists that can be compared with its.

    Raises:
        InputError: it asks for an earlier day, or the snapshot knows less.
        DataError: a list broke, or shrank beyond its band, since the last run.
    """
    if last is None:
        return
    question = new.scope.question
    known = new.engine.snapshot.manifest.known_until
    for name, now, then in (
        ("day", str(question.as_of), last.inputs.as_of),
        ("knowledge", str(question.known_at), last.inputs.known_at),
        ("snapshot", known, last.known_until),
    ):
        if Instant.parse(now).last_second < Instant.parse(then).last_second:
            raise InputError(
                f"the {name} of {now} is older than the last run's, of {then}",
                where=f"base {last.inputs.base}",
                why="what was found since would be reported as gone",
                hint="`limen screen FILE --as-of` answers for the past; `limen snapshot use ID` "
                "chooses a newer snapshot",
                unchanged=f"run {last.id} stays the last",
            )
    _check_lists(new, last)


def _check_lists(new: Sides, last: RunRecord) -> None:
    before = {each.list: each for each in last.coverage}
    for each in new.scope.coverage:
        old = before.get(each.list)
        accepted = each.list in new.scope.question.allow_stale
        if old is None or old.state in FAILING or accepted:
            continue
        broken = each.state in ("missing", "empty", "out_of_band")
        if broken or each.records < old.records * (1 - _MOST_LOST):
            raise DataError(
                f"{each.list} has {each.records:,} records, and had {old.records:,} before",
                where=f"base {last.inputs.base}",
                why=each.why or "customers would be reported as no longer listed",
                hint="look at `limen lists status`, and load a whole version; or accept it with "
                f"--allow-stale {each.list}",
                unchanged=f"run {last.id} stays the last",
            )


def make_plan(new: Sides, last: LastRun | None, folder: Path, *, whole: bool) -> Plan:
    """Compare both sides with the last run's, and find what has to be screened.

    Args:
        new: the base and the question.
        last: the run to go on from.
        folder: the base's.
        whole: whether every customer is screened, whatever changed.
    """
    views, territories = views_of(new.engine, new.scope), territory_view(new.engine, new.scope)
    why = _why_whole(new, last, requested=whole)
    changes = _customer_changes(new.base, last, folder)
    if last is None or why:
        everyone = np.arange(len(new.base), dtype="i8")
        changed = tuple(changed_entries(read_views(last.folder), views)) if last else ()
        none = Candidates(NO_CUSTOMERS, NO_CUSTOMERS, {})
        treatment = _treatment(new, everyone, changed, none, NO_CUSTOMERS)
        return Plan(
            why, everyone, (), none, NO_CUSTOMERS, changes, views, changed, territories, treatment
        )
    changed = tuple(changed_entries(read_views(last.folder), views))
    own = np.concatenate([changes.new, changes.changed])
    entries = _positions(new, changed)
    found = _without(find_candidates(new.base, new.engine, new.scope, new.judge, entries), own)
    placed = NO_CUSTOMERS
    if territories != last.record.territories:
        placed = np.setdiff1d(np.flatnonzero(new.base.gives & PLACED), own)
    treatment = _treatment(new, own, changed, found, placed)
    return Plan("", own, entries, found, placed, changes, views, changed, territories, treatment)


def _why_whole(new: Sides, last: LastRun | None, *, requested: bool) -> str:
    """Return why every customer has to be screened; empty where changes are enough."""
    if last is None:
        return "it is the first run"
    if requested:
        return "it was requested"
    before, now = last.record.inputs, new.inputs
    for part in ("engine", "matcher", "threshold"):
        old, present = getattr(before, part), getattr(now, part)
        if old != present:
            return f"the {part} is {present}, and was {old}"
    return ""


def _positions(new: Sides, changed: tuple[ChangedEntry, ...]) -> tuple[int, ...]:
    """Return the positions of the changed entries that are listed."""
    listed = {each.id for each in changed if each.kind != "removed"}
    engine = new.engine
    return tuple(
        position
        for position in np.flatnonzero(new.scope.parties).tolist()
        if engine.party_id(position) in listed
    )


def _customer_changes(base: Base, last: LastRun | None, folder: Path) -> CustomerChanges:
    if last is None or last.record.inputs.version == base.manifest.id:
        return CustomerChanges()
    return customer_changes(Base(folder / "versions" / last.record.inputs.version), base)


def _without(found: Candidates, own: Customers) -> Candidates:
    """Return the pairs of customers that are not screened whole anyway."""
    others = ~np.isin(found.customers, own)
    return Candidates(found.customers[others], found.entries[others], found.routes)


def _treatment(
    new: Sides,
    whole: Customers,
    changed: tuple[ChangedEntry, ...],
    found: Candidates,
    placed: Customers,
) -> Treatment:
    customers = len(new.base)
    entries = sum(each.kind != "removed" for each in changed)
    compared = int(found.customers.size)
    return Treatment(
        customers=customers,
        entries=entries,
        pairs=customers * entries,
        ruled_out=(customers - int(whole.size)) * entries - compared,
        compared=compared,
        screened_whole=int(whole.size) * entries,
        routes=found.routes,
        places=int(placed.size),
    )
