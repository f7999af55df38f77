"""``/v1/cases``: alerts and decisions, of the person that the API key names."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.cases.decision import Act
from limen.cases.queue_filter import Filter
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.query_string import read_query
from limen.server.http.request_body import read_json
from limen.server.service.case_service import check_reader, json_reply, person_of, with_cases

router = APIRouter(prefix="/v1", tags=["cases"])

_ALERT = {"alert": "A-0123456789abcdef"}


class Alerts(msgspec.Struct):
    """Represents a page of alerts; ``count`` is at most 10,000."""

    alerts: list[dict[str, Any]]
    count: int
    next: str


class OpenBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents answers, as they were returned, from which alerts are opened."""

    answers: list[dict[str, Any]]
    profile: str = "standard"
    channel: str | None = None
    subject_id: str = ""


class ActionBody(Act, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents an action, with what it is about."""

    def act(self) -> Act:
        """Return the action alone."""
        return Act(self.action, self.decision, self.note, self.to)


class ActBody(ActionBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents an action on an alert, and the version that was read."""

    version: int


class BulkBody(ActionBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents an action on many alerts; without ``seen`` it is a preview."""

    alerts: tuple[str, ...]
    seen: str = ""


_OPEN, _ACT = msgspec.json.Decoder(OpenBody), msgspec.json.Decoder(ActBody)
_BULK = msgspec.json.Decoder(BulkBody)
_EXAMPLE = {
    "version": 3,
    "action": "propose",
    "decision": {
        "outcome": "closed_fp",
        "reason": "dob_conflict",
        "discriminators": [
            {"field": "birth_date", "subject": "1985-05-05", "listed": "1972-11-26"}
        ],
    },
}


@router.get(
    "/cases",
    openapi_extra=request_doc(Filter),
    responses=response_docs(Alerts, 403, 422),
    summary="A queue of alerts",
)
async def queue(request: Request) -> Response:
    """Return a page of alerts, those that are due first before others."""
    given = read_query(request, Filter)

    def run(cases: Any) -> dict[str, Any]:
        check_reader(request, cases)
        page = cases.queue(given)
        alerts = [alert.to_dict() for alert in page.alerts]
        return {"alerts": alerts, "count": page.count, "next": page.next}

    return json_reply(await with_cases(request, run))


@router.post(
    "/cases",
    openapi_extra=request_doc(body=OpenBody, example={"answers": [{"…": "what /v1/screen gave"}]}),
    responses=response_docs(None, 400, 403, 422),
    summary="Open alerts of answers",
)
async def open_alerts(request: Request) -> Response:
    """Open the alerts of answers: all of them, or none."""
    body = await read_json(request, _OPEN)

    def run(cases: Any) -> Any:
        return cases.open_alerts(
            body.answers, profile=body.profile, channel=body.channel, subject_id=body.subject_id,
            by=person_of(request, cases),
        )  # fmt: skip

    try:
        return json_reply({"opened": await with_cases(request, run)})
    except (KeyError, TypeError, AttributeError) as error:
        raise _no_answer(error) from error


@router.get("/cases/figures", responses=response_docs(None, 403), summary="Figures for managers")
async def case_figures(request: Request) -> Response:
    """Return volumes, ages, backlog and outcomes by reason; no name is in them."""
    from limen.cases.exchange.figures import figures

    def run(cases: Any) -> dict[str, Any]:
        check_reader(request, cases)
        return figures(cases.database, cases.now)

    return json_reply(await with_cases(request, run))


@router.get(
    "/cases/{alert}",
    openapi_extra=request_doc(path=_ALERT),
    responses=response_docs(None, 403, 422),
    summary="An alert, as it was answered then",
)
async def show(request: Request, alert: str) -> Response:
    """Return an alert, what it rests on as it was answered, and all of its events."""

    def run(cases: Any) -> dict[str, Any]:
        check_reader(request, cases)
        held = cases.alert(alert)
        then, events = cases.frozen(held), cases.events(alert)
        return {"alert": held.to_dict(), "then": then, "events": events}

    return json_reply(await with_cases(request, run))


@router.post(
    "/cases/{alert}/events",
    openapi_extra=request_doc(path=_ALERT, body=ActBody, example=_EXAMPLE),
    responses=response_docs(None, 400, 403, 409, 422),
    summary="Do something with an alert",
)
async def act(request: Request, alert: str) -> Response:
    """Do something with an alert; 409 where someone else has since it was read."""
    body = await read_json(request, _ACT)

    def run(cases: Any) -> dict[str, Any]:
        person = person_of(request, cases)
        event = cases.act(alert, body.version, body.act(), person)
        return {"alert": cases.alert(alert).to_dict(), "event": event}

    return json_reply(await with_cases(request, run))


@router.post(
    "/cases/bulk",
    openapi_extra=request_doc(body=BulkBody, example={"alerts": [], "action": "start"}),
    responses=response_docs(None, 400, 403, 409, 422),
    summary="Preview an action on many alerts, or do it",
)
async def bulk(request: Request) -> Response:
    """Preview an action on many alerts; with the preview's digest in ``seen``, do it."""
    body = await read_json(request, _BULK)

    def run(cases: Any) -> Any:
        person, what = person_of(request, cases), body.act()
        if body.seen:
            return cases.act_on_all(body.alerts, what, person, seen=body.seen)
        return cases.preview(body.alerts, what, person)

    return json_reply(await with_cases(request, run))


@router.get(
    "/cases/{alert}/pack",
    openapi_extra=request_doc(path=_ALERT),
    responses=response_docs(None, 403, 422, media="application/zip"),
    summary="An alert's evidence pack",
)
async def pack(request: Request, alert: str) -> Response:
    """Return the zip of an alert's evidence."""
    from limen.cases.exchange.pack import write_pack

    def run(cases: Any) -> bytes:
        check_reader(request, cases)
        return write_pack(cases.database, alert)

    body = await with_cases(request, run)
    headers = {"Content-Disposition": "attachment; filename=evidence.zip"}
    return Response(body, media_type="application/zip", headers=headers)


def _no_answer(error: Exception) -> Exception:
    from limen.model import InputError

    return InputError(
        f"an answer is incomplete: {error}", where="answers",
        hint="send what /v1/screen or /v1/payments returned", unchanged="no alert was opened",
    )  # fmt: skip
