"""Is the process up, can its lists carry a clear, and what has it counted."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.model import LimenError
from limen.server.access.permissions import needs
from limen.server.http.openapi import response_docs
from limen.server.metrics import exposition
from limen.server.service.archive_service import lags_of
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of

router = APIRouter(tags=["health"])


class Status(msgspec.Struct):
    """``ok``, or what is wrong."""

    status: str


class Readiness(msgspec.Struct):
    """``ok``, or which lists cannot carry a clear and why."""

    status: str
    snapshot: str
    failing: list[dict[str, Any]] = []
    detail: str = ""


@router.get("/healthz", responses=response_docs(Status), summary="Is the process up?")
async def healthz() -> Response:
    """Say that the process answers; nothing of its lists."""
    return _json({"status": "ok"})


@router.get(
    "/readyz", responses=response_docs(Readiness, 503), summary="Can its lists carry a clear?"
)
async def readyz(request: Request) -> Response:
    """200 when every list in service can carry a clear now; else 503, with each that cannot."""
    engines = state_of(request).engines
    failing = engines.failing()
    broken = engines.refused == engines.current.manifest.id
    document: dict[str, Any] = {
        "status": "ok", "snapshot": engines.current.manifest.id, "failing": []
    }  # fmt: skip
    if broken or failing or not engines.coverage():
        document["status"] = "cannot_say"
        document["failing"] = [
            {"list": each.list, "state": each.state, "why": each.why} for each in failing
        ]
        told = "; ".join(f"{each.list}: {each.why}" for each in failing)
        if broken:
            told = "the snapshot in service failed its own check; see the server's log"
        document["detail"] = told or "no list is in service"
        return _json(document, 503)
    return _json(document)


@router.get(
    "/metrics",
    dependencies=[needs("read")],
    response_class=Response,
    responses={200: {"description": "Prometheus text", "content": {"text/plain": {}}}},
    summary="What was counted",
)
async def metrics(request: Request) -> Response:
    """Prometheus' text format, of all workers."""
    state = state_of(request)
    served = state.engines.current
    if served.lags is None:
        served.lags = await asyncio.to_thread(_lags, state.settings.home, served)
    body = exposition(served.manifest, served.coverage(), served.lags)
    return Response(body, media_type="text/plain; version=0.0.4; charset=utf-8")


def _lags(home: Path, served: ServedSnapshot) -> dict[str, int]:
    """How late each list's newest version was taken; nothing where that cannot be told."""
    newest = {each.id: each.versions[-1].published for each in served.manifest.lists
              if each.versions}  # fmt: skip
    try:
        return lags_of(home, newest)
    except LimenError:
        return {}


def _json(document: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(document), status, media_type="application/json")
