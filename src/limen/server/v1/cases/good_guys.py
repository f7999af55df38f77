"""``/v1/good-guys``: pairs that are no match, proposed, simulated, approved and ended."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.query_string import read_query
from limen.server.http.request_body import read_json
from limen.server.service.case_service import check_reader, json_reply, person_of, with_cases

router = APIRouter(prefix="/v1", tags=["cases"])

_GOOD_GUY = {"good_guy": "G-0123456789ab"}


class GoodGuyFilter(msgspec.Struct, frozen=True):
    """Represents which good-guys are returned; without a state, all."""

    state: Literal["", "proposed", "active", "review", "ended", "refused"] = ""


class ProposeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents a good-guy that is proposed from a closed alert.

    ``depends_on`` are measures and licences that it rests on; ``months`` for how long it is.
    """

    alert: str
    note: str
    depends_on: tuple[str, ...] = ()
    months: float | None = None


class ApproveBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents an approval; ``simulation`` is the digest of the one that was read."""

    simulation: str


class EndBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents why a good-guy is ended or refused."""

    note: str


_PROPOSE = msgspec.json.Decoder(ProposeBody)
_APPROVE = msgspec.json.Decoder(ApproveBody)
_END = msgspec.json.Decoder(EndBody)


@router.get(
    "/good-guys",
    openapi_extra=request_doc(GoodGuyFilter),
    responses=response_docs(None, 403, 422),
    summary="Good-guys, the first to end first",
)
async def good_guys(request: Request) -> Response:
    """Return good-guys, and how many alerts each suppresses; ``state=review`` is the queue."""
    chosen = read_query(request, GoodGuyFilter)

    def run(cases: Any) -> list[dict[str, Any]]:
        check_reader(request, cases)
        held = cases.good_guys(chosen.state)
        return [good_guy.to_dict() | {"suppresses": count} for good_guy, count in held]

    return json_reply({"good_guys": await with_cases(request, run)})


@router.post(
    "/good-guys",
    openapi_extra=request_doc(
        body=ProposeBody, example={"alert": "A-0123456789abcdef", "note": "known for years"}
    ),
    responses=response_docs(None, 400, 403, 422),
    summary="Propose a good-guy",
)
async def propose(request: Request) -> Response:
    """Propose a good-guy from an alert that two people closed as no match."""
    body = await read_json(request, _PROPOSE)

    def run(cases: Any) -> dict[str, Any]:
        person = person_of(request, cases)
        made = cases.propose_good_guy(
            body.alert, person, note=body.note, depends_on=body.depends_on, months=body.months
        )
        return _with_simulation(cases, made)

    return json_reply(await with_cases(request, run))


@router.post(
    "/good-guys/expire",
    responses=response_docs(None, 403),
    summary="Send good-guys that are over to review",
)
async def expire(request: Request) -> Response:
    """Send every good-guy that is over to review; for a timer, once a day."""

    def run(cases: Any) -> list[str]:
        person_of(request, cases).need("approve", "end good-guys")
        return list(cases.expire_good_guys())

    return json_reply({"expired": await with_cases(request, run)})


@router.get(
    "/good-guys/{good_guy}",
    openapi_extra=request_doc(path=_GOOD_GUY),
    responses=response_docs(None, 403, 422),
    summary="A good-guy, with its simulation",
)
async def show(request: Request, good_guy: str) -> Response:
    """Return a good-guy, its events, and what it would have suppressed."""

    def run(cases: Any) -> dict[str, Any]:
        check_reader(request, cases)
        return _with_simulation(cases, cases.good_guy(good_guy))

    return json_reply(await with_cases(request, run))


@router.post(
    "/good-guys/{good_guy}/approve",
    openapi_extra=request_doc(path=_GOOD_GUY, body=ApproveBody, example={"simulation": "9f86…"}),
    responses=response_docs(None, 400, 403, 409, 422),
    summary="Approve a good-guy",
)
async def approve(request: Request, good_guy: str) -> Response:
    """Let a good-guy suppress; 409 where what was simulated has changed."""
    body = await read_json(request, _APPROVE)

    def run(cases: Any) -> dict[str, Any]:
        person = person_of(request, cases)
        return _with_simulation(
            cases, cases.approve_good_guy(good_guy, person, simulation=body.simulation)
        )

    return json_reply(await with_cases(request, run))


@router.post(
    "/good-guys/{good_guy}/end",
    openapi_extra=request_doc(path=_GOOD_GUY, body=EndBody, example={"note": "the client left"}),
    responses=response_docs(None, 400, 403, 422),
    summary="End or refuse a good-guy",
)
async def end(request: Request, good_guy: str) -> Response:
    """End or refuse a good-guy; what it suppressed is open again."""
    body = await read_json(request, _END)

    def run(cases: Any) -> dict[str, Any]:
        reopened = cases.end_good_guy(good_guy, person_of(request, cases), note=body.note)
        return _with_simulation(cases, cases.good_guy(good_guy)) | {"reopened": reopened}

    return json_reply(await with_cases(request, run))


def _with_simulation(cases: Any, good_guy: Any) -> dict[str, Any]:
    return {
        "good_guy": good_guy.to_dict(),
        "simulation": cases.simulate_good_guy(good_guy.id),
        "events": cases.events(good_guy.id),
    }
