"""Instants and intervals, the units of both clocks.

``as_of`` is when a measure applied, ``known_at`` when it was known. Most legal dates are
days; a few are minutes (a licence ends at 00:01). An :class:`Instant` records which it was.
Intervals are half-open: a listing removed on 2 April does not apply on 2 April.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import overload

import msgspec

from limen.model.errors import InputError

DAY = 86_400
_DAY_SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}")


def calendar_day(text: str) -> date:
    """Return the day that an ISO date names.

    Raises:
        ValueError: the calendar has no such day, in our words: Python's change by its version.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"the calendar has no day {text}") from error


class Instant(msgspec.Struct, frozen=True, gc=False, order=True):
    """Represents a day, or a second of one.

    Attributes:
        seconds: since 1970-01-01 UTC; for a day, its first second.
        whole_day: whether the source gave a calendar day and no hour.

    A calendar day in a list is the publisher's own; it is taken as that day in UTC, because
    lists do not say where midnight was.
    """

    seconds: int
    whole_day: bool = False

    @classmethod
    def parse(cls, value: str | date | datetime) -> Instant:
        """Read an ISO day (``2022-02-21``) or an instant with its zone.

        Raises:
            ValueError: not ISO 8601, impossible, or a time without a zone.
        """
        if isinstance(value, datetime):
            return cls._from_datetime(value)
        if isinstance(value, date):
            return cls._from_day(value)
        text = value.strip()
        if _DAY_SHAPE.fullmatch(text):
            return cls._from_day(calendar_day(text))
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"{text!r} is neither a day nor an instant") from error
        return cls._from_datetime(moment)

    @classmethod
    def of_seconds(cls, seconds: int) -> Instant:
        """Return the instant of a stored second; a midnight means its day."""
        return cls(seconds, whole_day=seconds % DAY == 0)

    @classmethod
    def _from_day(cls, day: date) -> Instant:
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return cls(int(midnight.timestamp()), whole_day=True)

    @classmethod
    def _from_datetime(cls, moment: datetime) -> Instant:
        if moment.tzinfo is None:
            raise ValueError(f"{moment.isoformat()} has no time zone: write it with Z or +02:00")
        try:
            return cls(int(moment.astimezone(UTC).timestamp()))
        except OverflowError as error:
            raise ValueError(f"{moment.isoformat()} is not in the years 1 to 9999") from error

    @property
    def last_second(self) -> int:
        """Return the second at which a query about this instant is put: a day's is its last."""
        return self.seconds + DAY - 1 if self.whole_day else self.seconds

    @property
    def day(self) -> date:
        """Return the calendar day, in UTC."""
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)).date()

    def __str__(self) -> str:
        if self.whole_day:
            return self.day.isoformat()
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def days_since(self, earlier: Instant) -> int:
        """Return the whole days since ``earlier``; negative when it is later."""
        return (self.last_second - earlier.seconds) // DAY


class Interval(msgspec.Struct, frozen=True):
    """Represents the time from ``start`` to before ``end``; ``None`` is open on that side."""

    start: Instant | None = None
    end: Instant | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end.seconds < self.start.seconds:
            raise ValueError(f"an interval cannot end ({self.end}) before it starts ({self.start})")

    def covers(self, instant: Instant) -> bool:
        """Return whether the interval holds at an instant."""
        if self.start is not None and instant.last_second < self.start.seconds:
            return False
        return self.end is None or instant.last_second < self.end.seconds


@overload
def read_instant(value: Instant | str | date | datetime, field: str) -> Instant: ...
@overload
def read_instant(value: Instant | str | date | datetime | None, field: str) -> Instant | None: ...
def read_instant(value: Instant | str | date | datetime | None, field: str) -> Instant | None:
    """Read an instant that a caller or a user gave; ``None`` stays ``None``.

    Args:
        value: a day, an instant with its zone, or either as ISO 8601 text.
        field: the argument or option it came in, for the error.

    Raises:
        InputError: it is neither a day nor an instant with its zone.
    """
    if value is None or isinstance(value, Instant):
        return value
    try:
        return Instant.parse(value)
    except ValueError as error:
        raise InputError(
            f"{error}", where=field, hint="write 2022-02-21, or 2022-02-21T23:59-05:00"
        ) from error
