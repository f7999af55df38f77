"""``POST /match/{dataset}``: parties in, listed parties they may be out.

Where this improves on what it is compatible with: a party that cannot be read fails alone,
with its own ``status``, unless it is the only one; a score that equals the threshold is a
match; a clear that lists cannot carry has ``status`` 503 and ``outcome`` ``cannot_say``; the
stamp, the coverage's failures and everything unread travel with each response.
"""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from limen.model import Answer, InputError, LimenError, Stamp
from limen.server.bodies import read_json
from limen.server.metrics import LATENCY, SUBJECTS
from limen.server.openapi import json_body, json_reply
from limen.server.problems import ProblemError, problem_document, problem_of
from limen.server.served import Served
from limen.server.state import State, state_of
from limen.server.yente.algorithms import check_config, matcher_of
from limen.server.yente.filters import Filters, match_filters
from limen.server.yente.shapes import Scored, Total, scored, total

router = APIRouter(tags=["yente"])


class MatchQuery(msgspec.Struct):
    """One party asked about; ``id`` is echoed and compared with nothing."""

    schema: str = "Thing"
    properties: dict[str, Any] = {}
    id: str | None = None


class MatchBody(msgspec.Struct):
    """A batch of queries by a key of the caller's."""

    queries: dict[str, MatchQuery]
    weights: dict[str, float] = {}
    config: dict[str, Any] = {}


class MatchReply(msgspec.Struct):
    """What is known of one query."""

    status: int
    results: list[Scored]
    total: Total
    query: dict[str, Any]
    outcome: str
    reasons: list[str] = []
    warnings: list[str] = []


class MatchReplies(msgspec.Struct):
    """Replies by the caller's keys, and the stamp they rest on."""

    responses: dict[str, MatchReply]
    limit: int
    stamp: dict[str, Any] | None = None
    warnings: list[str] = []


_BODY = msgspec.json.Decoder(MatchBody)
_EXAMPLE = {
    "queries": {
        "q1": {
            "schema": "Person",
            "properties": {"name": ["Sergey Aksyonov"], "birthDate": ["1972-11-26"]},
        }
    }
}


class Asking(msgspec.Struct, frozen=True):
    """What is asked of every query of the batch."""

    lists: tuple[str, ...] | None
    matcher: str
    threshold: float
    cutoff: float
    limit: int
    as_of: str | None
    known_at: str | None
    filters: Filters
    warnings: tuple[str, ...]

    @property
    def line(self) -> float:
        """The threshold to ask the engine at, so that everything above the cutoff is seen."""
        return self.threshold if self.cutoff >= self.threshold - 0.1 else self.cutoff


@router.post(
    "/match/{dataset}",
    openapi_extra=json_body(MatchBody, _EXAMPLE),
    responses=json_reply(MatchReplies, 400, 404, 413, 422),
    summary="Match parties against listed ones",
)
async def match(
    request: Request,
    dataset: str,
    filters: Annotated[Filters, match_filters],
    limit: Annotated[int, Query(ge=0, le=500, description="Results a query.")] = 5,
    threshold: Annotated[
        float | None, Query(gt=0, le=1, description="The score of a match; the matcher's own.")
    ] = None,
    cutoff: Annotated[
        float | None, Query(ge=0, le=1, description="Results below are left out; the threshold.")
    ] = None,
    algorithm: Annotated[str, Query(description="A name of /algorithms.")] = "best",
    as_of: Annotated[str | None, Query(description="When it must have applied; today.")] = None,
    known_at: Annotated[str | None, Query(description="When it must have been known.")] = None,
) -> Response:
    """Compare a batch of parties with the lists of a dataset."""
    state = state_of(request)
    body = await read_json(request, _BODY)
    _check_size(body, state)
    check_config(body.config)
    served = state.engines.current
    matcher, warnings = matcher_of(algorithm)
    line = threshold if threshold is not None else matcher.threshold
    if body.weights or body.config:
        warnings = (*warnings, "weights and config are not used: a matcher is frozen by its name")
    asking = Asking(
        served.chosen(dataset, filters.include_dataset, filters.exclude_dataset),
        matcher.name,
        line,
        min(line if cutoff is None else cutoff, line),
        limit,
        as_of,
        known_at,
        filters,
        warnings,
    )
    replies, stamp = await _replies(served, body, asking, state)
    document = {"responses": replies, "limit": limit, "stamp": stamp, "warnings": warnings}
    return Response(
        msgspec.json.encode(document),
        media_type="application/json",
        headers={
            "x-batch-size": str(len(body.queries)),
            "screening-snapshot": served.manifest.id,
        },
    )


def _check_size(body: MatchBody, state: State) -> None:
    if not body.queries:
        raise ProblemError(400, "No queries provided.", field="queries")
    most = state.settings.limits.queries
    if len(body.queries) > most:
        raise ProblemError(
            400,
            f"Too many queries in one batch (max {most}).",
            field="queries",
            mend="send them in batches, or a file to /v1/jobs",
        )


async def _replies(
    served: Served, body: MatchBody, asking: Asking, state: State
) -> tuple[dict[str, Any], Stamp | None]:
    """Answer each query; between two of them others are served, and the time is looked at."""
    deadline = time.monotonic() + state.settings.limits.seconds
    replies: dict[str, Any] = {}
    stamp: Stamp | None = None
    for key, query in body.queries.items():
        try:
            if replies:
                await asyncio.sleep(0)
                _in_time(deadline)
            answer = _ask(served, query, asking)
        except (LimenError, ProblemError) as error:
            problem = error if isinstance(error, ProblemError) else problem_of(error)
            if problem.status == 422 and _is_about_all(error):
                raise ProblemError(
                    400, problem.detail, field=problem.field, mend=problem.mend
                ) from error
            replies[key] = _failed(query, problem, alone=len(body.queries) == 1)
            continue
        stamp = stamp or answer.stamp
        replies[key] = _reply(served, query, answer, asking)
    return replies, stamp


def _is_about_all(error: Exception) -> bool:
    return isinstance(error, InputError) and not error.where.startswith("party")


def _in_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise ProblemError(
            503, "the time allowed was over before this party was screened", mend="send fewer"
        )


def _ask(served: Served, query: MatchQuery, asking: Asking) -> Answer:
    started = time.perf_counter()
    answer = served.engine.screen(
        {"id": query.id, "schema": query.schema, "properties": query.properties},
        as_of=asking.as_of,
        known_at=asking.known_at,
        lists=asking.lists,
        threshold=asking.line,
        matcher=asking.matcher,
        allow_stale=served.allow_stale,
    )
    LATENCY.labels("match").observe(time.perf_counter() - started)
    SUBJECTS.labels("match", answer.outcome).inc()
    return answer


def _reply(served: Served, query: MatchQuery, answer: Answer, asking: Asking) -> dict[str, Any]:
    found = [
        scored(served, each, match=each.score >= asking.threshold)
        for each in answer.findings
        if each.score >= asking.cutoff
    ]
    found = [each for each in found if asking.filters.keeps(each)]
    failing = any(each.state not in ("ok", "overridden") for each in answer.coverage)
    carried = answer.outcome != "cannot_say" or not (failing or not answer.coverage)
    return {
        "status": 200 if carried else 503,
        "results": found[: asking.limit],
        "total": total(sum(each["match"] for each in found)),
        "query": {
            "id": query.id, "schema": query.schema, "properties": answer.query["properties"]
        },
        "outcome": answer.outcome,
        "reasons": answer.reasons,
        "warnings": [notice.message for notice in answer.notices],
    }  # fmt: skip


def _failed(query: MatchQuery, problem: ProblemError, *, alone: bool) -> dict[str, Any]:
    status = 400 if problem.status == 422 else problem.status
    if alone:
        raise ProblemError(
            status,
            f"Cannot parse example entity: {problem.detail}" if status == 400 else problem.detail,
            field=problem.field,
            mend=problem.mend,
        )
    return {
        "status": status,
        "results": [],
        "total": total(0),
        "query": {"id": query.id, "schema": query.schema, "properties": query.properties},
        "outcome": "cannot_say",
        "reasons": [problem.detail],
        "error": problem_document(problem),
    }
