"""Draw one listed party: its data, its listings over time, and the other lists it is on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from limen.model import Finding, Instant, ListingEvidence
from limen.model.instant import DAY
from limen.model.schemata import NAME_PROPERTIES
from limen.names.reading.scripts import by_script, direction
from limen.render.coverage_sentences import not_listed, since
from limen.screening.coverage import Question
from limen.server.pages.view.templates import page
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.server.yente.listed_view import listed_view

router = APIRouter()

#: Room for half of the last year's label.
_YEAR = 26
_WIDTH, _LABEL, _ROW = 900, 200, 26


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


@router.get("/parties/{party_id:path}")
async def party_page(
    request: Request, party_id: str, as_of: Annotated[str, Query(max_length=40)] = ""
) -> HTMLResponse:
    """Draw a party: facts, names by script, listings over time."""
    served = state_of(request).engines.current
    view = listed_view(served, None, as_of or None, None)
    position = view.position(party_id)
    party = view.party(position)
    listed = view.listed.at(position, view.scope.question.known_at)
    listings = view.listings(position)
    others = _elsewhere(served, party.to_ftm(), str(view.scope.question.as_of))
    every = [*_life(served, position), *(each for other in others for each in other.listings)]
    info = served.manifest.lists[int(served.snapshot.parties["list"][position])]
    return page(
        request,
        "party.html",
        party=party,
        info=info,
        listings=listings,
        others=others,
        provenance=listed.provenance if listed else None,
        seen=served.seen(position),
        facts={
            name: values for name, values in party.properties.items() if name not in NAME_PROPERTIES
        },
        scripts=by_script(party.values(*NAME_PROPERTIES)),
        long=("notes", "summary", "description"),
        weak=frozenset(party.properties.get("weakAlias", ())),
        direction=direction,
        timeline=timeline(every, view.scope.question.as_of),
        as_of=str(view.scope.question.as_of),
        not_listed=_not_listed(served, info.id, view.scope.question),
    )


def _not_listed(served: ServedSnapshot, list_id: str, question: Question) -> str:
    """Return what a missing listing means on the day of the page, by the list's coverage."""
    (coverage,) = served.engine.coverage(
        as_of=question.as_of, known_at=question.known_at, lists=[list_id],
        allow_stale=served.allow_stale,
    )  # fmt: skip
    return not_listed(coverage, question.as_of)


def _life(served: ServedSnapshot, position: int) -> tuple[ListingEvidence, ...]:
    """Return every listing of a party as last known, whether it still applies or not."""
    first, last = served.snapshot.parties["listings"][position : position + 2]
    known = Instant.parse(served.manifest.known_until)
    table = served.snapshot.listings
    found: list[ListingEvidence] = []
    for row in range(int(first), int(last)):
        moment = Instant.of_seconds(int(table["applied_from"][row]))
        at = moment if abs(moment.seconds) < 1 << 40 else known
        found.extend(served.listed.listings(position, at, known))
    return tuple(dict.fromkeys(found))


def _elsewhere(served: ServedSnapshot, party: dict[str, object], as_of: str) -> list[Finding]:
    """Return the same party on other lists, as screening finds it."""
    answer = served.engine.screen(party, as_of=as_of, allow_stale=served.allow_stale)
    return [
        each for each in answer.party_findings if each.level == "hit" and each.id != party["id"]
    ]


def timeline(listings: Sequence[ListingEvidence], as_of: Instant) -> ListingTimeline | None:
    """Return bars from the first day of each listing to its last; ``None`` without a day."""
    starts = [_day(each.applied_from) for each in listings if each.applied_from]
    if not starts:
        return None
    today = as_of.seconds / DAY
    first, last = min((*starts, today)) - 200, max((*starts, today)) + 60
    scale = (_WIDTH - _LABEL - _YEAR) / (last - first)

    def x(day: float) -> float:
        return round(_LABEL + (day - first) * scale, 1)

    spans = []
    for row, each in enumerate(sorted(listings, key=lambda at: at.applied_from or "")):
        start = _day(each.applied_from) if each.applied_from else first
        end = _day(each.applied_to) if each.applied_to else max(start, today)
        spans.append(
            ListingBar(
                each.list,
                _bar_title(each),
                x(start), max(3.0, x(end) - x(start)), row * _ROW + 6, not each.applied_to,
            )
        )  # fmt: skip
    return ListingTimeline(tuple(spans), tuple(_years(first, last, x)), x(today), _WIDTH,
                    len(spans) * _ROW + 30)  # fmt: skip


def _bar_title(listing: ListingEvidence) -> str:
    start = since(listing.applied_from, listing.applied_basis)
    until = f" until {listing.applied_to}" if listing.applied_to else ""
    terms = "; ".join((*listing.programmes, *listing.acts))
    return f"{listing.list} {start}{until}" + (f": {terms}" if terms else "")


def _years(first: float, last: float, x: Callable[[float], float]) -> Iterable[tuple[int, float]]:
    low, high = (Instant.of_seconds(int(each) * DAY).day.year for each in (first, last))
    step = max(1, (high - low) // 8)
    for year in range(low + 1, high + 1, step):
        yield year, x(Instant.parse(f"{year}-01-01").seconds / DAY)


def _day(text: str | None) -> float:
    return Instant.parse(text or "1970-01-01").seconds / DAY
