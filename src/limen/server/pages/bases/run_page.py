"""Draw a run of a base: its proof, what became of pairs, and the answer of any customer."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from limen.rescreening.bases.base_home import base_folder, open_base
from limen.rescreening.customer_pairs import PairOutcome
from limen.rescreening.run_record import CHANGES, RunRecord, changes_of, read_run, runs_folder
from limen.server.access.permissions import begin_session, needs, owner_of, with_session
from limen.server.http.problems import ProblemError
from limen.server.pages.view.templates import page
from limen.server.service.case_service import check_reader, with_cases
from limen.server.service.saved_questions import SavedQuestion
from limen.server.state import state_of

router = APIRouter()

#: Changes on one page; the JSON lines have all.
_PAGE = 100
_RUN = re.compile(r"[0-9a-f]{16}")
#: What a pair can become, in the words of the page; the gravest first.
OUTCOMES = {
    "": "all changes",
    "new": "new",
    "worse": "worse",
    "same": "same level",
    "better": "better",
    "gone": "gone",
}


@router.get("/bases/{name}/runs/{run}")
async def run_page(
    request: Request,
    name: str,
    run: str,
    show: PairOutcome | Literal[""] = "",
    start: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
) -> HTMLResponse:
    """Draw a run with a page of what became of pairs."""
    folder, record = await _run(request, name, run)
    changes = await asyncio.to_thread(changes_of, folder, show, start, _PAGE + 1)
    counts = {"": sum(record.outcomes.values())} | dict(record.outcomes)
    return page(
        request, "bases/run.html", name=name, record=record, changes=changes[:_PAGE],
        more=len(changes) > _PAGE, show=show, start=start, step=_PAGE, outcomes=OUTCOMES,
        counts={each: counts.get(each, 0) for each in OUTCOMES},
    )  # fmt: skip


@router.get("/bases/{name}/runs/{run}/changes.jsonl")
async def run_changes(request: Request, name: str, run: str) -> FileResponse:
    """Return what became of every pair, a line each."""
    folder, record = await _run(request, name, run)
    named = f"{name}-{record.id}.jsonl"
    return FileResponse(folder / CHANGES, media_type="application/jsonl", filename=named)


@router.post("/bases/{name}/runs/{run}/answer", dependencies=[needs("screen")])
async def answer_of_customer(
    request: Request, name: str, run: str, customer: Annotated[str, Form(max_length=1_000)]
) -> Response:
    """Save the question about a customer as the run asked it, and redirect to its answer."""
    _, record = await _run(request, name, run)
    state, inputs = state_of(request), record.inputs
    base = await asyncio.to_thread(open_base, state.settings.home, name, inputs.version)
    position = base.positions.get(customer)
    if position is None:
        raise ProblemError(404, "No such customer", field="customer", hint="go back to the run")
    begin_session(request)
    question = SavedQuestion(
        party=dict(base.party(position)),
        as_of=inputs.as_of,
        known_at=inputs.known_at,
        authorities=inputs.authorities,
        lists=inputs.lists,
        threshold=inputs.threshold,
        owner=owner_of(request),
    )
    reply = RedirectResponse(f"/answers/{state.questions.save(question)}", 303)
    return with_session(request, reply)


async def _run(request: Request, name: str, run: str) -> tuple[Path, RunRecord]:
    """Return the folder and the record of a run, to those who may see cases.

    Raises:
        ProblemError: 404, the base has no such run.
    """
    await with_cases(request, lambda cases: check_reader(request, cases))
    folder = runs_folder(base_folder(state_of(request).settings.home, name)) / run
    if not _RUN.fullmatch(run) or not folder.is_dir():
        raise ProblemError(404, "No such run", field="run", hint=f"/bases/{name} has the runs")
    return folder, await asyncio.to_thread(read_run, folder)
