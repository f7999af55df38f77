"""Lay out a regime along time: measures as bars, statements and events as marks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from limen.law.in_force import Clocks
from limen.law.law import Law
from limen.law.moments import Moment, moment
from limen.law.records import Measure
from limen.model import InputError, Instant
from limen.model.instant import DAY

#: Steps of an axis: seconds, and months where those are too many.
_STEPS = (3_600, 6 * 3_600, DAY, 7 * DAY)
_MONTHS = (1, 3, 12, 60, 240)


class Stretch(msgspec.Struct, frozen=True):
    """A measure under one standing, from one second to another (``None``: it goes on)."""

    standing: str
    start: int
    end: int | None
    since: str


class Bar(msgspec.Struct, frozen=True):
    """A measure, with its stretches in order of time."""

    id: str
    title: str
    authority: str
    stretches: tuple[Stretch, ...]


class Mark(msgspec.Struct, frozen=True):
    """A statement or an event, at a moment."""

    id: str
    what: str
    title: str
    authority: str
    at: int
    when: str


class Timeline(msgspec.Struct, frozen=True):
    """A regime along time, with the two cursors: what applied, and what was known."""

    regime: str
    title: str
    start: int
    end: int
    as_of: int
    known_at: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


def timeline(
    law: Law,
    regime: str,
    clocks: Clocks,
    *,
    start: Instant | None = None,
    end: Instant | None = None,
    authority: str | None = None,
) -> Timeline:
    """Lay out a regime between two instants, as known at the cursor of knowledge.

    Raises:
        InputError: no such regime, or an end before the start.
    """
    found = law.regime(regime)
    bars = [_bar(law, law.measures[name], clocks) for name in found.measures]
    bars = [bar for bar in bars if bar.stretches and authority in (None, bar.authority)]
    every = _marks(law, found.statements, found.events, clocks)
    marks = [mark for mark in every if authority is None or mark.authority in ("", authority)]
    times = [each.start for bar in bars for each in bar.stretches] + [mark.at for mark in marks]
    first = start.seconds if start else min(times, default=0)
    last = end.last_second if end else max([*times, clocks.as_of.last_second])
    if last <= first:
        raise InputError("it ends before it begins", where="timeline", hint="--from before --to")
    return Timeline(
        regime=regime,
        title=found.title,
        start=first,
        end=last,
        as_of=clocks.as_of.last_second,
        known_at=clocks.known_at.last_second,
        bars=tuple(bar for bar in bars if _touches(bar, first, last)),
        marks=tuple(sorted((m for m in marks if first <= m.at <= last), key=lambda mark: mark.at)),
    )


def _bar(law: Law, measure: Measure, clocks: Clocks) -> Bar:
    zone = law.zone(measure.authority)
    changes: list[tuple[str, Moment, str]] = []
    for change in measure.status:
        on = moment(change.on, zone)
        if law.known(change, zone, clocks.known_at, on):
            changes.append((change.is_, on, change.on))
    ends: list[int | None] = [on.first for _, on, _ in changes[1:]]
    stretches = tuple(
        Stretch(standing, on.first, end, text)
        for (standing, on, text), end in zip(changes, [*ends, None], strict=False)
        if standing != "ended"
    )
    return Bar(measure.id, measure.title, measure.authority, stretches)


def _marks(
    law: Law, statements: tuple[str, ...], events: tuple[str, ...], clocks: Clocks
) -> Iterator[Mark]:
    for name in statements:
        statement = law.statements[name]
        made = law.moment_of(statement)
        if made.happened_by(clocks.known_at):
            words = statement.quote or statement.condition
            title = f"{statement.speaker}: {words}"
            yield Mark(name, "statement", title, statement.authority, made.last, statement.made)
    for name in events:
        event = law.events[name]
        happened = moment(event.happened, event.zone)
        if happened.happened_by(clocks.known_at):
            yield Mark(name, "event", event.title, "", happened.last, event.happened)


def _touches(bar: Bar, first: int, last: int) -> bool:
    return any(
        each.start <= last and (each.end is None or each.end >= first) for each in bar.stretches
    )


def ticks(start: int, end: int) -> list[int]:
    """Return seconds to mark on the axis, by the first of the usual steps that gives at most ten.

    Steps of months and years fall on the first of them.
    """
    for step in _STEPS:
        if (end - start) / step <= 10:
            return _marked(list(range(-(-start // step) * step, end + 1, step)), start, end)
    for months in _MONTHS:
        if (end - start) / (months * 30 * DAY) <= 10:
            break
    first = datetime.fromtimestamp(start, UTC)
    number = -(-(first.year * 12 + first.month) // months) * months
    found = []
    while (second := _month(number)) <= end:
        found.append(second)
        number += months
    return _marked([each for each in found if each >= start], start, end)


def _month(number: int) -> int:
    """Return the first second of a month, counted from the year 0."""
    return int(datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC).timestamp())


def _marked(found: list[int], start: int, end: int) -> list[int]:
    return found if len(found) > 1 else [start, end]
