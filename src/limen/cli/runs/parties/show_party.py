"""Lay out one party: its names, facts and listings on all lists, and why its records are one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from limen.cli.render.text import aligned, printable
from limen.cli.write_records import Records
from limen.engine.party_view import PartyView, Relation
from limen.engine.view_party import view_party
from limen.model.instant import read_instant
from limen.render.coverage_sentences import since
from limen.screening.listed_parties import ListedParties
from limen.snapshot import Snapshot

#: Properties that are a text and no value: JSON has them.
_LONG = ("notes", "summary", "description")


def party_records(
    snapshot: Snapshot, any_id: str, as_of: str | None = None, known_at: str | None = None
) -> Records:
    """Return a party; in columns, its listings.

    Raises:
        InputError: no party and no record has the id, or a date is none.
    """
    today = datetime.now(UTC).date()
    view = view_party(
        snapshot, ListedParties(snapshot), any_id,
        read_instant(as_of or today, "--as-of"), read_instant(known_at or today, "--known-at"),
    )  # fmt: skip
    flat = [
        {
            "party": view.id,
            "authority": each.authority,
            "list": each.list,
            "record": each.record,
            "since": each.since or "",
            "since_basis": each.since_basis,
            "until": each.until or "",
            "applies": each.applies,
            "programmes": "; ".join(each.programmes),
        }
        for each in view.listings
    ]
    return Records(list(_lines(view, any_id)), [view.to_dict()], flat)


def _lines(view: PartyView, any_id: str) -> Iterator[str]:
    yield f"{printable(view.caption)}  {view.schema}  {view.id}"
    if any_id != view.id:
        yield f"{printable(any_id)} leads to it"
    yield f"as of {view.as_of}, known at {view.known_at}"
    yield from ("", "Names")
    for script, names in groupby(view.names, lambda each: each.script):
        yield f"  {script}"
        rows = [(each.text + " (weak)" * each.weak, _lists(each.records)) for each in names]
        yield from aligned(rows, indent="    ")
    yield from ("", "Facts")
    yield from aligned(
        [
            (each.property, each.value, _lists(each.records), _against(each.contradicted_by))
            for each in view.facts
            if each.property not in _LONG
        ]
    )
    yield from ("", "Listings")
    yield from aligned(
        [
            (
                each.authority,
                since(each.since, each.since_basis)
                + (f" until {each.until}" if each.until else ""),
                "; ".join(each.programmes),
                each.record,
            )
            for each in view.listings
        ]
    )
    yield from _section("Why these records are one party", view.joins, "is")
    yield from _section("Possibly the same, and not joined", view.possible, "may be")
    yield from _section("Not joined, because of a contradiction", view.refused, "is not")
    if view.changes:
        yield from ("", "Merges and splits")
        for each in view.changes:
            yield f"  {each.day}: {each.record} came from {each.before} to {each.after}: {each.why}"


def _section(title: str, relations: tuple[Relation, ...], verb: str) -> Iterator[str]:
    if not relations:
        return
    yield from ("", title)
    for each in relations:
        why = printable("; ".join(each.reasons)) + (f" ({each.because})" if each.because else "")
        yield f"  {each.one} {verb} {each.other}, known since {each.since}"
        yield f"    {why}"


def _lists(records: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(record.partition(":")[0] for record in records))


def _against(records: tuple[str, ...]) -> str:
    return f"contradicted by {_lists(records)}" if records else ""
