"""A document's text as HTML, with everything that was found in it marked where it is.

The report page of ``limen read`` and the server's page both draw the text here. Overlapping marks
share the stretch that they share: a name inside a quotation is marked as both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Protocol

from limen.documents import DocumentReport
from limen.documents.document import Block
from limen.documents.report import MentionFound

#: What the outcomes of a place are called.
OUTCOMES = {"inside": "inside", "cannot_say": "cannot say", "outside": "outside"}
_LEGEND = (
    ("listed", "listed party"),
    ("placed", "place under embargo"),
    ("statement", "statement"),
    ("act", "act or measure"),
)


@dataclass(frozen=True, slots=True)
class TextSegment:
    """Represents a stretch of the text; ``kinds`` are the classes of what was found there."""

    text: str
    kinds: str = ""
    note: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Represents what was found at a span; ``anchor`` is what a link to it names."""

    span: tuple[int, int]
    kind: str
    note: str
    anchor: str = ""


class ReadText(Protocol):
    """Represents a text with its paragraphs, as a document has them."""

    @property
    def text(self) -> str: ...
    @property
    def blocks(self) -> Sequence[Block]: ...


def marked_text(
    report: DocumentReport, document: ReadText, *, characters: int | None = None
) -> str:
    """Return the legend and the paragraphs of a document with their marks.

    Args:
        report: what was found.
        document: the text and its paragraphs.
        characters: how many of them to draw, so that a page stays light; all of them.
    """
    marks = sorted(marks_of(report), key=lambda mark: mark.span)
    limit = len(document.text) + 1 if characters is None else characters
    blocks = [block for block in document.blocks if block.start < limit]
    legend = " ".join(f'<mark class="{kind}">{label}</mark>' for kind, label in _LEGEND)
    paragraphs = [
        f'<p class="{escape(block.kind)}" dir="auto">'
        f"{''.join(map(_drawn, segments(document.text, block.start, block.end, marks)))}</p>\n"
        for block in blocks
    ]
    left = len(document.blocks) - len(blocks)
    rest = (
        f'<p class="dim">{left:,} more paragraphs were searched and are not on this page; '
        "the JSON has what was found in them.</p>"
    )
    return f'<p class="legend">{legend}</p>\n{"".join(paragraphs)}{rest if left else ""}'


def _drawn(segment: TextSegment) -> str:
    if not segment.kinds:
        return escape(segment.text)
    anchor = f' id="{escape(segment.anchor)}"' if segment.anchor else ""
    return (
        f'<mark class="{escape(segment.kinds)}" title="{escape(segment.note)}"{anchor}>'
        f"{escape(segment.text)}</mark>"
    )


def marks_of(report: DocumentReport) -> Iterator[Mark]:
    """Yield a mark for every place of a report's findings."""
    for statement in (*report.statements, *report.reported):
        yield Mark(statement.span, "statement", f"{statement.speaker or 'an unnamed speaker'} says")
    for number, mention in enumerate(report.mentions or ()):
        for place in mention.chain:
            yield Mark(place.span, "listed", listed_by(mention), f"m{number + 1}")
    for at in report.places or ():
        yield Mark(at.span, "placed", outcomes_in_words(at.outcomes))
    for act in report.measures:
        yield Mark(act.span, "act", ", ".join(act.known) or act.key or act.kind)


def outcomes_in_words(outcomes: dict[str, str]) -> str:
    """Return what each authority says of a place."""
    return ", ".join(f"{authority}: {OUTCOMES[how]}" for authority, how in outcomes.items())


def listed_by(mention: MentionFound) -> str:
    """Return on which lists a party is, at the question's instant and on the document's day."""
    now = sorted({party.id.partition(":")[0] for party in mention.parties if party.on_as_of})
    then = sorted(
        {party.id.partition(":")[0] for party in mention.parties if party.on_document_date}
    )
    listed = f"listed by {', '.join(now)}" if now else "not listed then"
    return f"{listed}; on the document's day: {', '.join(then)}" if then and then != now else listed


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
