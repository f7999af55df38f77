"""Draw the lists: versions, ages, counts, coverage, and what changed between versions."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from limen.server.http.problems import ProblemError
from limen.server.pages.view.templates import page
from limen.server.service.archive_service import diff_of
from limen.server.state import state_of

router = APIRouter()
#: Records of each kind of change on one page; the JSON has all.
_MAX_RECORDS = 200


@router.get("/lists")
async def lists(request: Request) -> HTMLResponse:
    """Draw every list of the snapshot."""
    served = state_of(request).engines.current
    coverage = {each.list: each for each in served.coverage()}
    infos = sorted(
        served.manifest.lists,
        key=lambda info: (info.id not in coverage, not info.versions, info.authority, info.id),
    )
    return page(request, "lists.html", infos=infos, by_list=coverage)


@router.get("/lists/{list_id}/changes")
async def changes(
    request: Request, list_id: str, before: str = "", after: str = ""
) -> HTMLResponse:
    """Draw what changed between two versions of a list."""
    state = state_of(request)
    served = state.engines.current
    info = next((each for each in served.manifest.lists if each.id == list_id), None)
    if info is None or not info.versions:
        raise ProblemError(404, "No such list", field="list_id", hint="see the page of lists")
    days = [each.published for each in info.versions]
    first, last = before or days[-2:][0], after or days[-1]
    diff = await asyncio.to_thread(diff_of, state.settings.home, list_id, first, last)
    return page(request, "changes.html", info=info, days=days, diff=diff, limit=_MAX_RECORDS)
