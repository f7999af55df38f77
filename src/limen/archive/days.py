"""Days as the archive counts them: ISO text, and what a partial date stands for."""

from __future__ import annotations

from calendar import monthrange
from functools import cache, lru_cache
from itertools import zip_longest

from limen.model import Instant, Interval, PartialDate


@cache
def instant(day: str) -> Instant:
    """The instant of an ISO day; days are few, and asked for often."""
    return Instant.parse(day)


@lru_cache(maxsize=1 << 12)
def spans(days: tuple[str, ...]) -> tuple[Interval, ...]:
    """From each day to the next; the last is open."""
    instants = [instant(day) for day in days]
    return tuple([Interval(start, end) for start, end in zip_longest(instants, instants[1:])])


@cache
def first_day_of(partial: str | None) -> str | None:
    """``2014`` and ``2014-03`` count as their first day."""
    if partial is None:
        return None
    date = PartialDate.parse(partial)
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}"


@cache
def last_day_of(partial: str | None) -> str | None:
    """A removal known to the month alone counts as of its last day, so as not to hide a hit."""
    if partial is None:
        return None
    date = PartialDate.parse(partial)
    month = date.month or 12
    day = date.day or monthrange(date.year, month)[1]
    return f"{date.year:04}-{month:02}-{day:02}"
