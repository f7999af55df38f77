"""A payment message as HTML: its text as it was sent, with every screened element marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from limen.payment_screening import PaymentAnswer, ScreenedElement

#: Where a line may begin in XML that was sent without any.
_BETWEEN_TAGS = re.compile(r">\s*<")
_TAG = re.compile(r"<(/?)[^<>]*?(/?)>")
#: A message with a longer line than this is broken into lines at its tags.
_LONGEST_LINE = 200
#: Columns by which a level of tags is set in.
_INDENT = 2
#: Marks of elements with something to look at, the gravest first.
_TO_LOOK_AT = ("listed", "placed", "unsure", "maybe")
_LEGEND = (
    ("screened", "screened, nothing found"),
    ("listed", "listed party"),
    ("placed", "place under embargo"),
    ("unsure", "cannot say"),
    ("unverified", "not verified in this channel"),
)


class Marked(NamedTuple):
    """Represents an element to mark: its number on the page, and its kind of mark."""

    number: int
    kind: str
    element: ScreenedElement


def numbered(answers: Sequence[PaymentAnswer]) -> list[Marked]:
    """Return each element of some answers once, in the order of the text."""
    elements = {(*each.span, each.path): each for answer in answers for each in answer.elements}
    ordered = sorted(elements.values(), key=lambda each: each.span)
    return [Marked(at, kind_of(each), each) for at, each in enumerate(ordered, start=1)]


def kind_of(element: ScreenedElement) -> str:
    """Return how an element is marked, by the gravest of what was found."""
    hits = [finding for finding in element.findings if finding.level == "hit"]
    if any(finding.kind == "party" for finding in hits):
        return "listed"
    if hits:
        return "placed"
    if element.reasons:
        return "unsure"
    if element.findings or element.conflicts:
        return "maybe"
    return "unverified" if element.unverified else "screened"


def gravest_first(elements: Sequence[Marked]) -> list[Marked]:
    """Return the elements with something to look at: listed parties first."""
    found = [each for each in elements if each.kind in _TO_LOOK_AT]
    return sorted(found, key=lambda each: _TO_LOOK_AT.index(each.kind))


def marked_message(data: bytes, elements: Sequence[Marked], *, most: int) -> str:
    """Return the legend and the message's text with its elements marked.

    Args:
        data: the message as it was sent.
        elements: what to mark, in the order of the text.
        most: bytes that are drawn, so that a page stays light.
    """
    legend = " ".join(f'<mark class="{kind}">{label}</mark>' for kind, label in _LEGEND)
    drawn = data[:most]
    inside = [each for each in elements if each.element.span[1] <= len(drawn)]
    layout = _Layout(drawn)
    body = "".join(_segments(drawn, inside, layout))
    more = f"{len(data) - most:,} more bytes were screened and are not on this page."
    rest = f'<p class="dim">{more}</p>' if len(data) > most else ""
    return f'<p class="legend">{legend}</p>\n<pre class="message" tabindex="0">{body}</pre>{rest}'


class _Layout:
    """Represents how text between elements is drawn: as it is, or in lines, if it has none."""

    def __init__(self, data: bytes) -> None:
        longest = max(map(len, data.split(b"\n")), default=0)
        self._in_lines = data.lstrip()[:1] == b"<" and longest > _LONGEST_LINE
        self._depth = 0

    def drawn(self, text: str) -> str:
        """Return text that is no element, escaped."""
        if not self._in_lines:
            return escape(text)
        parts = _BETWEEN_TAGS.sub(">\n<", text).split("\n")
        lines = []
        for part in parts:
            closing = part.startswith("</")
            level = max(0, self._depth - closing)
            lines.append(" " * _INDENT * level + part if part.startswith("<") else part)
            for slash, empty in _TAG.findall(part):
                self._depth += -1 if slash else 0 if empty or part.startswith("<?") else 1
        lines[0] = lines[0].lstrip(" ")
        return escape("\n".join(lines))


def _segments(data: bytes, elements: Sequence[Marked], layout: _Layout) -> Iterator[str]:
    at = 0
    for number, kind, element in elements:
        start, end = element.span
        if start < at:
            continue  # of a value that lies in another one, as a line in its field
        yield layout.drawn(_text(data[at:start]))
        note = f"{element.role.replace('_', ' ')}: {element.kind.replace('_', ' ')}"
        inner = f'<mark class="{kind}" title="{escape(note)}" id="e{number}">'
        found = kind in _TO_LOOK_AT
        text = escape(_text(data[start:end]))
        yield inner + (f'<a href="#f{number}">{text}</a>' if found else text) + "</mark>"
        at = end
    yield layout.drawn(_text(data[at:]))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
