"""Report health to machines: is the process up, can its lists carry a clear, its metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.model import LimenError, ListCoverage
from limen.server.access.permissions import needs
from limen.server.case_metrics import case_exposition
from limen.server.http.openapi import response_docs
from limen.server.metrics import exposition
from limen.server.service.archive_service import lags_of
from limen.server.service.case_store import CaseStore
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import State, state_of

router = APIRouter(tags=["health"])


class Status(msgspec.Struct):
    """Represents the reply of ``/healthz``."""

    status: str


class Readiness(msgspec.Struct):
    """Represents ``ok``, or the lists that cannot carry a clear, each with its reason."""

    status: str
    snapshot: str
    failing: list[dict[str, Any]] = []
    detail: str = ""
    background: list[dict[str, Any]] = []


@router.get("/healthz", responses=response_docs(Status), summary="Is the process up?")
async def healthz() -> Response:
    """Report that the process answers; this does not look at its lists."""
    return _json({"status": "ok"})


@router.get(
    "/readyz", responses=response_docs(Readiness, 503), summary="Can its lists carry a clear?"
)
async def readyz(request: Request) -> Response:
    """Return 200 when every list in service can carry a clear, else 503 with each that cannot.

    ``background`` has the server's tasks that fail at the moment; one that fails for long, such as
    taking the newest snapshot, makes the server not ready too.
    """
    state = state_of(request)
    failing = state.engines.failing()
    document: dict[str, Any] = {
        "status": "ok",
        "snapshot": state.engines.in_service.manifest.id,
        "failing": [{"list": each.list, "state": each.state, "why": each.why} for each in failing],
        "background": [
            {
                "task": name, "error": task.error, "failures": task.failures,
                "seconds": round(task.seconds, 1),
            }
            for name, task in state.background.states.items()
            if task.error
        ],
    }  # fmt: skip
    detail = _not_ready(state, failing)
    if detail:
        return _json({**document, "status": "cannot_say", "detail": detail}, 503)
    return _json(document)


def _not_ready(state: State, failing: Sequence[ListCoverage]) -> str:
    """Return why the server is not ready; empty where it is."""
    if state.engines.damaged:
        return f"{state.engines.damaged}; nothing is answered from it"
    if state.engines.refused == state.engines.in_service.manifest.id:
        return "the snapshot in service failed its own check; see the server's log"
    if alarms := state.background.alarms():
        return "; ".join(
            f"{name}: no success for {task.seconds:,.0f} s" for name, task in alarms.items()
        )
    if not state.engines.coverage():
        return "no list is in service"
    return "; ".join(f"{each.list}: {each.why}" for each in failing)


@router.get(
    "/metrics",
    dependencies=[needs("read")],
    response_class=Response,
    responses={200: {"description": "Prometheus text", "content": {"text/plain": {}}}},
    summary="Metrics",
)
async def metrics(request: Request) -> Response:
    """Return the metrics of all workers in Prometheus' text format."""
    state = state_of(request)
    served = state.engines.in_service
    if served.lags is None:
        served.lags = await asyncio.to_thread(_lags, state.settings.home, served)
    body = exposition(served.manifest, served.coverage(), served.lags)
    if state.cases.exists:
        body += case_exposition(await asyncio.to_thread(_case_figures, state.cases))
    return Response(body, media_type="text/plain; version=0.0.4; charset=utf-8")


def _case_figures(store: CaseStore) -> dict[str, Any] | None:
    try:
        return store.figures()
    except LimenError:
        return None


def _lags(home: Path, served: ServedSnapshot) -> dict[str, int]:
    """Return by how many seconds each list's newest version was taken late, where that is known."""
    newest = {each.id: each.versions[-1].published for each in served.manifest.lists
              if each.versions}  # fmt: skip
    try:
        return lags_of(home, newest)
    except LimenError:
        return {}


def _json(document: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(document), status, media_type="application/json")
