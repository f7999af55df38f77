"""Derive the history of one record on a list: what changed on which day, by which file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from limen.archive.content import Content
from limen.archive.days import last_day_of
from limen.archive.diff import FieldChange, field_changes
from limen.archive.timeline import ContentState, ListingRow, RecordStates
from limen.archive.versions import Vintage
from limen.model import Instant, Party
from limen.util.text import fold

What = Literal["listed", "changed", "removed", "listed_again"]

#: The properties by which a party can be found.
NAMES = ("name", "alias", "previousName", "weakAlias", "abbreviation")


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """The change that one version made to a record.

    Attributes:
        day: the day the version was published.
        what: ``"removed"`` also where the record stays and the publisher marks it as removed.
        changes: the fields that changed, against the record's last state.
        files: SHA-256 of the version's files, by role.
    """

    day: str
    what: What
    changes: tuple[FieldChange, ...]
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """The events of one record as versions brought them, and its listings on both clocks."""

    list_id: str
    record_id: str
    caption: str
    events: tuple[HistoryEvent, ...]
    listings: tuple[ListingRow, ...]


def history_of(record: RecordStates, vintages: Sequence[Vintage]) -> RecordHistory:
    """Return the history of a record from its merged states."""
    files = {vintage.version.published: vintage.version.files for vintage in vintages}
    return RecordHistory(
        record.list_id,
        record.record_id,
        _caption(record),
        tuple(_events(record.states, files)),
        record.listings,
    )


def is_named(content: Content, words: Sequence[str]) -> bool:
    """Return whether one name in the content has every one of the folded words in it."""
    return any(
        all(word in folded for word in words)
        for name in NAMES
        for value in content.properties.get(name, ())
        for folded in (fold(value),)
    )


def _events(
    states: Sequence[ContentState], files: Mapping[str, Mapping[str, str]]
) -> Iterator[HistoryEvent]:
    def event(at: Instant | None, what: What, changes: tuple[FieldChange, ...]) -> HistoryEvent:
        return HistoryEvent(str(at), what, changes, files[str(at)])

    first, last = states[0], states[-1]
    yield event(first.known.start, "listed" if _is_listed(first) else "removed", ())
    for before, after in pairwise(states):
        changes = field_changes(before.entry, after.entry)
        if before.known.end != after.known.start:
            yield event(before.known.end, "removed", ())
            yield event(after.known.start, "listed_again", changes)
        elif changes:
            yield event(after.known.start, _what(before, after), changes)
    if last.known.end is not None:
        yield event(last.known.end, "removed", ())


def _what(before: ContentState, after: ContentState) -> What:
    if _is_listed(before) == _is_listed(after):
        return "changed"
    return "listed_again" if _is_listed(after) else "removed"


def _is_listed(state: ContentState) -> bool:
    """Return whether the publisher had not marked the record as removed when the state began."""
    marked = last_day_of(state.entry.delisted_on)
    return marked is None or marked > str(state.known.start)


def _caption(record: RecordStates) -> str:
    entry = record.states[-1].entry
    return Party(entry.schema or "Thing", entry.properties, id=record.record_id).caption
