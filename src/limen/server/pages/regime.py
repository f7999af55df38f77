"""Draw a regime's timeline with its two cursors, and what it consists of in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from limen.law import Law
from limen.law.timeline import Bar, Mark, timeline
from limen.model import Instant
from limen.render.timeline_svg import draw
from limen.server.http.problems import ProblemError
from limen.server.pages.event import FOUNDING
from limen.server.pages.view.regime_entries import RegimeEntry, entries_of
from limen.server.pages.view.templates import page
from limen.server.state import state_of
from limen.server.v1.regimes import clocks_of, law_known, views_of
from limen.util.suggest import did_you_mean

router = APIRouter()


@dataclass(frozen=True, slots=True)
class TimelineYear:
    """Represents a year's entries on one side of the first cursor; one year is open at first."""

    year: int
    ahead: bool
    entries: tuple[RegimeEntry, ...]
    open: bool = False


@router.get("/regimes")
async def regimes(request: Request) -> HTMLResponse:
    """Draw every regime, with a link to the founding case."""
    law = state_of(request).engines.current.engine.regimes.law
    return page(request, "regimes.html", law=law, founding=FOUNDING)


@router.get("/regimes/{regime}")
async def regime_page(
    request: Request,
    regime: str,
    as_of: Annotated[str, Query(max_length=40)] = "",
    known_at: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """Draw a regime's measures as of an instant, and all statements and events in order."""
    served = state_of(request).engines.current
    law = law_known(served, known_at)
    found = law.regimes.get(regime)
    if found is None:
        raise ProblemError(404, "No such regime", hint=did_you_mean(regime, law.regimes))
    clocks = clocks_of(served, as_of or None, known_at or None)
    return page(
        request,
        "regime.html",
        regime=regime,
        found=found,
        law=law,
        measures=views_of(law, found.measures, clocks),
        drawn=draw(timeline(law, regime, clocks), partial(_address, law, regime)),
        chapters=_chapters(entries_of(law, regime, clocks)),
        clocks=clocks,
        as_of=as_of,
        known_at=known_at,
    )


def _address(law: Law, regime: str, what: Bar | Mark) -> str:
    """Return where a bar or a mark of the timeline leads: a row here, or an event's page."""
    if isinstance(what, Bar):
        return f"#{what.id}"
    return f"/regimes/{regime}/{law.events[what.id].slug}" if what.what == "event" else ""


def _chapters(entries: Iterable[RegimeEntry]) -> list[TimelineYear]:
    """Return the years in order; the one that ends at the cursor is open."""
    ordered = sorted(entries, key=lambda each: (each.ahead, each.first))
    chapters = [
        TimelineYear(year, ahead, tuple(found))
        for (ahead, year), found in groupby(
            ordered, key=lambda each: (each.ahead, Instant(each.first).day.year)
        )
    ]
    last = max((at for at, each in enumerate(chapters) if not each.ahead), default=0)
    return [replace(each, open=at == last) for at, each in enumerate(chapters)]
