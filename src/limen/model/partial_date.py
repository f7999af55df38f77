"""Partial dates: a year, a month or a day, never more precise than the source.

Lists write birth dates as ``1962``, ``1962-11`` or ``1962-11-23``, as ranges and as
``circa``. A partial date is the FollowTheMoney prefix of an ISO date, so that it travels
as a plain string and sorts as text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

import msgspec

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class PartialDate(msgspec.Struct, frozen=True, gc=False, order=True):
    """Represents a date known to the year, the month or the day.

    ``month`` and ``day`` are ``None`` where the source does not give them; a day always has its
    month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError(f"{self.year} is not a year")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f"{self.month} is not a month")
        if self.day is not None:
            if self.month is None:
                raise ValueError("a day needs its month")
            if not 1 <= self.day <= monthrange(self.year, self.month)[1]:
                raise ValueError(f"{self.year}-{self.month:02} has no day {self.day}")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises:
            ValueError: another shape, or a day that no calendar has.
        """
        return _parsed(text)

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    @property
    def precision(self) -> str:
        """Return ``"year"``, ``"month"`` or ``"day"``."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    def agrees(self, other: PartialDate) -> bool:
        """Return whether the parts that both dates have are equal: 1962 agrees with 1962-11."""
        return (
            self.year == other.year
            and (self.month is None or other.month is None or self.month == other.month)
            and (self.day is None or other.day is None or self.day == other.day)
        )


@lru_cache(maxsize=65_536)  # more than the days of birth of all who are listed
def _parsed(text: str) -> PartialDate:
    shape = _SHAPE.fullmatch(text.strip())
    if shape is None:
        raise ValueError(f"{text!r} is not a date of the shape 1962, 1962-11 or 1962-11-23")
    year, month, day = shape.groups()
    return PartialDate(int(year), int(month) if month else None, int(day) if day else None)


def years_between(first: int, last: int, *, most: int = 20) -> tuple[str, ...]:
    """Return the years of a range like ``1965 to 1967``, as partial dates.

    FollowTheMoney has no ranges, so a range becomes its years; a range of more than
    ``most`` years is too vague to compare and becomes nothing (the reader puts its words
    in ``notes``).
    """
    if last < first or last - first >= most:
        return ()
    return tuple(f"{year:04}" for year in range(first, last + 1))
