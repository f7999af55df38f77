"""A text or a document read: what was found is marked in it, and told beside it."""

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

#: The schema under which a text is kept as a question.
TEXT = "Document"
#: Longer texts are shown to here; the JSON has all of it.
_SHOWN = 60_000
_SAID = {"inside": "inside", "cannot_say": "cannot say", "outside": "outside"}


@dataclass(frozen=True, slots=True)
class TextSegment:
    """A stretch of the text; ``kinds`` are the classes of what stands there, ``told`` says it."""

    text: str
    kinds: str = ""
    told: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was found at a span."""

    span: tuple[int, int]
    kind: str
    told: str
    anchor: str = ""


@router.get("/read")
async def form(request: Request) -> HTMLResponse:
    """Ask for a document."""
    return page(request, "read_form.html", error=None)


@router.post("/read")
async def take(request: Request) -> HTMLResponse:
    """Read a file; nothing of it is kept."""
    refuse_foreign_form(request)
    try:
        return _page(request, await read_form(request, state_of(request)), "")
    except (ProblemError, LimenError) as error:
        problem = error if isinstance(error, ProblemError) else problem_of(error)
        return page(request, "read_form.html", status=problem.status, error=problem)


async def read_saved(request: Request, question: SavedQuestion) -> DocumentAnswer:
    """Read the text of a kept question, at the instants it was asked for.

    Raises:
        ProblemError: it cannot be read.
    """
    (text,) = question.party["properties"]["text"]
    body = ReadBody(text=text, as_of=question.as_of, known_at=question.known_at)
    return await read_document(state_of(request), text.encode(errors="replace"), body)


async def text_page(request: Request, question: SavedQuestion, name: str) -> HTMLResponse:
    """The page of a kept text."""
    return _page(request, await read_saved(request, question), name)


def _page(request: Request, found: DocumentAnswer, name: str) -> HTMLResponse:
    report, document = found.report, found.document
    marks = sorted(_marks(report), key=lambda mark: mark.span)
    blocks = [block for block in document.blocks if block.start < _SHOWN]
    return page(
        request,
        "read.html",
        found=found,
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
        levels=_SAID,
        permalink=f"/answers/{name}" if name else "",
    )


def _first_words(text: str) -> str:
    """How a text without a title begins."""
    return shorten(text, 70, placeholder=" …")


def _marks(report: DocumentReport) -> Iterator[Mark]:
    for said in (*report.statements, *report.reported):
        yield Mark(said.span, "said", f"{said.speaker or 'nobody named'} says")
    for number, mention in enumerate(report.mentions or ()):
        for place in mention.chain:
            yield Mark(place.span, "listed", _listed(mention), f"m{number + 1}")
    for at in report.places or ():
        told = ", ".join(f"{who}: {_SAID[how]}" for who, how in at.outcomes.items())
        yield Mark(at.span, "placed", told)
    for act in report.measures:
        yield Mark(act.span, "act", ", ".join(act.known) or act.key or act.kind)


def _listed(mention: MentionFound) -> str:
    """On which lists, as of the instant asked about and on the document's day."""
    now = sorted({each.id.partition(":")[0] for each in mention.parties if each.on_as_of})
    then = sorted({each.id.partition(":")[0] for each in mention.parties if each.on_document_date})
    told = f"listed by {', '.join(now)}" if now else "not listed then"
    return f"{told}; on the document's day: {', '.join(then)}" if then and then != now else told


def _those_listed_first(mention: MentionFound) -> list[ListedAs]:
    return sorted(mention.parties, key=lambda each: (each.on_as_of is None, -each.score, each.id))


def segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[TextSegment]:
    """A stretch of the text cut wherever a mark begins or ends; marks may overlap.

    Args:
        text: the whole.
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
        yield TextSegment(text[low:high], kinds, "; ".join(mark.told for mark in here), anchor)
