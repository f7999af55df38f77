"""Lay out listings as bars over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from limen.engine.party_view import ListedPeriod
from limen.model import Instant
from limen.model.instant import DAY
from limen.render.coverage_sentences import since

#: Room for half of the last year's label.
_YEAR = 26
_WIDTH, _LABEL, _ROW = 900, 200, 26
#: No list that is read here has listings from before the United Nations; a year 17 is a misprint.
_FIRST = "1945"


@dataclass(frozen=True, slots=True)
class ListingBar:
    """Represents one listing as a bar: where it begins and ends, in pixels."""

    label: str
    title: str
    x: float
    width: float
    y: int
    open: bool


@dataclass(frozen=True, slots=True)
class ListingTimeline:
    """Represents listings over time, with lines for years and for the day of the page."""

    spans: tuple[ListingBar, ...]
    years: tuple[tuple[int, float], ...]
    cursor: float
    width: int
    height: int


def timeline(listings: Sequence[ListedPeriod], as_of: Instant) -> ListingTimeline | None:
    """Return bars from the first day of each listing to its last; ``None`` without a day.

    Bars are grouped by authority, the earliest first.
    """
    starts = [_day(each.since) for each in listings if _dated(each)]
    if not starts:
        return None
    today = as_of.seconds / DAY
    first, last = min((*starts, today)) - 200, max((*starts, today)) + 60
    scale = (_WIDTH - _LABEL - _YEAR) / (last - first)

    def x(day: float) -> float:
        return round(_LABEL + (day - first) * scale, 1)

    spans = []
    for row, each in enumerate(_by_authority(listings)):
        start = _day(each.since) if _dated(each) else first
        end = _day(each.until) if each.until else max(start, today)
        spans.append(
            ListingBar(
                f"{each.authority} {each.list}", _title(each), x(start),
                max(3.0, x(end) - x(start)), row * _ROW + 6, not each.until,
            )
        )  # fmt: skip
    height = len(spans) * _ROW + 30
    return ListingTimeline(tuple(spans), tuple(_years(first, last, x)), x(today), _WIDTH, height)


def _by_authority(listings: Sequence[ListedPeriod]) -> list[ListedPeriod]:
    earliest: dict[str, str] = {}
    for each in listings:
        day = each.since or "9999"
        earliest[each.authority] = min(day, earliest.get(each.authority, day))
    return sorted(
        listings, key=lambda each: (earliest[each.authority], each.authority, each.since or "9999")
    )


def _dated(listing: ListedPeriod) -> bool:
    return listing.since is not None and listing.since >= _FIRST


def _title(listing: ListedPeriod) -> str:
    until = f" until {listing.until}" if listing.until else ""
    terms = "; ".join((*listing.programmes, *listing.acts))
    start = since(listing.since, listing.since_basis)
    return f"{listing.list} {start}{until}" + (f": {terms}" if terms else "")


def _years(first: float, last: float, x: Callable[[float], float]) -> Iterable[tuple[int, float]]:
    low, high = (Instant.of_seconds(int(each) * DAY).day.year for each in (first, last))
    step = max(1, (high - low) // 8)
    for year in range(low + 1, high + 1, step):
        yield year, x(Instant.parse(f"{year}-01-01").seconds / DAY)


def _day(text: str | None) -> float:
    return Instant.parse(text or "1970-01-01").seconds / DAY
