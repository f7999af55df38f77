"""Lay out the hours around an instant: what happened when, as positions in pixels.

The scale is linear. Its length follows from how dense events are: the shortest one that holds
enough of them, so that the founding day shows hours and a quiet year shows months.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

WIDTH = 1200
_LEFT, _RIGHT = 40, 40
_LINE_Y, _LABEL_Y, _LANE = 52, 80, 17
#: Below this many lines labels would fill the screen; the mark's title says the rest.
_LANES = 8
_CHARACTER = 6.6
_LONGEST_LABEL = 40
#: Room for the dot before a label, which has the mark's colour where marks cover each other.
_DOT = 14
_HOUR, _DAY = 3600, 86_400
#: Half of the strip's length, the shortest first; ten years hold any regime.
_HALVES = (12 * _HOUR, _DAY, 2 * _DAY, 5 * _DAY, 15 * _DAY, 60 * _DAY, 400 * _DAY, 3650 * _DAY)
_ENOUGH = 6
_STEPS = (_HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 5 * _DAY, 15 * _DAY, 30 * _DAY,
          90 * _DAY, 365 * _DAY)  # fmt: skip
_MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Dated:
    """Represents something dated: a statement, an event, a change of a measure.

    Attributes:
        first: the first second at which it may have happened, since 1970 in UTC.
        surely: the second by which it had happened; a question put then includes it.
        kind: ``statement``, ``event`` or ``measure``.
        value: of a statement, what its reading makes of the event; empty elsewhere.
    """

    first: int
    surely: int
    kind: str
    label: str
    title: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class StripMark:
    """Represents one mark: drawn at ``x``, with a bar from ``from_x`` where the hour is not known.

    ``label_y`` is 0 where no line was free for the label.
    """

    x: float
    from_x: float
    kind: str
    value: str
    label: str
    label_y: int
    label_x: float
    title: str
    at: str
    ahead: bool


@dataclass(frozen=True, slots=True)
class HoursStrip:
    """Represents the strip, and the instants of the entries before and after the cursor."""

    width: int
    height: int
    line_y: int
    cursor_x: float
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[StripMark, ...]
    before: str
    after: str


def lay_out(entries: Iterable[Dated], cursor: int, zone: tzinfo) -> HoursStrip:
    """Return the strip around a second; instants are written in ``zone``."""
    ordered = sorted(entries, key=lambda each: (each.surely, each.first))
    half = _half(ordered, cursor)
    start = cursor - half
    near = [each for each in ordered if start <= each.surely <= cursor + half]
    marks = tuple(_marks(near, cursor, start, 2 * half, zone))
    lanes = max((mark.label_y for mark in marks), default=_LABEL_Y)
    before = max((each.surely for each in ordered if each.surely < cursor), default=None)
    after = min((each.surely for each in ordered if each.surely > cursor), default=None)
    return HoursStrip(
        width=WIDTH,
        height=lanes + 14,
        line_y=_LINE_Y,
        cursor_x=_x(cursor, start, 2 * half),
        ticks=tuple(_ticks(start, 2 * half, zone)),
        marks=marks,
        before=written(before, zone) if before is not None else "",
        after=written(after, zone) if after is not None else "",
    )


def written(second: int, zone: tzinfo) -> str:
    """Return a second as ISO 8601 to the minute, with the offset of a zone."""
    return datetime.fromtimestamp(second, zone).isoformat(timespec="minutes")


def _half(ordered: Sequence[Dated], cursor: int) -> int:
    """Return half of the length: the shortest that holds enough entries, or all there are."""
    away = [abs(each.surely - cursor) for each in ordered]
    needed = min(_ENOUGH, sum(each <= _HALVES[-1] for each in away))
    return next(half for half in _HALVES if sum(each <= half for each in away) >= needed)


def _x(second: int, start: int, length: int) -> float:
    share = min(1.0, max(0.0, (second - start) / length))
    return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)


def _marks(
    near: Sequence[Dated], cursor: int, start: int, length: int, zone: tzinfo
) -> Iterator[StripMark]:
    """Yield the marks with their labels on the first line that is free there."""
    ends = [0.0] * _LANES
    for each in near:
        x = _x(each.surely, start, length)
        label = _cut(each.label)
        width = _DOT + _CHARACTER * len(label)
        left = min(x, WIDTH - width)
        lane = next((at for at, end in enumerate(ends) if end <= left), None)
        if lane is not None:
            ends[lane] = left + width + 10
        yield StripMark(
            x=x,
            from_x=_x(each.first, start, length),
            kind=each.kind,
            value=each.value,
            label=label,
            label_y=0 if lane is None else _LABEL_Y + lane * _LANE,
            label_x=round(left, 1),
            title=each.title,
            at=written(each.surely, zone),
            ahead=each.surely > cursor,
        )


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"


def _ticks(start: int, length: int, zone: tzinfo) -> Iterator[tuple[float, str]]:
    """Yield the axis: hours of the day in ``zone``, or days where those would be too many."""
    step = next((each for each in _STEPS if length / each <= _MOST_TICKS), _STEPS[-1])
    when = datetime.fromtimestamp(start, zone).replace(hour=0, minute=0, second=0)
    while (second := int(when.timestamp())) <= start + length:
        if second >= start:
            yield _x(second, start, length), _tick(when, step)
        when += timedelta(seconds=step)


def _tick(when: datetime, step: int) -> str:
    day = f"{when.day} {when:%b}"
    if step >= 30 * _DAY:
        return f"{day} {when:%Y}"
    return day if when.hour == 0 else f"{when:%H:%M}"
