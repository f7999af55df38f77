"""Draw the form for a portfolio, a job's progress, and its results to filter and download."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from limen.batch.row_party import party_of
from limen.batch.tables.table import Row
from limen.model import LimenError
from limen.server.access.permissions import begin_session, owner_of, with_session
from limen.server.http.problems import ProblemError, problem_of
from limen.server.jobs.job_files import ENDED, Progress
from limen.server.jobs.job_results import ResultRow, Selection, Sort, lines_of, row_of, rows_of
from limen.server.jobs.job_table import job_portfolio
from limen.server.jobs.submission import take_upload
from limen.server.pages.home import KINDS
from limen.server.pages.view.templates import page
from limen.server.service.saved_questions import SavedQuestion
from limen.server.state import state_of
from limen.server.v1.jobs import job_folder, sentence

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
    words: Annotated[str, Query(max_length=200)] = "",
    sort: Sort = "",
    start: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """Draw a job's progress and, when it has ended, its results."""
    state = state_of(request)
    folder = job_folder(request, job)
    progress = state.jobs.progress(folder)
    ended = progress.state in ENDED
    path = state.jobs.results(folder)
    task = state.jobs.request(folder)
    table = ended and path.suffix == ".csv" and path.exists()
    selection = Selection(show, words, sort, raw=task.format == "csv-raw")
    rows: list[ResultRow] = []
    if table:
        rows = await asyncio.to_thread(rows_of, path, selection, start, _PAGE + 1)
    html = page(
        request,
        "job.html",
        job=job,
        file=task.file,
        query=task.query,
        progress=progress,
        summary=sentence(progress),
        ended=ended,
        results=path.exists() and ended,
        table=table,
        answers=task.payments is None,
        rows=rows[:_PAGE],
        more=len(rows) > _PAGE,
        selection=selection,
        start=start,
        step=_PAGE,
        filters=FILTERS,
        counts=_counts(progress),
        extra=[use.column for use in progress.columns if use.target in _IDENTIFYING][:4],
    )
    if not ended:
        html.headers["Refresh"] = "3"  # for browsers without a script
    return html


@router.get("/jobs/{job}/selected.csv")
async def selected_rows(
    request: Request,
    job: str,
    show: Annotated[str, Query(max_length=20)] = "",
    words: Annotated[str, Query(max_length=200)] = "",
) -> StreamingResponse:
    """Return the selected rows as CSV, in the order of the file."""
    path = _results(request, job)
    named = {"Content-Disposition": 'attachment; filename="limen-selected.csv"'}
    lines = lines_of(path, Selection(show, words))
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=named)


@router.post("/jobs/{job}/answer")
async def answer_of_row(
    request: Request, job: str, number: Annotated[int, Form(ge=0, le=100_000_000)]
) -> RedirectResponse:
    """Save the question of a row of the results, and redirect to its answer."""
    path, state = _results(request, job), state_of(request)
    folder = job_folder(request, job)
    task = state.jobs.request(folder)
    row = await asyncio.to_thread(row_of, path, number, raw=task.format == "csv-raw")
    if row is None:
        raise ProblemError(404, "No such row", field="number", hint="go back to the results")
    with job_portfolio(folder, task) as portfolio:
        cells = {name: row.cells.get(name, "") for name in portfolio.table.columns}
        party, _ = party_of(Row(0, cells), portfolio.columns, where=f"row {number + 1:,}")
    question = SavedQuestion(
        party=dict(party),
        as_of=task.query.as_of or "",
        known_at=task.query.known_at or "",
        authorities=task.query.authorities,
        lists=task.query.lists,
        threshold=task.query.threshold,
        owner=owner_of(request),
    )
    return RedirectResponse(f"/answers/{state.questions.save(question)}", 303)


@router.post("/jobs/{job}/cancel")
async def cancel(request: Request, job: str) -> Response:
    """End the job."""
    state = state_of(request)
    state.jobs.cancel(job_folder(request, job))
    return RedirectResponse(f"/jobs/{job}", 303)


def _results(request: Request, job: str) -> Path:
    """Return the results of a job of the caller's own, as a table.

    Raises:
        ProblemError: 404, there are none, or they are no table.
    """
    path = state_of(request).jobs.results(job_folder(request, job))
    if path.suffix != ".csv" or not path.exists():
        raise ProblemError(404, "No table of results", field="job", hint="upload the file again")
    return path


def _counts(progress: Progress) -> dict[str, int]:
    """Return how many rows each filter shows."""
    counts = {name: getattr(progress, name) for name in FILTERS if name}
    return {"": progress.rows} | counts
