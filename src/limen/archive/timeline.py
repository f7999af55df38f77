"""One record's life, told from the versions of its list: what it said, and when it applied.

Pure functions. What goes in is a record's *changes*: ``(day, entry)`` for every version at
which something became different, oldest first, ``None`` for a version that no longer has the
record.

Two clocks run. *Known* is when a version was published. *Applied* is when the listing had
legal effect: from the publisher's own date where it prints one. What the versions up to a day
let one say about the applied clock is a picture; a listing row is one stretch of such a
picture, known for as long as the pictures have it. So a record that is removed keeps, under
its old known interval, the row that was then open, and a decision can be taken again as it
was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import NamedTuple

from limen.archive.days import first_day_of, instant, last_day_of, spans
from limen.model import Entry, Instant, Interval

Change = tuple[str, Entry | None]
#: Programmes, measures and acts.
Terms = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ContentState:
    """What a record said, its parts joined, over one stretch of the known clock."""

    known: Interval
    entry: Entry


@dataclass(frozen=True, slots=True)
class ListingRow:
    """When a record applied, under what, as it was known over one stretch of time.

    ``applied_basis`` is as in :class:`limen.model.Listing`. A start of ``None`` means: before
    anything the archive or the publisher can date.
    """

    applied: Interval
    known: Interval
    programmes: tuple[str, ...]
    measures: tuple[str, ...]
    acts: tuple[str, ...]
    applied_basis: str


@dataclass(frozen=True, slots=True)
class RecordStates:
    """One record's merged life: what it said, and the listings that follow from it."""

    list_id: str
    record_id: str
    states: tuple[ContentState, ...]
    listings: tuple[ListingRow, ...]


def settle(changes: Iterable[Change]) -> list[Change]:
    """Leave out changes after which everything is as before."""
    settled: list[Change] = []
    for day, entry in changes:
        if entry != (settled[-1][1] if settled else None):
            settled.append((day, entry))
    return settled


def content_states(changes: Sequence[Change]) -> tuple[ContentState, ...]:
    """What the record said, from each version that changed it to the one that replaced that."""
    known = spans(tuple([day for day, _ in changes]))
    return tuple(
        ContentState(stretch, entry)
        for stretch, (_, entry) in zip(known, changes, strict=True)
        if entry is not None
    )


def listing_rows(changes: Sequence[Change], first_day: str) -> tuple[ListingRow, ...]:
    """When the record applied, on both clocks.

    ``first_day`` is that of the first version the archive has of the list: who is in it
    without a date of listing was listed on or before that day.
    """
    return _listing_rows(tuple([(day, _said(entry)) for day, entry in changes]), first_day)


class _Said(NamedTuple):
    """What an entry says of its listing; records of one list say few different things."""

    listed: str | None
    delisted: str | None
    terms: Terms


def _said(entry: Entry | None) -> _Said | None:
    if entry is None:
        return None
    terms = (entry.programmes, entry.measures, entry.acts)
    return _Said(first_day_of(entry.listed_on), last_day_of(entry.delisted_on), terms)


@lru_cache(maxsize=1 << 14)
def _listing_rows(
    changes: tuple[tuple[str, _Said | None], ...], first_day: str
) -> tuple[ListingRow, ...]:
    life = _Life(first_day)
    pictures = []
    for day, said in changes:
        if said is None:
            life.absent(day)
        else:
            life.present(day, said)
        pictures.append((day, life.picture()))
    return _known_rows(pictures)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days of application under the same terms; ISO days, half-open, ``None`` is open."""

    start: str | None
    end: str | None
    terms: Terms
    basis: str

    def began_before(self, day: str) -> bool:
        return self.start is None or self.start < day


class _Life:
    """Folds a record's changes into the picture that holds after each.

    ``_past`` are the periods that ended; ``_running`` is the present period, one stretch for
    each set of terms it has had, and ``_seen`` the day it was first seen in a version.
    """

    __slots__ = ("_first_day", "_past", "_removed", "_running", "_seen")

    def __init__(self, first_day: str) -> None:
        self._first_day = first_day
        self._past: list[_Stretch] = []
        self._running: list[_Stretch] = []
        self._removed: str | None = None
        self._seen = first_day

    def picture(self) -> tuple[_Stretch, ...]:
        return (*self._past, *self._running)

    def absent(self, day: str) -> None:
        """A version no longer has the record: the period ends, if it had not ended before."""
        if self._running:
            end = self._running[-1].end
            self._running = _cut(self._running, day if end is None else min(end, day))
        self._close(day)

    def present(self, day: str, said: _Said) -> None:
        """A version has the record: its period starts, goes on, or is restated."""
        listed, delisted, terms = said
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
        """Whether a period that the publisher had ended is followed by a new one."""
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
        """A date of listing from before the last removal says nothing about the return."""
        start: str | None = day
        basis = "on_or_before" if day == self._first_day else "first_seen"
        if listed is not None and (self._removed is None or listed >= self._removed):
            start, basis = listed, "publisher"
        elif delisted is not None and delisted <= day:
            start, basis = self._removed, "on_or_before"
        self._seen = day
        if start is None or delisted is None or start < delisted:
            self._running = [_Stretch(start, None, terms, basis)]

    def _restate(self, day: str, listed: str | None) -> None:
        """Take over another date of listing than was known for this period.

        A later date never takes back days on which a version had the record in effect; and
        an effect put off does not outlive the date it was put off to.
        """
        first = self._running[0]
        if listed is None or (self._removed is not None and listed < self._removed):
            if first.start is not None and first.start > day:
                self._running[0] = replace(first, start=day, basis="first_seen")
        elif listed <= self._seen or not first.began_before(day):
            self._running[0] = replace(first, start=listed, basis="publisher")

    def _change_terms(self, day: str, terms: Terms) -> None:
        """Other programmes, measures or acts apply from the version that first has them."""
        last = self._running[-1]
        if _same(last.terms, terms) or (last.end is not None and last.end <= day):
            return
        if not last.began_before(day):
            self._running[-1] = replace(last, terms=terms)
            return
        self._running[-1] = replace(last, end=day)
        self._running.append(_Stretch(day, last.end, terms, "first_seen"))

    def _end(self, delisted: str | None) -> None:
        if self._running:
            self._running = _cut(self._running, delisted)


def _same(before: Terms, after: Terms) -> bool:
    """Publishers reorder programmes at times; that changes nothing."""
    return all(set(one) == set(other) for one, other in zip(before, after, strict=True))


def _cut(stretches: list[_Stretch], end: str | None) -> list[_Stretch]:
    kept = [each for each in stretches if end is None or each.began_before(end)]
    if kept:
        kept[-1] = replace(kept[-1], end=end)
    return kept


def _known_rows(pictures: Sequence[tuple[str, tuple[_Stretch, ...]]]) -> tuple[ListingRow, ...]:
    """One row for each run of pictures that a stretch is in."""
    since: dict[_Stretch, str] = {}
    rows = []
    for day, picture in pictures:
        gone = [each for each in since if each not in picture]
        rows += [_row(each, since.pop(each), day) for each in gone]
        for each in picture:
            since.setdefault(each, day)
    rows += [_row(each, day, None) for each, day in since.items()]
    return tuple(sorted(rows, key=_order))


def _row(stretch: _Stretch, known_from: str, known_to: str | None) -> ListingRow:
    return ListingRow(
        Interval(
            None if stretch.start is None else instant(stretch.start),
            None if stretch.end is None else instant(stretch.end),
        ),
        Interval(instant(known_from), None if known_to is None else instant(known_to)),
        *stretch.terms,
        applied_basis=stretch.basis,
    )


def _order(row: ListingRow) -> tuple[float, float]:
    """By when it was known, then by when it applied; what has no start first."""
    return _second(row.known.start), _second(row.applied.start)


def _second(start: Instant | None) -> float:
    return -inf if start is None else start.seconds
