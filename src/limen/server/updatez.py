"""``POST /updatez``: update the lists now, as in yente; only with an admin's key."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query
from limen.server.state import state_of

router = APIRouter(tags=["health"])


class UpdateParameters(msgspec.Struct, frozen=True):
    """Represents the query: whether to wait, and the key as yente's clients send it."""

    sync: Annotated[bool, Meta(description="Reply when the update is done.")] = False
    token: Annotated[str, Meta(description="An admin's API key; better in a header.")] = ""


class Update(msgspec.Struct):
    """Represents an update that has begun or, with ``sync``, is done, then with its result."""

    status: str
    taken: int | None = None
    refused: tuple[str, ...] = ()
    snapshot: str = ""


@router.post(
    "/updatez",
    openapi_extra=request_doc(UpdateParameters),
    responses=response_docs(Update, 422),
    summary="Take new list versions now",
)
async def updatez(request: Request) -> Response:
    """Start an update of the lists; with ``sync`` reply when it has ended."""
    updates = state_of(request).updates
    parameters = read_query(request, UpdateParameters)
    if updates is None:
        raise ProblemError(
            403, "this server does not update its lists",
            hint="limen serve --updates-from publishers, or run `limen lists update`",
        )  # fmt: skip
    task = updates.begin()
    if not parameters.sync:
        return _json(Update("ok"))
    result = await asyncio.shield(task)
    if result.error:
        raise ProblemError(503, result.error, hint=result.hint)
    return _json(Update("ok", result.taken, result.refused, result.snapshot))


def _json(document: Update) -> Response:
    return Response(msgspec.json.encode(document), media_type="application/json")
