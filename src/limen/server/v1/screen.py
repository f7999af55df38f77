"""``/v1/screen``: one party; ``/v1/screen-many``: JSON lines, answered line by line."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from limen.law.ownership.stakes_file import Stakes
from limen.model import Answer, LimenError
from limen.server.access.permissions import direct
from limen.server.http.json_wire import answer_json
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError, problem_document, problem_of
from limen.server.http.query_string import read_query
from limen.server.http.request_body import decode, read_json
from limen.server.metrics import LATENCY, SUBJECTS
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.settings import Limits
from limen.server.state import state_of
from limen.server.v1.query import ScreenBody, ScreenOptions, screen, stakes_of
from limen.util.budget import Budget

router = APIRouter(prefix="/v1", tags=["v1"], route_class=direct("screen"))

_BODY = msgspec.json.Decoder(ScreenBody)
_PARTY = msgspec.json.Decoder(dict[str, Any])
_JSON_LINES = "application/jsonl"
_EXAMPLE = {
    "party": {
        "schema": "Person",
        "properties": {"name": ["Sergey Aksyonov"], "birthDate": ["1972-11-26"]},
    },
    "authorities": [],
}


@router.post(
    "/screen",
    openapi_extra=request_doc(body=ScreenBody, example=_EXAMPLE),
    responses=response_docs(Answer, 400, 413, 422),
    summary="Screen one party",
)
async def screen_one(request: Request) -> Response:
    """Return the Answer: outcome, findings, evidence, coverage and stamp."""
    state = state_of(request)
    body = await read_json(request, _BODY)
    answer = _screen(
        state.engines.current, body.party, body, "screen", state.settings.limits.budget(),
        ownership=stakes_of(body.ownership),
    )  # fmt: skip
    return Response(
        answer_json(answer, body.form),
        media_type="application/json",
        headers={"screening-snapshot": answer.stamp.snapshot},
    )


@router.post(
    "/screen-many",
    openapi_extra=request_doc(
        ScreenOptions,
        body=dict[str, Any],
        example={"schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}},
        media=_JSON_LINES,
    ),
    responses=response_docs(Answer, 400, 413, 422, media=_JSON_LINES),
    summary="Screen many parties, one a line",
)
async def screen_many(request: Request) -> StreamingResponse:
    """Return one Answer a line, in the order of the lines; a refused line has its problem.

    The whole body is read before the first answer is sent.
    """
    state = state_of(request)
    served = state.engines.current
    options = read_query(request, ScreenOptions)
    lines = [line for line in (await request.body()).split(b"\n") if line.strip()]
    most = state.settings.limits.lines
    if len(lines) > most:
        raise ProblemError(
            413, f"{len(lines):,} lines, and {most:,} are allowed", field="body",
            hint="send the file to /v1/jobs",
        )  # fmt: skip
    served.engine.scope(
        options.as_of,
        options.known_at,
        options.authorities,
        options.lists or None,
        options.allow_stale,
    )
    return StreamingResponse(
        _answers(served, lines, options, state.settings.limits),
        media_type=_JSON_LINES,
        headers={"screening-snapshot": served.manifest.id},
    )


async def _answers(
    served: ServedSnapshot, lines: list[bytes], options: ScreenOptions, limits: Limits
) -> AsyncIterator[bytes]:
    """Yield an answer a line; each batch of lines has the time of a batch."""
    budget = limits.rows_budget(len(lines))
    for number, line in enumerate(lines, start=1):
        try:
            party = decode(line, _PARTY)
            answer = _screen(served, party, options, "screen-many", budget)
            yield answer_json(answer, options.form) + b"\n"
        except (LimenError, ProblemError) as error:
            problem = error if isinstance(error, ProblemError) else problem_of(error)
            refusal = {"line": number, "outcome": "cannot_say", "error": problem_document(problem)}
            yield msgspec.json.encode(refusal) + b"\n"
        await asyncio.sleep(0)


def _screen(
    served: ServedSnapshot,
    party: dict[str, Any],
    options: ScreenOptions,
    channel: str,
    budget: Budget,
    *,
    ownership: Stakes | None = None,
) -> Answer:
    started = time.perf_counter()
    answer = screen(served, party, options, budget, ownership=ownership)
    LATENCY.labels(channel).observe(time.perf_counter() - started)
    SUBJECTS.labels(channel, answer.outcome).inc()
    return answer
