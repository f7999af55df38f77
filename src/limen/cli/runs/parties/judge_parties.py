"""Do what ``limen parties judge`` and its neighbours do: add, list, import judgements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from limen.cli.render.text import aligned
from limen.cli.write_records import Records
from limen.identity.judgement_file import add_judgements, read_judgements
from limen.identity.judgements import Judgement, Judgements
from limen.identity.resolver_format import read_resolver
from limen.model import InputError
from limen.snapshot import Snapshot
from limen.util.suggest import closest, did_you_mean

_UNCHANGED = "no judgement was added"


def now() -> str:
    """Return the present second, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def judge(home: Path, snapshot: Snapshot, judgement: Judgement) -> Judgement:
    """Add a judgement about two records, each by its id or that of its party; return it.

    Raises:
        InputError: an id is unknown, both are one record, it has no reason, it contradicts others,
            or it withdraws what was not judged.
    """
    one, other = (_record(snapshot, any_id) for any_id in (judgement.one, judgement.other))
    if one == other:
        raise InputError(f"both are the record {one}", unchanged=_UNCHANGED)
    for name, text in (("--why", judgement.why), ("--by", judgement.by)):
        if not text.strip():
            raise InputError("it is empty", where=name, hint="write a word or two")
    new = msgspec.structs.replace(judgement, one=one, other=other)

    def choose(before: Judgements) -> Iterable[Judgement]:
        if new.verdict == "withdrawn" and new.pair not in before.current:
            raise InputError(
                f"nothing is judged about {one} and {other}",
                hint="`limen parties judgements` lists what is",
                unchanged=_UNCHANGED,
            )
        return (new,)

    return add_judgements(home, choose)[0]


class Import(NamedTuple):
    """Represents what an import did: added, known before, and lines without a verdict."""

    added: int
    known: int
    undecided: int


def import_judgements(home: Path, snapshot: Snapshot, path: Path, *, why: str, by: str) -> Import:
    """Add the judgements of a resolver's file, all or none.

    Raises:
        InputError: it cannot be read, a record is unknown, or a judgement contradicts others.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{error.strerror or error}", where=str(path)) from error
    read = read_resolver(content, where=str(path), why=why, by=by, at=now())
    for judgement in read.judgements:
        for record in (judgement.one, judgement.other):
            _record(snapshot, record)
    added = add_judgements(home, lambda before: _fresh(read.judgements, before))
    return Import(len(added), len(read.judgements) - len(added), read.undecided)


def _fresh(new: Iterable[Judgement], before: Judgements) -> Iterable[Judgement]:
    """Yield the judgements that are not in force already; one that turns another is refused."""
    current = dict(before.current)
    for judgement in new:
        earlier = current.setdefault(judgement.pair, judgement)
        if earlier.verdict != judgement.verdict:
            raise InputError(
                f"the judgements contradict each other: {earlier}; {judgement}",
                hint="take the wrong one out of the file, or withdraw it: "
                "`limen parties judge A B --withdraw`",
                unchanged=_UNCHANGED,
            )
        if earlier is judgement:
            yield judgement


def judgement_records(home: Path, snapshot: Snapshot) -> Records:
    """Return every judgement in the order in which they were made, and whether it counts."""
    judgements, built = read_judgements(home), read_judgements(snapshot.folder)
    rows = [
        {**msgspec.to_builtins(each), "state": _state(each, judgements, built, snapshot)}
        for each in judgements.all
    ]
    cells = [tuple(str(value) for value in row.values()) for row in rows]
    return Records(aligned(cells, indent="") if cells else [], rows, rows)


State = Literal["applied", "replaced", "withdrawn", "from the next build on", "record is missing"]


def _state(
    judgement: Judgement, judgements: Judgements, built: Judgements, snapshot: Snapshot
) -> State:
    if judgement.verdict == "withdrawn":
        return "withdrawn"
    if judgements.current.get(judgement.pair) is not judgement:
        return "replaced"
    if judgement not in built.current.values():
        return "from the next build on"
    if any(snapshot.identity.record_of(record) is None for record in judgement.pair):
        return "record is missing"
    return "applied"


def _record(snapshot: Snapshot, any_id: str) -> str:
    record = snapshot.identity.record_of(any_id)
    if record is None:
        raise InputError(
            f"no party and no record is {any_id!r}",
            hint=_nearest(snapshot, any_id),
            unchanged=_UNCHANGED,
        )
    return snapshot.identity.record(record)


def _nearest(snapshot: Snapshot, any_id: str) -> str:
    """Return which record was probably meant, of the list that is named or nearest."""
    by_list = snapshot.identity.records_of_lists()
    list_id = any_id.partition(":")[0]
    if list_id not in by_list:
        return f"write list:record; lists: {did_you_mean(list_id, by_list)}"
    near = closest(any_id, by_list[list_id])
    return f"did you mean {near}?" if near else f"{list_id} has no record like it"
