"""Draw one party's history on the lists, day by day."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from limen.archive import HistoryEvent, ListingRow, RecordHistory
from limen.cli.render.text import paint, printable
from limen.cli.write_records import Records
from limen.model import Interval

_STYLES = {"listed": "red", "listed_again": "red", "changed": "yellow", "removed": "green"}


def history_records(histories: Sequence[RecordHistory]) -> Records:
    """Return histories as lines and as data, a record a listed party."""
    return Records(
        [line for each in histories for line in _lines(each)],
        [_wire(each) for each in histories],
        [row for each in histories for row in _flat(each)],
    )


def _lines(history: RecordHistory) -> Iterator[str]:
    head = f"{printable(history.caption)}  {history.list_id}:{history.record_id}"
    yield paint(head, "bold", sys.stdout)
    for event in history.events:
        word = paint(event.what.replace("_", " "), _STYLES[event.what], sys.stdout)
        yield f"  {event.day}  {word}"
        yield from (f"      {line}" for line in _changes(event))
    for row in history.listings:
        yield f"  {_listing(row)}"
    yield ""


def _changes(event: HistoryEvent) -> Iterator[str]:
    for each in event.changes:
        parts = [f"+ {printable(value)}" for value in each.added]
        parts += [f"- {printable(value)}" for value in each.removed]
        if parts:
            yield f"{each.field}: {'  '.join(parts)}"


def _listing(row: ListingRow) -> str:
    terms = "; ".join((*row.programmes, *row.measures, *row.acts))
    return (
        f"applies {_span(row.applied)} ({row.applied_basis.replace('_', ' ')}), "
        f"known {_span(row.known)}" + (f": {printable(terms)}" if terms else "")
    )


def _span(interval: Interval) -> str:
    start = f"from {interval.start}" if interval.start else "from before"
    return f"{start} until {interval.end}" if interval.end else start


def _wire(history: RecordHistory) -> dict[str, Any]:
    return {
        "list": history.list_id,
        "record_id": history.record_id,
        "caption": history.caption,
        "events": [
            {
                "day": event.day,
                "what": event.what,
                "changes": [
                    {"field": each.field, "before": each.before, "after": each.after}
                    for each in event.changes
                ],
                "files": dict(event.files),
            }
            for event in history.events
        ],
        "listings": [
            {
                **_ends("applied", row.applied),
                **_ends("known", row.known),
                "applied_basis": row.applied_basis,
                "programmes": row.programmes,
                "measures": row.measures,
                "acts": row.acts,
            }
            for row in history.listings
        ],
    }


def _ends(clock: str, interval: Interval) -> dict[str, str | None]:
    return {
        f"{clock}_from": str(interval.start) if interval.start else None,
        f"{clock}_to": str(interval.end) if interval.end else None,
    }


def _flat(history: RecordHistory) -> Iterator[dict[str, Any]]:
    for event in history.events:
        yield {
            "list": history.list_id,
            "record_id": history.record_id,
            "caption": history.caption,
            "day": event.day,
            "what": event.what,
            "changes": " | ".join(_changes(event)),
        }
