"""``/v1/regimes`` and ``/v1/assess``: the snapshot's law, and assessments of events."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.law import Assessment, Clocks, Law, MeasureView
from limen.law.in_force import measure_states, view
from limen.law.queries.search import LawAnswer, Terms, ask
from limen.law.timeline import Timeline, timeline
from limen.model import Instant
from limen.render.timeline_svg import draw
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query
from limen.server.http.request_body import read_json
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.util.suggest import did_you_mean

router = APIRouter(prefix="/v1", tags=["v1"])


class AssessBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents an event and the instant to assess it at."""

    event: Annotated[str, Meta(description="Its id or slug.")]
    at: Annotated[str, Meta(description="A day, or an instant with its zone.")]
    trigger: str | None = None
    known_at: str | None = None
    policy: str | None = None


_BODY = msgspec.json.Decoder(AssessBody)


@router.post(
    "/assess",
    openapi_extra=request_doc(
        body=AssessBody,
        example={"event": "troops-into-occupied-donbas", "at": "2022-02-21T23:59-05:00"},
    ),
    responses=response_docs(Assessment, 400, 422),
    summary="Assess an event",
)
async def assess(request: Request) -> Response:
    """Return every reading on record at the instant, what is in force, what is only prepared."""
    body = await read_json(request, _BODY)
    assessment = state_of(request).engines.current.engine.assess(
        body.event, body.trigger, at=body.at, known_at=body.known_at, policy=body.policy
    )
    return _json(assessment.to_dict())


class LawParameters(msgspec.Struct, frozen=True):
    """Represents the two instants at which law is viewed."""

    as_of: Annotated[str | None, Meta(description="A day or an instant; now.")] = None
    known_at: Annotated[str | None, Meta(description="With what was known then; as_of.")] = None


@router.get(
    "/regimes",
    responses=response_docs(list[dict[str, Any]]),
    summary="The regimes in the snapshot",
)
async def regimes(request: Request) -> Response:
    """Return each regime with the numbers of its measures, triggers, statements, and its events."""
    law = state_of(request).engines.current.engine.regimes.law
    return _json(
        [
            {
                "id": name,
                "title": regime.title,
                "measures": len(regime.measures),
                "triggers": len(regime.triggers),
                "statements": len(regime.statements),
                "events": [{"id": each, "slug": law.events[each].slug} for each in regime.events],
            }
            for name, regime in law.regimes.items()
        ]
    )


class AskParameters(LawParameters, frozen=True):
    """Represents the terms of a question to the law; all that are given must hold."""

    authority: Annotated[str, Meta(description="Only this authority's, as US.")] = ""
    territory: Annotated[str, Meta(description="By id, as ua-dnr.")] = ""
    party: Annotated[str, Meta(description="Whom a provision or a licence names.")] = ""
    sector: Annotated[str, Meta(description="As energy.")] = ""
    service: Annotated[str, Meta(description="As architecture.")] = ""
    goods: Annotated[str, Meta(description="As gold.")] = ""
    act: Annotated[str, Meta(description="As 833/2014, EO 14065, GL 8L, or a tag.")] = ""
    effect: Annotated[str, Meta(description="As import.")] = ""


@router.get(
    "/law",
    openapi_extra=request_doc(AskParameters),
    responses=response_docs(LawAnswer, 422),
    summary="Ask the law by territory, party, sector, service, goods, act or effect",
)
async def ask_the_law(request: Request) -> Response:
    """Return the measures in force of which every term holds, and what is not in force."""
    served = state_of(request).engines.current
    given = read_query(request, AskParameters)
    clocks = clocks_of(served, given.as_of, given.known_at)
    terms = Terms(
        authority=given.authority.upper(),
        territory=given.territory,
        party=given.party,
        sector=given.sector,
        service=given.service,
        goods=given.goods,
        act=given.act,
        effect=given.effect,
    )
    return _json(ask(law_known(served, given.known_at), terms, clocks))


class TimelineParameters(LawParameters, frozen=True):
    """Represents the limits of a timeline: days and authority."""

    start: Annotated[str | None, Meta(description="The first day there is.")] = None
    end: Annotated[str | None, Meta(description="The last day there is.")] = None
    authority: Annotated[str | None, Meta(description="Only this authority's.")] = None
    format: Annotated[Literal["json", "svg"], Meta(description="Or drawn.")] = "json"


@router.get(
    "/regimes/{regime}/timeline",
    openapi_extra=request_doc(TimelineParameters, path={"regime": "russia-ukraine"}),
    responses=response_docs(Timeline, 404, 422),
    summary="One regime along time",
)
async def regime_timeline(request: Request) -> Response:
    """Return measures as bars, statements and events as marks, with both cursors."""
    served = state_of(request).engines.current
    span = read_query(request, TimelineParameters)
    law = law_known(served, span.known_at)
    name = request.path_params["regime"]
    if name not in law.regimes:
        raise ProblemError(
            404, "No such regime", field="regime", hint=did_you_mean(name, law.regimes)
        )
    drawn = timeline(
        law,
        name,
        clocks_of(served, span.as_of, span.known_at),
        start=_instant(span.start, "start"),
        end=_instant(span.end, "end"),
        authority=span.authority.upper() if span.authority else None,
    )
    if span.format == "svg":
        return Response(draw(drawn), media_type="image/svg+xml")
    return _json(drawn)


def _instant(text: str | None, field: str) -> Instant | None:
    if not text:
        return None
    try:
        return Instant.parse(text)
    except ValueError as error:
        raise ProblemError(422, str(error), field=field, hint="write 2022-02-21") from error


@router.get(
    "/regimes/{regime}",
    openapi_extra=request_doc(LawParameters, path={"regime": "us-russia-2022"}),
    responses=response_docs(dict[str, Any], 404, 422),
    summary="One regime as of a day",
)
async def regime(request: Request) -> Response:
    """Return its measures as of an instant, and all its triggers, statements and events."""
    served = state_of(request).engines.current
    parameters = read_query(request, LawParameters)
    name = request.path_params["regime"]
    law = law_known(served, parameters.known_at)
    if name not in law.regimes:
        raise ProblemError(
            404, "No such regime", field="regime", hint=did_you_mean(name, law.regimes)
        )
    found = law.regimes[name]
    clocks = clocks_of(served, parameters.as_of, parameters.known_at)
    return _json(
        {
            "id": name,
            "title": found.title,
            "as_of": str(clocks.as_of),
            "known_at": str(clocks.known_at),
            "measures": views_of(law, found.measures, clocks),
            "triggers": [law.triggers[each] for each in found.triggers],
            "statements": [law.statements[each] for each in found.statements],
            "events": [law.events[each] for each in found.events],
        }
    )


def clocks_of(served: ServedSnapshot, as_of: str | None, known_at: str | None) -> Clocks:
    """Return both clocks of a question about the law.

    Raises:
        InputError: an instant is not valid, or has not come yet.
    """
    scope = served.engine.scope(as_of or None, known_at or None, (), None, served.allow_stale)
    instant = scope.question.as_of
    return Clocks(instant, scope.question.known_at if known_at else instant)


def law_known(served: ServedSnapshot, known_at: str | None) -> Law:
    """Return the law of the pack known at an instant that is given; that in use without one."""
    return served.engine.regimes_known(known_at or None).law


def views_of(law: Law, measures: tuple[str, ...], clocks: Clocks) -> list[MeasureView]:
    """Return the measures of which anything was known, each in its state at the clocks."""
    return [view(law, each, clocks) for each in measure_states(law, measures, clocks)]


def _json(document: Any) -> Response:
    return Response(msgspec.json.encode(document), media_type="application/json")
