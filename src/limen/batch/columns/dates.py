"""Dates as portfolios write them, day before month or month before day as the column shows.

``03/04/1961`` does not show its own order; a column usually does, through its ``25/12/1970``.
Where not even the column does, the order is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from limen.lists.parsing.dates import read_date
from limen.util.lazy_patterns import lazy

Order = Literal["dmy", "mdy"]

_NUMERIC = lazy(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?:[ T].*)?")
_COMPACT = lazy(r"(\d{4})(\d{2})(\d{2})")
_WORDED = lazy(r"(\d{1,2})-([^\W\d]+)-(\d{4})")
_MONTH_FIRST_WORDS = lazy(r"([^\W\d]+)\.? (\d{1,2}),? (\d{4})")


class OrderEvidence(msgspec.Struct, frozen=True):
    """Represents what a column shows of its order of dates: an example of each kind, or ``""``.

    ``open`` is a date that reads both ways and differently.
    """

    day_first: str = ""
    month_first: str = ""
    open: str = ""

    @property
    def order(self) -> Order | None:
        """Return the order that every date of the column can have, if the column settles it."""
        if self.day_first and self.month_first:
            return None
        if self.month_first:
            return "mdy"
        return None if self.open and not self.day_first else "dmy"


def weigh_order(values: Iterable[str]) -> OrderEvidence:
    """Look for dates that can be read in one order only."""
    found = {"day_first": "", "month_first": "", "open": ""}
    for value in values:
        numbers = _NUMERIC.fullmatch(value.strip())
        if numbers is None:
            continue
        first, separator, second = int(numbers[1]), numbers[2], int(numbers[3])
        if first > 12 >= second:
            kind = "day_first"
        elif second > 12 >= first:
            kind = "month_first"
        elif first != second and separator != ".":  # a month first is not written with dots
            kind = "open"
        else:
            continue
        found[kind] = found[kind] or value.strip()
    return OrderEvidence(**found)


def portfolio_date(text: str, order: Order | None = "dmy") -> str:
    """Read a date into a partial ISO date.

    Takes what :func:`limen.lists.parsing.dates.read_date` takes, and ``19611225``, ``25-Dec-1961``,
    ``December 25, 1961``, and numbers in the order given; without one, numbers that read both
    ways are refused.

    Raises:
        ValueError: another shape, a day no calendar has, or a day that may be a month.
    """
    text = " ".join(text.split())
    if found := _NUMERIC.fullmatch(text):
        order = order or weigh_order([text]).order
        if order is None:
            raise ValueError(f"{text!r} reads as two dates")
        day, month = (found[1], found[3]) if order == "dmy" else (found[3], found[1])
        return str(read_date(f"{day}/{month}/{found[4]}"))
    if found := _COMPACT.fullmatch(text):
        return str(read_date(f"{found[1]}-{found[2]}-{found[3]}"))
    if found := _WORDED.fullmatch(text):
        return str(read_date(f"{found[1]} {found[2]} {found[3]}"))
    if found := _MONTH_FIRST_WORDS.fullmatch(text):
        return str(read_date(f"{found[2]} {found[1]} {found[3]}"))
    return str(read_date(text))
