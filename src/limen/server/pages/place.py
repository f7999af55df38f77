"""Draw the page of an address: each authority's verdict, what was read, and a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import Request
from fastapi.responses import HTMLResponse

from limen.model import InputError, Instant
from limen.places import Location
from limen.render.territory_svg import draw
from limen.screening.query.party_size import check_size
from limen.server.pages.view.templates import page
from limen.server.service.saved_questions import SavedQuestion
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.util.budget import Budget

OUTCOMES = {"inside": "inside", "outside": "outside", "cannot_say": "cannot say"}


@dataclass(frozen=True, slots=True)
class AddressSegment:
    """Represents a stretch of the address, and what it was read as."""

    text: str
    meaning: str = ""
    kind: str = ""


def located(served: ServedSnapshot, question: SavedQuestion, budget: Budget) -> Location:
    """Locate the address of a saved question.

    Raises:
        InputError: the question cannot be understood, or the address exceeds the budget.
        TimeLimitError: the time of the budget is over.
    """
    check_size(question.party, budget, where="address")
    (address,) = question.party["properties"]["full"]
    country = next(iter(question.party["properties"].get("country", ())), None)
    return served.engine.locate(
        address, country=country, as_of=question.as_of, authorities=question.authorities,
        budget=budget,
    )  # fmt: skip


def map_of(served: ServedSnapshot, location: Location) -> str:
    """Return the territory that an address is in or near as SVG.

    Raises:
        InputError: there is no territory to draw.
    """
    return draw(served.engine.places, location)


def place_page(
    request: Request, served: ServedSnapshot, question: SavedQuestion, name: str
) -> HTMLResponse:
    """Draw the page of an address."""
    budget = state_of(request).settings.limits.budget()
    location = located(served, question, budget)
    try:
        map_of(served, location)
        has_map = bool(name)
    except InputError:
        has_map = False
    (address,) = question.party["properties"]["full"]
    return page(
        request,
        "place.html",
        location=location,
        address=address,
        segments=_segments(address, location),
        words=OUTCOMES,
        permalink=f"/answers/{name}" if name else "",
        drawn=has_map,
        as_of=question.as_of[:10],
        changes=_changes(served, question, budget),
    )


@dataclass(frozen=True, slots=True)
class ChangeOfVerdict:
    """Represents a day on which an authority's outcome for the address changed, and to what."""

    day: date
    changes: tuple[tuple[str, str], ...]


def _changes(
    served: ServedSnapshot, question: SavedQuestion, budget: Budget
) -> list[ChangeOfVerdict]:
    """Return the days on which outcomes changed, each asked anew on every day that could be one.

    Raises:
        TimeLimitError: the time of the budget is over.
    """
    (address,) = question.party["properties"]["full"]
    country = next(iter(question.party["properties"].get("country", ())), None)
    places, today = served.engine.places, served.engine.applied(None)
    days = places.days_of_change(address, country=country, budget=budget)
    found: list[ChangeOfVerdict] = []
    before: dict[str, str] = {}
    for day in (days[0] - timedelta(days=1), *days):
        if day > today.day:
            break
        location = places.locate(
            address, as_of=Instant.parse(day), known_at=today, country=country,
            authorities=question.authorities, budget=budget,
        )  # fmt: skip
        now: dict[str, str] = {each.authority: each.outcome for each in location.verdicts}
        changed = tuple(each for each in now.items() if before.get(each[0], each[1]) != each[1])
        if changed:
            found.append(ChangeOfVerdict(day, changed))
        before = now
    return found


def _segments(address: str, location: Location) -> Sequence[AddressSegment]:
    """Return the address, cut at its clues."""
    segments: list[AddressSegment] = []
    at = 0
    for clue in sorted(location.clues, key=lambda each: each.span):
        start, end = clue.span
        if clue.field != "address" or start < at:
            continue
        if start > at:
            segments.append(AddressSegment(address[at:start]))
        segments.append(AddressSegment(address[start:end], clue.meaning, clue.role))
        at = end
    if at < len(address):
        segments.append(AddressSegment(address[at:]))
    return segments
