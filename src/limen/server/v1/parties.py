"""``/v1/parties/{id}``: one party whole, and the history of its records."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.engine.party_view import PartyView
from limen.engine.view_party import find_party, records_of, view_party
from limen.model import InputError, Instant
from limen.model.instant import read_instant
from limen.server.http.moved import moved_to
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query
from limen.server.service.archive_service import history_of
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of

router = APIRouter(prefix="/v1", tags=["v1"])

_ID = {"party_id": "us_ofac_sdn:16642"}
_REDIRECT: dict[int | str, dict[str, Any]] = {
    308: {"description": "The id is a record's or a former one: the party's is in Location"}
}


class PartyParameters(msgspec.Struct, frozen=True):
    """Represents the instants of a view of a party."""

    as_of: Annotated[str | None, Meta(description="When listings must have applied; today.")] = None
    known_at: Annotated[str | None, Meta(description="When it must have been known; today.")] = None


@router.get(
    "/parties/{party_id:path}/history",
    openapi_extra=request_doc(path=_ID),
    responses=response_docs(list[dict[str, Any]], 404, 422),
    summary="The history of a party's records on their lists",
)
async def party_history(request: Request) -> Response:
    """Return what each version changed in a record, or in each of a party's, by which file."""
    state = state_of(request)
    served, party_id = state.engines.current, request.path_params["party_id"]
    if party_id in served.positions:
        records: tuple[str, ...] = (party_id,)
    else:
        today = Instant.parse(served.clock().date())
        party = party_or_404(served, party_id, today)
        positions = records_of(served.snapshot, party, today)
        records = tuple(map(served.snapshot.identity.record, positions))
    return _json(await asyncio.to_thread(_histories, state.settings.home, records))


def _histories(home: Path, records: tuple[str, ...]) -> list[dict[str, Any]]:
    return [life for record in records for life in history_of(home, record)]


@router.get(
    "/parties/{party_id:path}",
    openapi_extra=request_doc(PartyParameters, path=_ID),
    responses=response_docs(PartyView, 404, 422) | _REDIRECT,
    summary="One party whole",
)
async def party(request: Request) -> Response:
    """Return names, facts and listings of a party on all lists, and why its records are one.

    The id of one of its records, or one that the party had before, is redirected to its own.
    """
    parameters = read_query(request, PartyParameters)
    served = state_of(request).engines.current
    party_id = request.path_params["party_id"]
    view = party_seen(served, party_id, parameters.as_of, parameters.known_at)
    if view.id != party_id:
        return moved_to(request, f"/v1/parties/{view.id}")
    return _json(view)


def party_seen(
    served: ServedSnapshot, any_id: str, as_of: str | None, known_at: str | None
) -> PartyView:
    """Return the party that an id leads to, at two instants; today by default.

    Raises:
        InputError: an instant is none.
        ProblemError: 404, nothing has the id.
    """
    today = Instant.parse(served.clock().date())
    at = read_instant(as_of or None, "as_of") or today
    known = read_instant(known_at or None, "known_at") or today
    party = party_or_404(served, any_id, known)
    return view_party(served.snapshot, served.listed, party, at, known)


def party_or_404(served: ServedSnapshot, any_id: str, known_at: Instant) -> str:
    """Return the id of the party that an id leads to.

    Raises:
        ProblemError: 404, nothing has the id.
    """
    try:
        return find_party(served.snapshot, any_id, known_at)
    except InputError as error:
        raise ProblemError(404, error.what, field="party_id", hint=error.hint or "") from error


def _json(document: Any) -> Response:
    return Response(msgspec.json.encode(document), media_type="application/json")
