"""Draw a text or a document: what was found is marked in it and listed next to it."""

from __future__ import annotations

from textwrap import shorten
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from limen.model import LimenError
from limen.render.document_findings import findings_lists
from limen.render.marked_text import marked_text
from limen.server.http.problems import ProblemError, problem_of
from limen.server.pages.view.templates import page
from limen.server.service.document_process import DocumentAnswer
from limen.server.service.saved_questions import SavedQuestion
from limen.server.state import state_of
from limen.server.v1.read import ReadBody, read_document, read_form

router = APIRouter()

#: Characters drawn of a long text, so that the page stays light; the JSON has all of it.
_MAX_DRAWN = 60_000


@router.get("/read")
async def form(request: Request) -> HTMLResponse:
    """Draw the form for a document."""
    return page(request, "read_form.html", error=None)


@router.post("/read")
async def take(request: Request) -> HTMLResponse:
    """Read a file; nothing of it is saved."""
    try:
        return _page(request, await read_form(request, state_of(request)), "")
    except (ProblemError, LimenError) as error:
        problem = error if isinstance(error, ProblemError) else problem_of(error)
        return page(request, "read_form.html", status=problem.status, error=problem)


async def read_saved(request: Request, question: SavedQuestion) -> DocumentAnswer:
    """Read the text of a saved question, at its instants.

    Raises:
        ProblemError: it cannot be read.
    """
    (text,) = question.party["properties"]["text"]
    body = ReadBody(text=text, as_of=question.as_of, known_at=question.known_at)
    return await read_document(state_of(request), text.encode(errors="replace"), body)


async def text_page(request: Request, question: SavedQuestion, name: str) -> HTMLResponse:
    """Draw the page of a saved text."""
    return _page(request, await read_saved(request, question), name)


def _page(request: Request, answer: DocumentAnswer, name: str) -> HTMLResponse:
    report = answer.report
    return page(
        request,
        "read.html",
        answer=answer,
        report=report,
        title=report.document.title or _first_words(answer.text),
        text=marked_text(report, answer, characters=_MAX_DRAWN),
        findings=findings_lists(report, party_link=_party_page),
        permalink=f"/answers/{name}" if name else "",
    )


def _party_page(party: str) -> str:
    return f"/parties/{quote(party, safe=':')}"


def _first_words(text: str) -> str:
    """Return the first words of a text, as its title."""
    return shorten(text, 70, placeholder=" …")
