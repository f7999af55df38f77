"""Work out what ``limen parties`` shows: a party's listings, and gaps between authorities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from limen.cli.render.text import aligned
from limen.cli.write_records import Records
from limen.model import InputError, Instant
from limen.snapshot import Snapshot
from limen.snapshot.format import ALWAYS, NEVER


def listings_of(snapshot: Snapshot, any_id: str) -> Records:
    """Return the listings of a party by day: list, record, caption, since, until.

    Raises:
        InputError: no party and no record has the id.
    """
    rows = [
        {
            "party": party,
            "list": snapshot.identity.record(record).partition(":")[0],
            "record": snapshot.identity.record(record),
            "caption": _caption(snapshot, record),
            "since": _day(since, ALWAYS),
            "until": _day(until, NEVER),
        }
        for party in (_party(snapshot, any_id),)
        for record in snapshot.identity.records(party)
        for since, until in _spans(snapshot, record)
    ]
    return _records(sorted(rows, key=lambda row: (row["since"], row["record"])))


def joins_of(snapshot: Snapshot, any_id: str) -> Iterator[str]:
    """Yield why the records of a party are one, and which others may be."""
    record = snapshot.identity.record
    story = snapshot.identity.story(_party(snapshot, any_id))
    for join in (*story.joins, *story.possible):
        what = "; ".join(f"{what}: {one}" for what, one, _ in join.reasons)
        relation = "is" if join in story.joins else "may be"
        yield (
            f"{record(join.one)} {relation} {record(join.other)}, known since {join.since}: {what}"
        )
    for refused in story.refused:
        join = refused.join
        why = f"{record(refused.one)}, {record(refused.other)}: {refused.why}"
        yield f"{record(join.one)} is not {record(join.other)}: {why}"
    for turn in story.turns:
        yield f"{turn.day}: {record(turn.record)} from {turn.before} to {turn.after}: {turn.why}"


def gaps_between(
    snapshot: Snapshot, listed_by: str, not_by: Sequence[str], as_of: str | None
) -> Records:
    """Return the parties that one authority lists on a day and the others do not.

    Raises:
        InputError: an authority has no list, or the date is none.
    """
    authorities = [info.authority for info in snapshot.manifest.lists]
    for code in (listed_by, *not_by):
        if code not in authorities:
            those = ", ".join(sorted(set(authorities)))
            raise InputError(f"no list of authority {code!r}", hint=f"use one of {those}")
    known = Instant.parse(snapshot.manifest.known_until)
    day = Instant.parse(as_of) if as_of else known
    list_of = snapshot.parties.numbers["list"]
    since: dict[str, dict[str, tuple[int, int]]] = {}
    for row in snapshot.listed_at(day, known).nonzero()[0].tolist():
        record = snapshot.listings.numbers["party"][row]
        authority = authorities[list_of[record]]
        start = snapshot.listings.numbers["applied_from"][row]
        firsts = since.setdefault(snapshot.identity.today(record), {})
        firsts[authority] = min(firsts.get(authority, (start, record)), (start, record))
    gaps = [
        (firsts[listed_by], party)
        for party, firsts in since.items()
        if listed_by in firsts and not any(code in firsts for code in not_by)
    ]
    rows = [
        {
            "party": party,
            "caption": _caption(snapshot, record),
            "record": snapshot.identity.record(record),
            "since": _day(start, ALWAYS),
            "lag_days": "" if start == ALWAYS else (day.seconds - start) // 86_400,
        }
        for (start, record), party in sorted(gaps)
    ]
    return _records(rows)


def _records(rows: list[dict[str, Any]]) -> Records:
    """Return rows as data, and as lines under no heading."""
    cells = [tuple(str(value) for value in row.values()) for row in rows]
    return Records(aligned(cells, indent=""), rows, rows)


def _party(snapshot: Snapshot, any_id: str) -> str:
    party = snapshot.identity.find(any_id)
    if party is None:
        raise InputError(
            f"no party and no record is {any_id!r}",
            hint="give the id of an answer's party, or a record as list:record",
        )
    return party


def _spans(snapshot: Snapshot, record: int) -> list[tuple[int, int]]:
    """Return when a record applied, as known today."""
    rows, table = snapshot.parties.numbers["listings"], snapshot.listings.numbers
    return [
        (table["applied_from"][row], table["applied_to"][row])
        for row in range(rows[record], rows[record + 1])
        if table["known_to"][row] == NEVER
    ]


def _caption(snapshot: Snapshot, record: int) -> str:
    first = snapshot.parties.numbers["names"][record]
    return snapshot.name_texts[first]


def _day(second: int, open_end: int) -> str:
    return "" if second == open_end else str(Instant.of_seconds(second))
