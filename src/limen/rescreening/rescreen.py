"""Re-screen a base: what changed since the last run, whom it concerns, and what became of it.

A run appears whole, under an id that is the same whenever it is repeated. It is made in a folder
aside, part by part; a run that was interrupted goes on there. The last step names it the last run,
so that the next one goes on from it.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np

from limen.engine import Engine
from limen.model import DataError
from limen.rescreening.bases.base_home import base_folder, open_base
from limen.rescreening.customer_pairs import Pair, PairChange, compare
from limen.rescreening.run_plan import (
    LastRun,
    Plan,
    Question,
    Sides,
    check_order,
    last_of,
    make_plan,
    sides,
)
from limen.rescreening.run_record import (
    CANDIDATES,
    CHANGES,
    FORMAT,
    LAST,
    PAIRS,
    RUN,
    VIEWS,
    RunRecord,
    last_run,
    read_pairs,
    run_id,
    runs_folder,
    write_lines,
)
from limen.rescreening.run_work import carry_out, pairs_of
from limen.util.changing import changing
from limen.util.files import PRIVATE, write_whole

Clock = Callable[[], datetime]
Progress = Callable[[int], None]
_PLAN = "plan.json"


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def rescreen(
    home: Path,
    name: str,
    engine: Engine,
    question: Question,
    *,
    whole: bool = False,
    clock: Clock = now,
    progress: Progress = lambda _: None,
) -> RunRecord:
    """Screen what changed for a base since its last run, and write the run down.

    A run that was made before, from the same state of everything, is returned as it is.

    Args:
        home: the home folder.
        name: the base's.
        engine: the snapshot to screen against.
        question: the instants, the lists and the threshold.
        whole: screen every customer against every list, whatever changed.
        clock: returns the present moment, for the record.
        progress: called with the number of customers of each part that is done.

    Raises:
        InputError: no such base, or a question that cannot be understood or is older than the last.
        DataError: a list broke since the last run, or the home cannot be written; the last run
            stays as it is.
    """
    folder = base_folder(home, name)
    base = open_base(home, name)
    new = sides(base, engine, question)
    with changing(folder / LAST):
        last = last_of(folder, last_run(folder))
        if last is not None and last.record.inputs == new.inputs and not whole:
            return last.record
        check_order(new, last.record if last else None)
        try:
            return _Run(folder, new, last, clock).carry_out(whole=whole, progress=progress)
        except OSError as error:
            raise DataError(
                f"the run cannot be written: {error.strerror or error}",
                where=f"base {name}",
                hint="make room, and run it again: it goes on where it was interrupted",
                unchanged=f"run {last.record.id} stays the last" if last else "",
            ) from error


class _Run:
    """One run, from its plan to its name."""

    def __init__(self, folder: Path, new: Sides, last: LastRun | None, clock: Clock) -> None:
        self._new = new
        self._last = last
        self._clock = clock
        self._folder = folder
        self._id = run_id(new.inputs, last.record.id if last else None)
        self._aside = runs_folder(folder) / f".{self._id}"

    def carry_out(self, *, whole: bool, progress: Progress) -> RunRecord:
        started = self._clock()
        plan = make_plan(self._new, self._last, self._folder, whole=whole)
        self._prepare(plan)
        carry_out(self._new, plan, self._aside / "parts", done=progress)
        record = self._write(plan, started)
        final = runs_folder(self._folder) / self._id
        shutil.rmtree(self._aside / "parts")
        if final.exists():  # a run that was ended before it was named the last
            shutil.rmtree(final)
        self._aside.replace(final)
        write_whole(self._folder / LAST, f"{self._id}\n".encode(), mode=PRIVATE)
        return record

    def _prepare(self, plan: Plan) -> None:
        """Make the folder, or go on in the one that an interrupted run of this plan has left."""
        found = plan.candidates
        digest = sha256()
        for part in (found.customers, found.entries, plan.whole, plan.placed):
            digest.update(part.tobytes())
        own = msgspec.json.encode({"plan": digest.hexdigest()})
        for other in runs_folder(self._folder).glob(".*"):
            if other != self._aside:
                shutil.rmtree(other)
        path = self._aside / _PLAN
        if not path.exists() or path.read_bytes() != own:
            shutil.rmtree(self._aside, ignore_errors=True)
            (self._aside / "parts").mkdir(parents=True, mode=0o700)
            write_whole(path, own, mode=PRIVATE)

    def _write(self, plan: Plan, started: datetime) -> RunRecord:
        """Write the run's files, the record last; return it."""
        before = read_pairs(self._last.folder) if self._last else {}
        after = {pair.key: pair for pair in pairs_of(plan, self._aside / "parts")}
        causes = _Causes(plan, self._new)
        cause_of = {key: causes.of(pair) for key, pair in (before | after).items()}
        again = {key: pair for key, pair in before.items() if cause_of[key]}
        held = {key: pair for key, pair in before.items() if key not in again} | after
        changes = list(compare(again, after, cause_of))
        aside = self._aside
        write_lines(aside / PAIRS, (held[key] for key in sorted(held)))
        write_lines(aside / CHANGES, changes)
        write_whole(aside / VIEWS, msgspec.json.encode(plan.views, order="sorted"), mode=PRIVATE)
        found = plan.candidates
        np.save(aside / CANDIDATES, np.stack([found.customers, found.entries]))
        record = self._record(plan, started, held.values(), changes)
        content = msgspec.json.format(msgspec.json.encode(record), indent=1)
        write_whole(aside / RUN, content, mode=PRIVATE)
        (aside / _PLAN).unlink()
        return record

    def _record(
        self, plan: Plan, started: datetime, held: Iterable[Pair], changes: list[PairChange]
    ) -> RunRecord:
        new, changed = self._new, plan.changes
        return RunRecord(
            format=FORMAT,
            id=self._id,
            inputs=new.inputs,
            kind="whole" if plan.why else "changes",
            why=plan.why,
            before=self._last.record.id if self._last else None,
            before_sha256=_hash(self._last.folder / RUN) if self._last else "",
            started=_moment(started),
            ended=_moment(self._clock()),
            known_until=new.engine.snapshot.manifest.known_until,
            coverage=new.scope.coverage,
            territories=plan.territories,
            changed=plan.changed,
            customers={
                "new": changed.new.size,
                "changed": changed.changed.size,
                "gone": len(changed.gone),
            },
            treatment=plan.treatment,
            outcomes=dict(Counter(each.outcome for each in changes)),
            holding=dict(Counter(pair.level for pair in held)),
            files={name: _hash(self._aside / name) for name in (VIEWS, PAIRS, CHANGES, CANDIDATES)},
        )


class _Causes:
    """Says why a pair was taken again: what changed about its customer, its entry or the law."""

    def __init__(self, plan: Plan, new: Sides) -> None:
        keys, changes = new.base.keys, plan.changes
        self._why = plan.why
        self._entries = {each.id: f"entry {each.kind}" for each in plan.changed}
        self._customers = {
            **dict.fromkeys(changes.gone, "customer gone"),
            **dict.fromkeys((keys[each] for each in changes.new.tolist()), "customer new"),
            **dict.fromkeys((keys[each] for each in changes.changed.tolist()), "customer changed"),
        }
        self._placed = {keys[each] for each in plan.placed.tolist()}

    def of(self, pair: Pair) -> str:
        """Return the cause; empty for a pair that stays as it was."""
        if pair.customer in self._customers:
            return self._customers[pair.customer]
        if pair.kind == "place" and pair.customer in self._placed:
            return "territory changed"
        return self._entries.get(pair.finding, self._why)


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
