"""``GET /catalog``: the lists as datasets, and which of them are out of date."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.model import ListCoverage
from limen.server.http.openapi import response_docs
from limen.server.service.snapshot_service import EVERYTHING, ServedSnapshot
from limen.server.state import state_of
from limen.snapshot.format import ListInfo

router = APIRouter(tags=["yente"])


class Catalog(msgspec.Struct):
    """Represents the datasets, and which of them can carry a clear now."""

    datasets: list[dict[str, Any]]
    current: list[str]
    outdated: list[str]
    index_stale: bool


@router.get("/catalog", responses=response_docs(Catalog), summary="The lists as datasets")
async def catalog(request: Request) -> Response:
    """Return every list, every authority's lists together, and all of them."""
    served = state_of(request).engines.current
    body = msgspec.json.encode(_catalog(served))
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=300"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(None, 304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


@router.get("/manifest", include_in_schema=False)
async def manifest(request: Request) -> Response:
    """Return the catalog under its older name."""
    return await catalog(request)


def _catalog(served: ServedSnapshot) -> dict[str, Any]:
    coverage = {each.list: each for each in served.coverage()}
    infos = served.manifest.lists
    outdated = [name for name, each in coverage.items() if each.state not in ("ok", "overridden")]
    return {
        "datasets": [
            *(_everything(name, list(coverage)) for name in EVERYTHING),
            *(_authority(code, lists) for code, lists in served.collections.items()),
            *(_dataset(info, coverage.get(info.id)) for info in infos),
        ],
        "current": [name for name in coverage if name not in outdated],
        "outdated": outdated,
        "index_stale": bool(outdated),
    }


def _everything(name: str, children: list[str]) -> dict[str, Any]:
    return {
        "name": name, "title": "Every list in service", "load": True, "children": children
    }  # fmt: skip


def _authority(code: str, lists: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": code, "title": f"Lists of {code.upper()}", "load": True, "children": list(lists)
    }  # fmt: skip


def _dataset(info: ListInfo, coverage: ListCoverage | None) -> dict[str, Any]:
    newest = info.versions[-1] if info.versions else None
    version = newest.published.replace("-", "") if newest else None
    return {
        "name": info.id,
        "title": info.title,
        "version": version,
        "children": [],
        "load": bool(info.versions),
        "namespace": False,
        "entity_count": newest.records if newest else 0,
        "thing_count": newest.records if newest else 0,
        "updated_at": f"{newest.published}T00:00:00" if newest else None,
        "index_version": version,
        "index_current": coverage is not None and coverage.state in ("ok", "overridden"),
        "publisher": {"name": info.authority, "official": not info.sample},
        "coverage": {"start": info.speaks_from, "frequency": "unknown"},
        "state": coverage.state if coverage else "not in service",
        "age_days": coverage.age_days if coverage else None,
        "max_age_days": info.max_age_days,
    }
