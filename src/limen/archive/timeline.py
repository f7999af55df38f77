"""Derive the states and listings of one record from the versions of its list.

Pure functions. The input is a record's *changes*: ``(day, entry)`` for every version at which
the record became different, oldest first, ``None`` for a version that no longer has it.

Two clocks run. *Known* is when a version was published. *Applied* is when the listing had
legal effect: from the publisher's own date where it prints one. A *picture* is all that the
versions up to a day establish about the applied clock; a listing row is one period of such a
picture, known for as long as the pictures have it. So a removed record keeps, under its old
known interval, the row that was then open, and a decision can be repeated as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import NamedTuple

import msgspec

from limen.archive.days import first_day_of, instant, last_day_of, spans
from limen.model import Entry, Instant, Interval

Change = tuple[str, Entry | None]
#: Programmes, measures and acts.
Terms = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class ContentState(msgspec.Struct, frozen=True):
    """The content of a record, its parts joined, over one interval of the known clock."""

    known: Interval
    entry: Entry


class ListingRow(msgspec.Struct, frozen=True):
    """A period in which a record applied, and its terms, as known over one interval.

    ``applied_basis`` is as in :class:`limen.model.Listing`. A start of ``None`` means: before
    anything the archive or the publisher can date.
    """

    applied: Interval
    known: Interval
    programmes: tuple[str, ...]
    measures: tuple[str, ...]
    acts: tuple[str, ...]
    applied_basis: str


class RecordStates(msgspec.Struct, frozen=True):
    """The merged states of one record, and the listings that follow from them."""

    list_id: str
    record_id: str
    states: tuple[ContentState, ...]
    listings: tuple[ListingRow, ...]


def settle(changes: Iterable[Change]) -> list[Change]:
    """Drop changes after which everything is as before."""
    settled: list[Change] = []
    last: Entry | None = None
    for day, entry in changes:
        if entry != last:
            settled.append((day, entry))
            last = entry
    return settled


def content_states(changes: Sequence[Change]) -> tuple[ContentState, ...]:
    """Return the record's content from each version that changed it to the next that did."""
    intervals = spans(tuple([day for day, _ in changes]))
    return tuple(
        [
            ContentState(known, entry)
            for known, (_, entry) in zip(intervals, changes, strict=True)
            if entry is not None
        ]
    )


def listing_rows(changes: Sequence[Change], first_day: str) -> tuple[ListingRow, ...]:
    """Return the periods in which the record applied, on both clocks.

    ``first_day`` is the day of the list's first version in the archive: a record in it without
    a date of listing was listed on or before that day.
    """
    return _listing_rows(tuple([(day, _dated_terms(entry)) for day, entry in changes]), first_day)


class _DatedTerms(NamedTuple):
    """The dates and terms of an entry's listing; the records of one list share a few."""

    listed: str | None
    delisted: str | None
    terms: Terms


def _dated_terms(entry: Entry | None) -> _DatedTerms | None:
    if entry is None:
        return None
    terms = (entry.programmes, entry.measures, entry.acts)
    return _DatedTerms(first_day_of(entry.listed_on), last_day_of(entry.delisted_on), terms)


@lru_cache(maxsize=1 << 14)
def _listing_rows(
    changes: tuple[tuple[str, _DatedTerms | None], ...], first_day: str
) -> tuple[ListingRow, ...]:
    periods = _Periods(first_day)
    pictures = []
    for day, listing in changes:
        if listing is None:
            periods.mark_absent(day)
        else:
            periods.mark_present(day, listing)
        pictures.append((day, periods.picture()))
    return _known_rows(pictures)


@dataclass(frozen=True, slots=True)
class _Period:
    """Days of application under the same terms; ISO days, half-open, ``None`` is open."""

    start: str | None
    end: str | None
    terms: Terms
    basis: str

    def began_before(self, day: str) -> bool:
        return self.start is None or self.start < day


class _Periods:
    """The periods of one record, changed version by version.

    ``_past`` are the listings that ended; ``_running`` is the present listing, one period for
    each set of terms it has had, and ``_seen`` the day it was first seen in a version.
    """

    __slots__ = ("_first_day", "_past", "_removed", "_running", "_seen")

    def __init__(self, first_day: str) -> None:
        self._first_day = first_day
        self._past: list[_Period] = []
        self._running: list[_Period] = []
        self._removed: str | None = None
        self._seen = first_day

    def picture(self) -> tuple[_Period, ...]:
        return (*self._past, *self._running)

    def mark_absent(self, day: str) -> None:
        """End the listing, as a version no longer has the record, unless it ended before."""
        if self._running:
            end = self._running[-1].end
            self._running = _cut(self._running, day if end is None else min(end, day))
        self._close(day)

    def mark_present(self, day: str, listing: _DatedTerms) -> None:
        """Start, continue or restate the listing, as a version has the record."""
        listed, delisted, terms = listing
        if listed and delisted and delisted <= listed:
            delisted = None  # removed once, and listed again since
        if self._is_relisted(day, listed, delisted):
            self._close(day)
        if not self._running:
            self._start(day, listed, delisted, terms)
        else:
            self._restate(day, listed)
            self._change_terms(day, terms)
        self._end(delisted)

    def _is_relisted(self, day: str, listed: str | None, delisted: str | None) -> bool:
        """Return whether a listing that the publisher had ended is followed by a new one."""
        ended = self._running[-1].end if self._running else None
        if ended is None or ended > day:
            return False
        return delisted is None or (listed is not None and listed >= ended)

    def _close(self, day: str) -> None:
        self._past += self._running
        self._removed = (self._running[-1].end if self._running else None) or day
        self._running = []

    def _start(
        self,
        day: str,
        listed: str | None,
        delisted: str | None,
        terms: Terms,
    ) -> None:
        """Start a listing; a printed date from before the last removal is not its start."""
        start: str | None = day
        basis = "on_or_before" if day == self._first_day else "first_seen"
        if listed is not None and (self._removed is None or listed >= self._removed):
            start, basis = listed, "publisher"
        elif delisted is not None and delisted <= day:
            start, basis = self._removed, "on_or_before"
        self._seen = day
        if start is None or delisted is None or start < delisted:
            self._running = [_Period(start, None, terms, basis)]

    def _restate(self, day: str, listed: str | None) -> None:
        """Adopt another date of listing than was known for this listing.

        A later date never takes back days on which a version had the record in effect; a
        postponed start that is no longer printed becomes the day of the version without it.
        """
        first = self._running[0]
        if listed is None or (self._removed is not None and listed < self._removed):
            if first.start is not None and first.start > day:
                self._running[0] = replace(first, start=day, basis="first_seen")
        elif listed <= self._seen or not first.began_before(day):
            self._running[0] = replace(first, start=listed, basis="publisher")

    def _change_terms(self, day: str, terms: Terms) -> None:
        """Apply other programmes, measures or acts from the version that first has them."""
        last = self._running[-1]
        if _same(last.terms, terms) or (last.end is not None and last.end <= day):
            return
        if not last.began_before(day):
            self._running[-1] = replace(last, terms=terms)
            return
        self._running[-1] = replace(last, end=day)
        self._running.append(_Period(day, last.end, terms, "first_seen"))

    def _end(self, delisted: str | None) -> None:
        if self._running:
            self._running = _cut(self._running, delisted)


def _same(before: Terms, after: Terms) -> bool:
    """Compare terms without their order, which publishers change at times."""
    return all(set(one) == set(other) for one, other in zip(before, after, strict=True))


def _cut(periods: list[_Period], end: str | None) -> list[_Period]:
    begun = [period for period in periods if end is None or period.began_before(end)]
    if begun:
        begun[-1] = replace(begun[-1], end=end)
    return begun


def _known_rows(pictures: Sequence[tuple[str, tuple[_Period, ...]]]) -> tuple[ListingRow, ...]:
    """Return one row for each run of pictures that a period is in."""
    since: dict[_Period, str] = {}
    rows = []
    for day, picture in pictures:
        gone = [period for period in since if period not in picture]
        rows += [_row(period, since.pop(period), day) for period in gone]
        for period in picture:
            since.setdefault(period, day)
    rows += [_row(period, day, None) for period, day in since.items()]
    return tuple(sorted(rows, key=_order))


def _row(period: _Period, known_from: str, known_to: str | None) -> ListingRow:
    return ListingRow(
        Interval(
            None if period.start is None else instant(period.start),
            None if period.end is None else instant(period.end),
        ),
        Interval(instant(known_from), None if known_to is None else instant(known_to)),
        *period.terms,
        applied_basis=period.basis,
    )


def _order(row: ListingRow) -> tuple[float, float]:
    """Sort by when a row was known, then by when it applied; no start comes first."""
    return _second(row.known.start), _second(row.applied.start)


def _second(start: Instant | None) -> float:
    return -inf if start is None else start.seconds
