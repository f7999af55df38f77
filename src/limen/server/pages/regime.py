"""Draw a regime's timeline with its two cursors, and the assessment of an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from limen.law import Assessment, Clocks, Law
from limen.law.assess.assessment import AppliedReading, TriggerResult
from limen.law.moments import moment
from limen.model import Instant
from limen.server.http.problems import ProblemError
from limen.server.pages.view.templates import page
from limen.server.state import state_of
from limen.server.v1.regimes import clocks_of, law_known, views_of
from limen.util.suggest import did_you_mean

router = APIRouter()

#: The page opens on the founding case: the evening of 21 February 2022 in Washington.
FOUNDING = ("russia-ukraine", "troops-into-occupied-donbas", "2022-02-21T23:59-05:00")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Represents one dated entry: an event, a statement, or a change of a measure."""

    at: int
    day: str
    kind: str
    title: str
    words: str
    who: str
    id: str
    ahead: bool
    slug: str = ""


@dataclass(frozen=True, slots=True)
class TimelineYear:
    """Represents a year's entries on one side of the first cursor; one year is open at first."""

    year: int
    ahead: bool
    entries: tuple[TimelineEntry, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class TriggerTable:
    """Represents one trigger's readings as a table: authorities across, statements down."""

    trigger: TriggerResult
    authorities: tuple[str, ...]
    readings: tuple[AppliedReading, ...]


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
        chapters=_chapters(_entries(law, regime, clocks)),
        clocks=clocks,
        as_of=as_of,
        known_at=known_at,
    )


@router.get("/regimes/{regime}/{event}")
async def event_page(
    request: Request,
    regime: str,
    event: str,
    at: Annotated[str, Query(max_length=40)] = "",
    policy: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """Draw an assessment: readings by authority, each true, false or unknown, with its reason."""
    engine = state_of(request).engines.current.engine
    law = engine.regimes.law
    found = law.event(event)
    when = at or _evening(law, regime, found.slug)
    assessment = engine.assess(found.id, at=when, policy=policy or None)
    return page(
        request,
        "event.html",
        regime=regime,
        title=law.regimes[regime].title if regime in law.regimes else regime,
        event=found,
        assessment=assessment,
        questions=list(_questions(assessment)),
        statements=law.statements,
        at=when,
        policy=policy,
    )


def _evening(law: Law, regime: str, slug: str) -> str:
    """Return the instant at which an event is first assessed: the end of its last day."""
    if (regime, slug) == FOUNDING[:2]:
        return FOUNDING[2]
    event = law.event(slug)
    return str(Instant.of_seconds(moment(event.happened, event.zone).last).day)


def _questions(assessment: Assessment) -> Iterator[TriggerTable]:
    for trigger in assessment.triggers:
        readings = tuple(each for each in assessment.readings if each.trigger == trigger.id)
        authorities = tuple(dict.fromkeys(each.authority for each in readings))
        yield TriggerTable(trigger, authorities, readings)


def _chapters(entries: Iterable[TimelineEntry]) -> list[TimelineYear]:
    """Return the years in order; the one that ends at the cursor is open."""
    ordered = sorted(entries, key=lambda each: (each.ahead, each.at))
    chapters = [
        TimelineYear(year, ahead, tuple(found))
        for (ahead, year), found in groupby(
            ordered, key=lambda each: (each.ahead, Instant(each.at).day.year)
        )
    ]
    last = max((at for at, each in enumerate(chapters) if not each.ahead), default=0)
    return [replace(each, open=at == last) for at, each in enumerate(chapters)]


def _entries(law: Law, name: str, clocks: Clocks) -> Iterator[TimelineEntry]:
    """Yield everything dated in a regime; ``ahead`` of the first cursor if it was yet to come."""
    regime = law.regimes[name]
    for each in regime.measures:
        measure = law.measures[each]
        for change in measure.status:
            when = moment(change.on, law.zone(measure.authority))
            yield TimelineEntry(
                when.first, change.on, "measure", measure.title,
                f"{change.is_.replace('_', ' ')}; {measure.instrument}", measure.authority,
                measure.id, not when.effective_by(clocks.as_of),
            )  # fmt: skip
    for each in regime.statements:
        statement = law.statements[each]
        made = law.moment_of(statement)
        words = f"“{statement.quote}”" if statement.quote else statement.condition
        yield TimelineEntry(
            made.first, statement.made, "statement", statement.speaker, words,
            statement.authority, statement.id, not made.happened_by(clocks.as_of),
        )  # fmt: skip
    for each in regime.events:
        event = law.events[each]
        when = moment(event.happened, event.zone)
        yield TimelineEntry(
            when.first, event.happened, "event", event.title, "", "", event.id,
            not when.happened_by(clocks.as_of), event.slug,
        )  # fmt: skip
