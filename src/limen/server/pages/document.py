"""Draw a text or a document: what was found is marked in it and listed next to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import shorten
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from limen.model import LimenError
from limen.server.access.permissions import refuse_foreign_form
from limen.server.http.problems import ProblemError, problem_of
from limen.server.pages.view.templates import page
from limen.server.service.document_worker import DocumentAnswer
from limen.server.service.saved_questions import SavedQuestion
from limen.server.state import state_of
from limen.server.v1.read import ReadBody, read_document, read_form

if TYPE_CHECKING:
    from limen.documents import DocumentReport
    from limen.documents.report import ListedAs, MentionFound

router = APIRouter()

#: The schema under which a text is saved as a question.
TEXT = "Document"
#: Characters drawn of a long text, so that the page stays light; the JSON has all of it.
_MAX_DRAWN = 60_000
_OUTCOMES = {"inside": "inside", "cannot_say": "cannot say", "outside": "outside"}


@dataclass(frozen=True, slots=True)
class TextSegment:
    """Represents a stretch of the text; ``kinds`` are the classes of what was found there."""

    text: str
    kinds: str = ""
    note: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Represents what was found at a span."""

    span: tuple[int, int]
    kind: str
    note: str
    anchor: str = ""


@router.get("/read")
async def form(request: Request) -> HTMLResponse:
    """Draw the form for a document."""
    return page(request, "read_form.html", error=None)


@router.post("/read")
async def take(request: Request) -> HTMLResponse:
    """Read a file; nothing of it is saved."""
    refuse_foreign_form(request)
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
    report, document = answer.report, answer.document
    marks = sorted(_marks(report), key=lambda mark: mark.span)
    blocks = [block for block in document.blocks if block.start < _MAX_DRAWN]
    return page(
        request,
        "read.html",
        answer=answer,
        report=report,
        title=report.document.title or _first_words(document.text),
        paragraphs=[
            (block.kind, list(segments(document.text, block.start, block.end, marks)))
            for block in blocks
        ],
        cut=len(document.blocks) - len(blocks),
        mentions=[
            (mention, _listed(mention), _those_listed_first(mention))
            for mention in report.mentions or ()
        ],
        levels=_OUTCOMES,
        permalink=f"/answers/{name}" if name else "",
    )


def _first_words(text: str) -> str:
    """Return the first words of a text, as its title."""
    return shorten(text, 70, placeholder=" …")


def _marks(report: DocumentReport) -> Iterator[Mark]:
    for statement in (*report.statements, *report.reported):
        yield Mark(statement.span, "said", f"{statement.speaker or 'an unnamed speaker'} says")
    for number, mention in enumerate(report.mentions or ()):
        for place in mention.chain:
            yield Mark(place.span, "listed", _listed(mention), f"m{number + 1}")
    for at in report.places or ():
        verdicts = ", ".join(f"{who}: {_OUTCOMES[how]}" for who, how in at.outcomes.items())
        yield Mark(at.span, "placed", verdicts)
    for act in report.measures:
        yield Mark(act.span, "act", ", ".join(act.known) or act.key or act.kind)


def _listed(mention: MentionFound) -> str:
    """Return on which lists a party is, at the question's instant and on the document's day."""
    now = sorted({each.id.partition(":")[0] for each in mention.parties if each.on_as_of})
    then = sorted({each.id.partition(":")[0] for each in mention.parties if each.on_document_date})
    listed = f"listed by {', '.join(now)}" if now else "not listed then"
    return f"{listed}; on the document's day: {', '.join(then)}" if then and then != now else listed


def _those_listed_first(mention: MentionFound) -> list[ListedAs]:
    return sorted(mention.parties, key=lambda each: (each.on_as_of is None, -each.score, each.id))


def segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[TextSegment]:
    """Yield a stretch of the text, cut wherever a mark begins or ends; marks may overlap.

    Args:
        text: the whole text.
        start: where the stretch begins.
        end: where it ends.
        marks: in the order of their spans.
    """
    inside = [mark for mark in marks if mark.span[0] < end and mark.span[1] > start]
    cuts = {start, end}
    for mark in inside:
        cuts.update(min(max(at, start), end) for at in mark.span)
    anchored: set[str] = set()
    edges = sorted(cuts)
    for low, high in pairwise(edges):
        here = [mark for mark in inside if mark.span[0] <= low and mark.span[1] >= high]
        kinds = " ".join(sorted({mark.kind for mark in here}))
        anchor = next((mark.anchor for mark in here if mark.anchor not in (*anchored, "")), "")
        anchored.add(anchor)
        yield TextSegment(text[low:high], kinds, "; ".join(mark.note for mark in here), anchor)
