"""Turn the archive's ISO days and partial dates into instants and intervals."""

from __future__ import annotations

from calendar import monthrange
from functools import cache, lru_cache
from itertools import zip_longest

from limen.model import Instant, Interval, PartialDate


@cache
def instant(day: str) -> Instant:
    """Return the instant of an ISO day; cached, as a list has few days and many records."""
    return Instant.parse(day)


@lru_cache(maxsize=1 << 12)
def spans(days: tuple[str, ...]) -> tuple[Interval, ...]:
    """Return the intervals from each day to the next; the last is open."""
    instants = [instant(day) for day in days]
    return tuple([Interval(start, end) for start, end in zip_longest(instants, instants[1:])])


@cache
def first_day_of(partial: str | None) -> str | None:
    """Return the first day of a partial date: 1 January for ``2014``."""
    if partial is None:
        return None
    date = PartialDate.parse(partial)
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}"


@cache
def last_day_of(partial: str | None) -> str | None:
    """Return the last day of a partial date: 31 December for ``2014``.

    A removal known to the month alone takes effect on its last day, so as not to hide a hit.
    """
    if partial is None:
        return None
    date = PartialDate.parse(partial)
    month = date.month or 12
    day = date.day or monthrange(date.year, month)[1]
    return f"{date.year:04}-{month:02}-{day:02}"
