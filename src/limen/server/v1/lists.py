"""``/v1/lists``: which lists are loaded, how old they are, what changed between two days."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.model import ListCoverage
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query
from limen.server.service.archive_service import diff_of
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.snapshot.format import ListInfo

router = APIRouter(prefix="/v1", tags=["v1"])

_LIST = {"list_id": "us_ofac_sdn"}


class FreshnessParameters(msgspec.Struct, frozen=True):
    """Represents the instants at which lists are judged."""

    as_of: Annotated[str | None, Meta(description="The day for which ages are judged; today.")] = (
        None
    )
    known_at: str | None = None


class DiffParameters(msgspec.Struct, frozen=True):
    """Represents two days: the versions in force on them are compared."""

    before: Annotated[str, Meta(description="An ISO day; the version before the newest.")] = ""
    after: Annotated[str, Meta(description="An ISO day; the newest version.")] = ""


class Lists(msgspec.Struct):
    """Represents every list of the snapshot, with the coverage of those in service."""

    snapshot: str
    built_at: str
    lists: list[dict[str, Any]]


@router.get(
    "/lists",
    openapi_extra=request_doc(FreshnessParameters),
    responses=response_docs(Lists, 422),
    summary="The lists and their freshness",
)
async def lists(request: Request) -> Response:
    """Return versions, counts, ages and limits; ``state`` is whether a list can carry a clear."""
    served = state_of(request).engines.current
    parameters = read_query(request, FreshnessParameters)
    coverage = {
        each.list: each
        for each in served.engine.coverage(
            as_of=parameters.as_of, known_at=parameters.known_at, allow_stale=served.allow_stale
        )
    }
    return _json(
        {
            "snapshot": served.manifest.id,
            "built_at": served.manifest.built_at,
            "lists": [_document(info, coverage.get(info.id)) for info in served.manifest.lists],
        }
    )


def _document(info: ListInfo, coverage: ListCoverage | None) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(info)
    document["in_service"] = coverage is not None
    document["coverage"] = coverage
    return document


@router.get(
    "/lists/{list_id}/diff",
    openapi_extra=request_doc(DiffParameters, path=_LIST),
    responses=response_docs(dict[str, Any], 404, 422),
    summary="What changed on a list between two days",
)
async def list_diff(request: Request) -> Response:
    """Return the records added, removed and changed, field by field."""
    state = state_of(request)
    list_id = request.path_params["list_id"]
    between = read_query(request, DiffParameters)
    first, last = _days(state.engines.current, list_id, between)
    return _json(await asyncio.to_thread(diff_of, state.settings.home, list_id, first, last))


def _days(served: ServedSnapshot, list_id: str, between: DiffParameters) -> tuple[str, str]:
    info = next((each for each in served.manifest.lists if each.id == list_id), None)
    if info is None:
        raise ProblemError(404, "No such list", field="list_id", hint="see /v1/lists")
    days = [each.published for each in info.versions]
    if not days:
        raise ProblemError(404, f"no version of {list_id} has been loaded", field="list_id")
    return between.before or days[-2:][0], between.after or days[-1]


def _json(document: Any) -> Response:
    return Response(msgspec.json.encode(document), media_type="application/json")
