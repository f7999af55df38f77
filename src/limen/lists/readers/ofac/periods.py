"""Write the periods of the newer XML files as dates in OFAC's own words.

Both ends of a period are spans of days themselves: ``1951 to 1953`` starts on some day of
1951 and ends on some day of 1953. In the words of the CSV, a date reads the same from every
format.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

Span = tuple[date, date]
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Period:
    """A period with the first and last possible day of its start, and of its end."""

    start: Span
    end: Span
    approximate: bool = False

    def words(self) -> str:
        """Return ``12 Mar 1965``, ``1965``, ``circa 1965``, ``Mar 1965 to May 1965``."""
        whole = (self.start[0], self.end[1])
        if self.start == self.end:
            text = _words(self.start)
        elif _is_day(self.start) and _is_day(self.end) and (_is_month(whole) or _is_year(whole)):
            text = _words(whole)
        else:
            text = f"{_words(self.start)} to {_words(self.end)}"
        return f"circa {text}" if self.approximate else text


def _is_day(span: Span) -> bool:
    return span[0] == span[1]


def _is_month(span: Span) -> bool:
    first, last = span
    return first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1])


def _is_year(span: Span) -> bool:
    first, last = span
    return first == date(first.year, 1, 1) and last == date(first.year, 12, 31)


def _words(span: Span) -> str:
    first, last = span
    if _is_day(span):
        return f"{first.day:02} {_MONTHS[first.month - 1]} {first.year:04}"
    if _is_year(span):
        return f"{first.year:04}"
    if _is_month(span):
        return f"{_MONTHS[first.month - 1]} {first.year:04}"
    return f"{_words((first, first))} to {_words((last, last))}"
