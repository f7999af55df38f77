"""``POST /match/{dataset}``: match parties against listed ones.

A result is a party with all of its records: its id leads to it for good, ``referents`` are the
records' ids. Differences from yente: a score equal to the threshold is a match; findings for
review are results without ``match``; a query without a match that is no clear refuses the batch
(503 where lists cannot carry a clear, 400 for a party that was not all compared), unless
``partial`` is set; each response has the stamp, the outcome, its reasons and everything that was
not read.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen import names
from limen.model import Answer, Finding, InputError, LimenError, Stamp
from limen.screening.weights import WEIGHTS
from limen.server.access.permissions import direct
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError, problem_document, problem_of
from limen.server.http.query_string import read_query, unknown
from limen.server.http.request_body import read_json
from limen.server.metrics import LATENCY, SUBJECTS
from limen.server.service.refusal import (
    Refusal,
    outcome_after_filters,
    problem_of_refusals,
    refusal_of,
)
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import State, state_of
from limen.server.yente.algorithms import check_config, matcher_of
from limen.server.yente.filters import Filters
from limen.server.yente.listed_view import listed_view
from limen.server.yente.shapes import Scored, Total, scored, territory, total
from limen.util.budget import Budget

router = APIRouter(tags=["yente"], route_class=direct("screen"))


class MatchQuery(msgspec.Struct):
    """Represents one party to match; ``id`` is echoed and not compared."""

    schema: str = "Thing"
    properties: dict[str, Any] = {}
    id: str | None = None


class MatchBody(msgspec.Struct):
    """Represents a batch of queries by the caller's keys."""

    queries: dict[str, MatchQuery]
    weights: dict[str, float] = {}
    config: dict[str, Any] = {}


class MatchReply(msgspec.Struct):
    """Represents the results of one query."""

    status: int
    results: list[Scored]
    total: Total
    query: dict[str, Any]
    outcome: str
    reasons: list[str] = []
    warnings: list[str] = []


class MatchReplies(msgspec.Struct):
    """Represents the replies by the caller's keys, with their stamp."""

    responses: dict[str, MatchReply]
    limit: int
    stamp: dict[str, Any] | None = None
    warnings: list[str] = []


#: How far below a threshold the engine still returns findings.
REVIEW = WEIGHTS[names.DEFAULT_MATCHER].review_margin
_BODY = msgspec.json.Decoder(MatchBody)
#: The engine returns no findings at 0.
_MIN_CUTOFF = 0.05
_EXAMPLE = {
    "queries": {
        "q1": {
            "schema": "Person",
            "properties": {"name": ["Sergey Aksyonov"], "birthDate": ["1972-11-26"]},
        }
    }
}


#: A share or a score; and a score that can be a threshold.
Share = Annotated[float, Meta(ge=0, le=1)]
Threshold = Annotated[float, Meta(gt=0, le=1)]


class MatchParameters(Filters, frozen=True, kw_only=True):
    """Represents the parameters for all queries of a batch."""

    limit: Annotated[int, Meta(ge=0, le=500, description="Results for each query.")] = 5
    threshold: Annotated[
        Threshold | None, Meta(description="The score of a match; the matcher's own.")
    ] = None
    cutoff: Annotated[
        Share | None, Meta(description="Results below it are left out; the least for review.")
    ] = None
    partial: Annotated[
        bool, Meta(description="Whether queries that are no clear are answered with status 200.")
    ] = False
    algorithm: Annotated[str, Meta(description="A name of /algorithms.")] = "best"
    as_of: Annotated[str | None, Meta(description="When it must have applied; today.")] = None
    known_at: Annotated[str | None, Meta(description="When it must have been known.")] = None


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """Represents the parameters, resolved against the snapshot in service."""

    parameters: MatchParameters
    lists: tuple[str, ...] | None
    matcher: str
    threshold: float
    cutoff: float | None

    @property
    def wider(self) -> float | None:
        """Return the threshold at which the engine returns results that are not for review."""
        low = self.cutoff is not None and self.cutoff < self.threshold - REVIEW
        return self.cutoff if low else None


@router.post(
    "/match/{dataset}",
    openapi_extra=request_doc(
        MatchParameters, path={"dataset": "default"}, body=MatchBody, example=_EXAMPLE
    ),
    responses=response_docs(MatchReplies, 400, 404, 413, 422),
    summary="Match parties against listed ones",
)
async def match(request: Request) -> Response:
    """Compare a batch of parties with the lists of a dataset."""
    state = state_of(request)
    body = await read_json(request, _BODY)
    _check_size(body, state)
    check_config(body.config)
    served = state.engines.current
    parameters = read_query(request, MatchParameters)
    settings, warnings = _resolve(served, request.path_params["dataset"], parameters)
    warnings = (*warnings, *unknown(request, MatchParameters))
    if body.weights or body.config:
        warnings = (*warnings, "weights and config are not used: a matcher is frozen by its name")
    answered = await _replies(served, body, settings, state)
    document = {
        "responses": answered.replies, "limit": parameters.limit, "stamp": answered.stamp,
        "warnings": warnings,
    }  # fmt: skip
    if answered.refusals and not parameters.partial:
        raise problem_of_refusals(answered.refusals, document)
    return Response(
        msgspec.json.encode(document),
        media_type="application/json",
        headers={
            "x-batch-size": str(len(body.queries)),
            "screening-snapshot": served.manifest.id,
        },
    )


def _resolve(
    served: ServedSnapshot, dataset: str, parameters: MatchParameters
) -> tuple[MatchSettings, tuple[str, ...]]:
    matcher, warnings = matcher_of(parameters.algorithm)
    parameters.since()
    threshold = matcher.threshold if parameters.threshold is None else parameters.threshold
    cutoff = parameters.cutoff
    if cutoff is not None:
        cutoff = max(min(cutoff, threshold), _MIN_CUTOFF)
    lists = served.select_lists(dataset, parameters.include_dataset, parameters.exclude_dataset)
    return MatchSettings(parameters, lists, matcher.name, threshold, cutoff), warnings


def _check_size(body: MatchBody, state: State) -> None:
    if not body.queries:
        raise ProblemError(400, "No queries provided.", field="queries")
    most = state.settings.limits.queries
    if len(body.queries) > most:
        raise ProblemError(
            400,
            f"Too many queries in one batch (max {most}).",
            field="queries",
            hint="send them in batches, or a file to /v1/jobs",
        )


@dataclass(slots=True)
class _Answered:
    """Represents the replies of a batch, and which of them are refused."""

    replies: dict[str, Any] = field(default_factory=dict)
    refusals: dict[str, Refusal] = field(default_factory=dict)
    stamp: Stamp | None = None


async def _replies(
    served: ServedSnapshot, body: MatchBody, settings: MatchSettings, state: State
) -> _Answered:
    """Answer each query; between two of them other requests run, and the time is checked."""
    budget = state.settings.limits.budget()
    done = _Answered()
    for key, query in body.queries.items():
        try:
            if done.replies:
                await asyncio.sleep(0)
                budget.check()
            answer = _ask(served, query, settings, settings.threshold, budget)
            candidates = answer.party_findings
            if settings.wider is not None:
                candidates = _ask(served, query, settings, settings.wider, budget).party_findings
        except (LimenError, ProblemError) as error:
            problem = error if isinstance(error, ProblemError) else problem_of(error)
            if problem.status == 422 and _concerns_batch(error):
                raise ProblemError(
                    400, problem.detail, field=problem.field, hint=problem.hint
                ) from error
            done.replies[key] = _failed(query, problem, alone=len(body.queries) == 1)
            status = done.replies[key]["status"]
            done.refusals[key] = Refusal(status, (f"{key}: {problem.detail}",))
            continue
        done.stamp = done.stamp or answer.stamp
        done.replies[key] = reply = _reply(served, query, answer, candidates, settings)
        refusal = refusal_of(answer, matched=reply["outcome"] == "hit")
        if refusal is not None:
            done.refusals[key] = refusal
            reply["status"] = refusal.status
    return done


def _concerns_batch(error: Exception) -> bool:
    return isinstance(error, InputError) and not error.where.startswith("party")


def _ask(
    served: ServedSnapshot,
    query: MatchQuery,
    settings: MatchSettings,
    threshold: float,
    budget: Budget,
) -> Answer:
    started = time.perf_counter()
    answer = served.engine.screen(
        {"id": query.id, "schema": query.schema, "properties": query.properties},
        as_of=settings.parameters.as_of,
        known_at=settings.parameters.known_at,
        lists=settings.lists,
        threshold=threshold,
        matcher=settings.matcher,
        allow_stale=served.allow_stale,
        budget=budget,
    )
    LATENCY.labels("match").observe(time.perf_counter() - started)
    return answer


def _reply(
    served: ServedSnapshot,
    query: MatchQuery,
    answer: Answer,
    candidates: Sequence[Finding],
    settings: MatchSettings,
) -> dict[str, Any]:
    """Return the reply to one query; its outcome is that of the results that the filters keep."""
    found = _parties(served, answer, candidates, settings)
    found += [territory(each) for each in answer.places]
    found.sort(key=lambda each: (not each["match"], -each["score"]))
    results = [each for each in found if settings.parameters.keeps(each)]
    matches = sum(each["match"] for each in results)
    left_out = sum(each["match"] for each in found) - matches
    outcome, reasons = outcome_after_filters(answer, matched=matches > 0, left_out=left_out)
    SUBJECTS.labels("match", outcome).inc()
    return {
        "status": 200,
        "results": results[: max(settings.parameters.limit, 1 if matches else 0)],
        "total": total(matches),
        "query": {
            "id": query.id, "schema": query.schema, "properties": answer.query["properties"]
        },
        "outcome": outcome,
        "reasons": reasons,
        "warnings": [notice.message for notice in answer.notices],
    }  # fmt: skip


def _parties(
    served: ServedSnapshot, answer: Answer, candidates: Sequence[Finding], settings: MatchSettings
) -> list[dict[str, Any]]:
    """Return a result a party, explained by the best of its findings; candidates come best first.

    A party is a match where any of its records is one.
    """
    stamp = answer.stamp
    view = listed_view(served, settings.lists, stamp.as_of, stamp.known_at)
    hits = {each.id for each in answer.party_findings if each.level == "hit"}
    groups: dict[str, list[Finding]] = {}
    for each in candidates:
        if settings.cutoff is None or each.score >= settings.cutoff:
            groups.setdefault(each.party_id, []).append(each)
    return [
        scored(
            view.entity(party, {served.positions[each.id]: each.party for each in findings}),
            findings[0],
            match=any(each.id in hits for each in findings),
        )
        for party, findings in groups.items()
    ]


def _failed(query: MatchQuery, problem: ProblemError, *, alone: bool) -> dict[str, Any]:
    status = 400 if problem.status == 422 else problem.status
    if alone:
        raise ProblemError(
            status,
            f"Cannot parse example entity: {problem.detail}" if status == 400 else problem.detail,
            field=problem.field,
            hint=problem.hint,
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
