"""One party's life on a list, told as what happened on which day, by which file."""

from __future__ import annotations

import unicodedata
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

What = Literal["listed", "changed", "removed", "listed_again"]

#: The properties that a party may be looked up by.
NAMES = ("name", "alias", "previousName", "weakAlias", "abbreviation")


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """What one version did to a record.

    Attributes:
        day: the day the version was published.
        what: ``"removed"`` also where the record stays and the publisher marks it as removed.
        changes: the fields that changed, against what the record last said.
        files: SHA-256 of the version's files, by role.
    """

    day: str
    what: What
    changes: tuple[FieldChange, ...]
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """One record's life: events as versions told them, and the listings on both clocks."""

    list_id: str
    record_id: str
    caption: str
    events: tuple[HistoryEvent, ...]
    listings: tuple[ListingRow, ...]


def tell(life: RecordStates, vintages: Sequence[Vintage]) -> RecordHistory:
    """The history of a record from its merged life."""
    files = {each.version.published: each.version.files for each in vintages}
    return RecordHistory(
        life.list_id,
        life.record_id,
        _caption(life),
        tuple(_events(life.states, files)),
        life.listings,
    )


def fold(text: str) -> str:
    """Lower case without accents or punctuation, for finding a name as one types it."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def is_named(content: Content, words: Sequence[str]) -> bool:
    """Whether one name in the content has every one of the folded words in it."""
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
    yield event(first.known.start, "listed" if _stands(first) else "removed", ())
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
    if _stands(before) == _stands(after):
        return "changed"
    return "listed_again" if _stands(after) else "removed"


def _stands(state: ContentState) -> bool:
    """Whether the publisher had not marked the record as removed when the state began."""
    marked = last_day_of(state.entry.delisted_on)
    return marked is None or marked > str(state.known.start)


def _caption(life: RecordStates) -> str:
    entry = life.states[-1].entry
    return Party(entry.schema or "Thing", entry.properties, id=life.record_id).caption
