"""``/v1/jobs``: upload a file, follow its progress, take its results, remove it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from limen.server.access.permissions import may_see
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.jobs.job_files import ENDED, Progress
from limen.server.jobs.submission import UploadForm, take_upload
from limen.server.state import State, state_of

router = APIRouter(prefix="/v1", tags=["v1"])

_JOB = {"job": "AAAAAAAAAAAAAAAAAAAAAA"}


class Job(Progress, frozen=True, kw_only=True):
    """Represents a job's progress, and the address of its results."""

    id: str
    results: str
    told: str


@router.post(
    "/jobs",
    status_code=202,
    openapi_extra=request_doc(
        body=UploadForm, example={"file": "name\nAnna Example\n"}, media="multipart/form-data"
    ),
    responses=response_docs(Job, 400, 413, 422, status=202),
    summary="Screen a file",
)
async def start(request: Request) -> Response:
    """Accept a portfolio; ``Location`` is the address of the job's progress."""
    name = await take_upload(request)
    where = f"/v1/jobs/{name}"
    folder = job_folder(request, name)
    return _json(_document(state_of(request), folder), 202, {"Location": where, "Retry-After": "1"})


@router.get(
    "/jobs/{job}",
    openapi_extra=request_doc(path=_JOB),
    responses=response_docs(Job, 404),
    summary="A job's progress",
)
async def job_progress(request: Request) -> Response:
    """Return counts by outcome, rows a second, seconds left."""
    state = state_of(request)
    return _json(_document(state, job_folder(request, request.path_params["job"])))


@router.get(
    "/jobs/{job}/results",
    openapi_extra=request_doc(path=_JOB),
    responses=response_docs(str, 404, 409, media="text/csv"),
    summary="A job's results",
)
async def job_results(request: Request) -> Response:
    """Return the file of results; 409 until it is complete."""
    state = state_of(request)
    folder = job_folder(request, request.path_params["job"])
    progress = state.jobs.progress(folder)
    path = state.jobs.results(folder)
    if progress.state not in ENDED or not path.exists():
        raise ProblemError(
            409, f"the job is {progress.state}", hint="request it again when it is done",
            headers={"Retry-After": "1"},
        )  # fmt: skip
    kind = "text/csv; charset=utf-8" if path.suffix == ".csv" else "application/jsonl"
    return FileResponse(path, media_type=kind, filename=f"limen-{path.name}")


@router.delete(
    "/jobs/{job}",
    status_code=204,
    openapi_extra=request_doc(path=_JOB),
    responses=response_docs(None, 404, status=204),
    summary="Cancel a job and remove its files",
)
async def end(request: Request) -> Response:
    """End a job that runs, and remove all its files."""
    state = state_of(request)
    state.jobs.forget(job_folder(request, request.path_params["job"]))
    return Response(None, 204)


def job_folder(request: Request, name: str) -> Path:
    """Return the folder of a job of the caller's own.

    Raises:
        ProblemError: 404, there is none; another's job is no different from none.
    """
    jobs = state_of(request).jobs
    folder = jobs.folder(name)
    if folder is None or not may_see(request, jobs.request(folder).owner):
        raise ProblemError(404, "No such job", field="job", hint="upload the file again")
    return folder


def _document(state: State, folder: Path) -> dict[str, Any]:
    progress = state.jobs.progress(folder)
    document: dict[str, Any] = {
        "id": folder.name,
        "results": f"/v1/jobs/{folder.name}/results",
        "told": sentence(progress),
    }
    return document | msgspec.structs.asdict(progress)


def sentence(progress: Progress) -> str:
    """Return a job's progress as a sentence."""
    if progress.state == "queued":
        return "waiting for its turn"
    counts = (
        f"{progress.rows:,} transactions: {progress.passed:,} pass, {progress.held:,} held, "
        f"{progress.rejected:,} rejected, {progress.refused:,} messages not read to the end"
        if progress.passed or progress.held or progress.rejected
        else f"{progress.rows:,} rows: {progress.hit:,} {'hit' if progress.hit == 1 else 'hits'}, "
        f"{progress.review:,} for review, "
        f"{progress.cannot_say:,} cannot say, {progress.refused:,} refused"
    )
    if progress.state == "running":
        left = "" if progress.seconds_left is None else f", {progress.seconds_left:.0f} s left"
        return f"{counts}; {progress.rate:,.0f} a second{left}"
    return counts if progress.state == "done" else f"{progress.state} after {counts}"


def _json(document: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(
        msgspec.json.encode(document), status, headers=headers, media_type="application/json"
    )
