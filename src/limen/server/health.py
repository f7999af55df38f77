"""Is the process up, can its lists carry a clear, and what has it counted."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.server.access import needs
from limen.server.metrics import exposition
from limen.server.openapi import replied
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


@router.get("/healthz", responses=replied(Status), summary="Is the process up?")
async def healthz() -> Response:
    """Say that the process answers; nothing of its lists."""
    return _json({"status": "ok"})


@router.get("/readyz", responses=replied(Readiness, 503), summary="Can its lists carry a clear?")
async def readyz(request: Request) -> Response:
    """200 when every list in service can carry a clear now; else 503, with each that cannot."""
    engines = state_of(request).engines
    failing = engines.failing()
    document: dict[str, Any] = {
        "status": "ok", "snapshot": engines.current.manifest.id, "failing": []
    }  # fmt: skip
    if failing or not engines.coverage():
        document["status"] = "cannot_say"
        document["failing"] = [
            {"list": each.list, "state": each.state, "why": each.why} for each in failing
        ]
        told = "; ".join(f"{each.list}: {each.why}" for each in failing)
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
    body = exposition(state_of(request).engines)
    return Response(body, media_type="text/plain; version=0.0.4; charset=utf-8")


def _json(document: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(document), status, media_type="application/json")
