"""Verify a run by taking it again: what changed, which pairs were compared, and a sample of both
what was ruled out and what a screening of everything finds.

Each check is of one statement of the record. A run that cannot be checked, because its snapshot or
the version of its base is gone, is not called verified.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
from msgspec.structs import replace

from limen.engine import Engine
from limen.model import DataError, InputError
from limen.rescreening.bases.base import Base, verify_base
from limen.rescreening.bases.base_home import base_folder, base_names
from limen.rescreening.customer_pairs import Pair, PairKey, pair_of
from limen.rescreening.run_plan import Plan, Question, Sides, last_of, make_plan, sides
from limen.rescreening.run_record import (
    CANDIDATES,
    RUN,
    RunRecord,
    last_run,
    read_changes,
    read_pairs,
    read_run,
    run_id,
    runs_folder,
)
from limen.rescreening.run_work import narrowed
from limen.snapshot import Snapshot, find_snapshot, verify


class Check(msgspec.Struct, frozen=True):
    """One statement of a run's record, whether it holds, and what it rests on."""

    statement: str
    holds: bool
    detail: str


def find_run(home: Path, name: str) -> Path:
    """Return the folder of a run by the first characters of its id, or of a base's last run.

    Raises:
        InputError: no run, or several.
    """
    bases = base_names(home)
    if name in bases:
        last = last_run(base_folder(home, name))
        if last is None:
            raise InputError(
                "it was never screened", where=f"base {name}", hint=f"`limen rescreen {name}`"
            )
        return runs_folder(base_folder(home, name)) / last
    found = [
        run
        for base in bases
        for run in runs_folder(base_folder(home, base)).glob("[!.]*")
        if run.name.startswith(name)
    ]
    if len(found) != 1 or not name:
        raise InputError(
            f"{len(found) or 'no'} runs begin with {name!r}",
            where="run",
            hint=f"name a run, or a base for its last one: {', '.join(bases) or 'there is none'}",
        )
    return found[0]


def verify_run(home: Path, run: Path, *, sample: int, seed: int) -> list[Check]:
    """Check every statement of a run's record.

    Args:
        home: the home folder.
        run: the run's folder.
        sample: how many customers are screened again to check what was ruled out.
        seed: which ones; another seed takes others.

    Raises:
        InputError: the snapshot that it rests on is gone.
        DataError: the record, the snapshot or the base cannot be read, or is damaged.
    """
    record = read_run(run)
    files = list(_files(run, record))
    if not all(check.holds for check in files):
        return files
    return [*files, *_Retaken(home, run, record).checks(sample, seed)]


def _files(run: Path, record: RunRecord) -> Iterator[Check]:
    yield Check("its id is that of its inputs", run_id(record.inputs, record.before) == record.id
                and run.name == record.id, record.id)  # fmt: skip
    expected = {run / name: digest for name, digest in record.files.items()}
    if record.before:
        expected[run.parent / record.before / RUN] = record.before_sha256
    for path, digest in expected.items():
        found = path.is_file() and sha256(path.read_bytes()).hexdigest()
        yield Check(f"{path.relative_to(run.parent)} is what was written", found == digest, digest)


class _Retaken:
    """A run with both of its sides opened again."""

    def __init__(self, home: Path, run: Path, record: RunRecord) -> None:
        inputs, folder = record.inputs, run.parent.parent
        snapshot = find_snapshot(home, inputs.snapshot)
        verify(snapshot)
        base = Base(folder / "versions" / inputs.version)
        verify_base(base)
        question = Question(
            inputs.as_of, inputs.known_at, inputs.authorities, inputs.lists, inputs.allow_stale,
            inputs.threshold,
        )  # fmt: skip
        self._run, self._record = run, record
        self._new: Sides = sides(base, Engine(Snapshot(snapshot)), question)
        last = last_of(folder, record.before)
        self._before: dict[PairKey, Pair] = read_pairs(last.folder) if last else {}
        self._plan: Plan = make_plan(self._new, last, folder, whole=record.kind == "whole")

    def checks(self, sample: int, seed: int) -> Iterator[Check]:
        yield from self._sides()
        yield from self._sums()
        yield from self._pairs()
        chance = random.Random(seed)  # noqa: S311 (a sample, and no secret)
        chosen = sorted(chance.sample(range(len(self._new.base)), min(sample, len(self._new.base))))
        if self._record.kind == "changes":
            yield self._ruled_out(chosen)
        yield self._everything(chosen)

    def _sides(self) -> Iterator[Check]:
        inputs, now = self._record.inputs, self._new.inputs
        yield Check(
            "snapshot and base are whole, and the engine is the same",
            replace(now, lists=inputs.lists) == inputs,
            f"snapshot {now.snapshot}, base version {now.version}, engine {now.engine}",
        )
        yield Check(
            "these entries changed, and no others",
            self._plan.changed == self._record.changed,
            f"{len(self._plan.views):,} listed entries compared with the run before",
        )
        yield Check(
            "the law over territories was this",
            self._plan.territories == self._record.territories,
            self._record.territories or "no territorial measure",
        )

    def _sums(self) -> Iterator[Check]:
        done = self._record.treatment
        parts = done.ruled_out + done.compared + done.screened_whole
        yield Check(
            "every pair of a customer and a changed entry has one treatment",
            done == self._plan.treatment
            and done.pairs == done.customers * done.entries == parts
            and done.customers == len(self._new.base),
            f"{done.customers:,} x {done.entries:,} = {done.pairs:,} "
            f"= {done.ruled_out:,} ruled out + {done.compared:,} compared "
            f"+ {done.screened_whole:,} screened whole",
        )
        found = self._plan.candidates
        stored = np.load(self._run / CANDIDATES, allow_pickle=False)
        yield Check(
            "the pairs that were compared are those that the rule gives",
            np.array_equal(stored, np.stack([found.customers, found.entries])),
            f"{found.customers.size:,} pairs",
        )

    def _pairs(self) -> Iterator[Check]:
        held = dict(self._before)
        for change in read_changes(self._run):
            if change.before is not None:
                held.pop(change.before.key, None)
            if change.after is not None:
                held[change.after.key] = change.after
        yield Check(
            "the pairs that hold are those before it, and its changes",
            held == read_pairs(self._run),
            f"{len(self._before):,} before, {len(held):,} after",
        )

    def _ruled_out(self, chosen: list[int]) -> Check:
        """Screen customers against all entries that changed: only compared pairs may be found."""
        new, found = self._new, self._plan.candidates
        whole = set(self._plan.whole.tolist())
        compared = set(zip(found.customers.tolist(), found.entries.tolist(), strict=True))
        parties = [new.base.party(customer) for customer in chosen]
        scope = narrowed(new.scope, self._plan.entries)
        lost = [
            f"{new.base.keys[customer]}: {finding.id}"
            for customer, findings in zip(
                chosen, new.engine.findings_of(parties, scope, new.judge), strict=True
            )
            for finding in findings
            if customer not in whole
            and (customer, new.engine.snapshot.identity.record_of(finding.id)) not in compared
        ]
        pairs = len(chosen) * len(self._plan.entries)
        return Check(
            "of a sample, no pair that was ruled out is a finding",
            not lost,
            "; ".join(lost[:5]) or f"{pairs:,} pairs of {len(chosen):,} customers screened again",
        )

    def _everything(self, chosen: list[int]) -> Check:
        """Screen customers against every list: each finding must be a pair that holds."""
        new, held = self._new, read_pairs(self._run)
        parties = (new.base.party(customer) for customer in chosen)
        lost, count = [], 0
        answers = new.engine.answers_of(parties, new.scope, new.judge, on_error="row")
        for customer, answer in zip(chosen, answers, strict=True):
            for finding in getattr(answer, "findings", ()):
                pair, count = pair_of(new.base.keys[customer], finding), count + 1
                if held.get(pair.key) != pair:
                    lost.append(f"{pair.customer}: {pair.finding}")
        return Check(
            "of a sample, every finding of a whole screening is a pair that holds",
            not lost,
            "; ".join(lost[:5]) or f"{count:,} findings of {len(chosen):,} customers",
        )


def failed_checks(checks: list[Check]) -> DataError | None:
    """Return what a run cannot be verified for; ``None`` where all holds."""
    wrong = [check for check in checks if not check.holds]
    if not wrong:
        return None
    return DataError(
        f"{len(wrong)} of {len(checks)} statements do not hold: "
        + "; ".join(f"{check.statement} ({check.detail})" for check in wrong),
        where="the run",
        why="it is no proof that every pair was looked at",
        hint="`limen rescreen BASE --whole` screens every customer again",
    )
