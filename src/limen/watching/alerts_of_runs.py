"""Write the alerts of runs: into the case store, or as a file of JSON lines a run.

Whatever ends a watch, no run's alerts are lost and none come twice: the state names the run up to
which they are written, a file appears whole under the run's id, and an alert that is opened twice
in the case store is the same alert.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from limen.engine import Engine
from limen.model import Answer
from limen.rescreening.bases.base import Base
from limen.rescreening.customer_pairs import PairChange
from limen.rescreening.run_plan import Question
from limen.rescreening.run_record import RunRecord, read_run, runs_folder
from limen.util.files import PRIVATE, whole_file


def runs_since(folder: Path, last: RunRecord, done: str) -> list[RunRecord]:
    """Return the runs of a base after one, the oldest first; all where it is empty.

    Args:
        folder: the base's.
        last: its last run.
        done: the id of the run up to which alerts are written.

    Raises:
        DataError: a run of the chain cannot be read.
    """
    runs: list[RunRecord] = []
    record: RunRecord | None = last
    while record is not None and record.id != done:
        runs.append(record)
        record = read_run(runs_folder(folder) / record.before) if record.before else None
    return runs[::-1]


def write_alerts(folder: Path, record: RunRecord, changes: Iterable[PairChange]) -> Path | None:
    """Write what became of the pairs of a run, but those that are the same; return the file.

    Nothing is written, and ``None`` returned, where there is no such pair.
    """
    base = record.inputs.base
    lines = [
        {"base": base, "run": record.id, **msgspec.to_builtins(change)}
        for change in changes
        if change.outcome != "same"
    ]
    if not lines:
        return None
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{base}-{record.id}.jsonl"
    with whole_file(path, mode=PRIVATE) as stream:
        stream.writelines(msgspec.json.encode(line) + b"\n" for line in lines)
    return path


def alert_answers(
    base: Base, engine: Engine, question: Question, changes: Iterable[PairChange]
) -> Iterator[tuple[str, Answer]]:
    """Yield (customer, answer) for customers that have a new pair, or one that changed.

    Each is screened whole: an alert has the whole answer, and not what a run compared alone. A
    customer that has left the base since has none.
    """
    customers = {
        change.after.customer for change in changes if change.after and change.outcome != "same"
    }
    arguments = msgspec.structs.asdict(question) | {"lists": question.lists or None}
    for customer in sorted(customers):
        position = base.positions.get(customer)
        if position is not None:
            yield customer, engine.screen(base.party(position), **arguments)
