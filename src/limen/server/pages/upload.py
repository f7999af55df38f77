"""Draw the form for a portfolio, a job's progress, and its results to filter and download."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from limen.model import LimenError
from limen.server.access.permissions import begin_session, with_session
from limen.server.http.problems import ProblemError, problem_of
from limen.server.jobs.job_files import ENDED
from limen.server.jobs.submission import take_upload
from limen.server.pages.home import KINDS
from limen.server.pages.view.templates import page
from limen.server.state import state_of
from limen.server.v1.jobs import job_folder, sentence
from limen.util.csv_text import plain_cell

router = APIRouter()

#: Filters of the results, with their titles.
FILTERS = {
    "": "all rows",
    "hit": "hits",
    "review": "for review",
    "cannot_say": "cannot say",
    "clear": "clear",
    "refused": "refused",
}
#: Rows on one page of results.
_PAGE = 100
#: Columns with these properties appear next to the verdict; the download has all columns.
_IDENTIFYING = ("id", "name", "firstName", "lastName", "birthDate")


@router.get("/upload")
async def upload(request: Request) -> HTMLResponse:
    """Draw the form for a file."""
    return page(request, "upload.html", kinds=KINDS, error=None)


@router.post("/upload")
async def take(request: Request) -> Response:
    """Store the file, start its job, and redirect to its progress."""
    try:
        begin_session(request)
        name = await take_upload(request)
    except (ProblemError, LimenError) as error:
        problem = error if isinstance(error, ProblemError) else problem_of(error)
        return page(request, "upload.html", status=problem.status, kinds=KINDS, error=problem)
    return with_session(request, RedirectResponse(f"/jobs/{name}", 303))


@router.get("/jobs/{job}")
async def job(
    request: Request,
    job: str,
    show: Annotated[str, Query(max_length=20)] = "",
    start: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """Draw a job's progress and, when it has ended, its results."""
    state = state_of(request)
    folder = job_folder(request, job)
    progress = state.jobs.progress(folder)
    path = state.jobs.results(folder)
    rows: list[Mapping[str, str]] = []
    if progress.state in ENDED and path.suffix == ".csv" and path.exists():
        raw = state.jobs.request(folder).format == "csv-raw"
        rows = await asyncio.to_thread(_rows, path, show, start, raw=raw)
    html = page(
        request,
        "job.html",
        job=job,
        file=state.jobs.request(folder).file,
        query=state.jobs.request(folder).query,
        progress=progress,
        summary=sentence(progress),
        ended=progress.state in ENDED,
        results=path.exists() and progress.state in ENDED,
        rows=rows[:_PAGE],
        more=len(rows) > _PAGE,
        show=show,
        start=start,
        step=_PAGE,
        filters=FILTERS,
        extra=[use.column for use in progress.columns if use.target in _IDENTIFYING][:4],
    )
    if progress.state not in ENDED:
        html.headers["Refresh"] = "3"  # for browsers without a script
    return html


@router.post("/jobs/{job}/cancel")
async def cancel(request: Request, job: str) -> Response:
    """End the job."""
    state = state_of(request)
    state.jobs.cancel(job_folder(request, job))
    return RedirectResponse(f"/jobs/{job}", 303)


def _rows(path: Path, show: str, start: int, *, raw: bool) -> list[Mapping[str, str]]:
    """Return one page of result rows, and one more row where there are more."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = (row for row in csv.DictReader(stream) if _shows(row, show))
        shown = islice(rows, start, start + _PAGE + 1)
        return [row if raw else _plain(row) for row in shown]


def _plain(row: Mapping[str, str]) -> Mapping[str, str]:
    return {plain_cell(name): plain_cell(cell) for name, cell in row.items()}


def _shows(row: Mapping[str, str], show: str) -> bool:
    outcome = row.get("limen_outcome", "")
    return not show or outcome == show
