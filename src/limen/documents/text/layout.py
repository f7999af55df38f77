"""Cut a text into paragraphs and classify them: body, heading, caption, credit, boilerplate.

Nothing is deleted: a paragraph of another kind is only not read for statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from limen.documents.document import Block, BlockKind, Paragraph, Raw
from limen.documents.text.vocabulary import words

LABEL = re.compile(
    r"(?P<label>(?:[A-Z][\w.'’-]*\.?|THE|[A-Z]{2,}\.?)(?:[ \t]+(?:[A-Z][\w.'’-]*\.?|of|the|de|"
    r"van|von|al|[(][^)\n]{1,40}[)])){0,6})"
    r"[ \t]*:(?=[ \t\n]|$)"
)
QUESTION = re.compile(
    r"(?:Q|Question|QUESTION|REPORTER|Reporter)(?:[ \t]*[:.][ \t]|[ \t]{1,4}(?=[A-Z]))"
)
_LINE = re.compile(r"^[^\S\n]*\S[^\n]*", re.MULTILINE)
_BYLINE = re.compile(r"(?i:by)\s+(?:[A-Z][\w.'’-]+\s*,?\s*(?:and\s+)?){2,8}(?:[|,].*)?$")
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z .,'’/-]{2,40}(?:,\s+[A-Z][a-z.]+)?)\s*"
    r"(?:,\s*(?P<day>(?:[A-Z][a-z]+\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]+\.?)(?:,?\s+\d{4})?))?\s*"
    r"(?:[(][^)\n]{2,30}[)]\s*)?[-–—]{1,2}\s"
)
_ENDS = (".", "!", "?", ":", ";", '"', "”", "’", "'", "»", ")", ",", "…")
_ABOUT = re.compile(
    r"(?:About (?!the (?:case|war|crisis))[A-Z][\w .,&'’-]{1,60}|###|-\s*30\s*-|-\s*ENDS?\s*-|"
    r"ENDS)$"
)
#: Characters of the longest line that is taken for a wrapped one; mail and telex wrap below.
_WRAP_MOST = 100


def blocks_of(raw: Raw) -> tuple[Block, ...]:
    """Return the paragraphs of a document, classified."""
    paragraphs = raw.paragraphs
    if paragraphs is None:
        paragraphs = tuple(paragraphs_of(raw.text))
    return tuple(_classified(raw.text, paragraphs))


def paragraphs_of(text: str, at: int = 0, page: int | None = None) -> Iterator[Paragraph]:
    """Yield the paragraphs of plain text: lines, or runs of lines where lines are wrapped.

    Args:
        text: what to cut.
        at: the offset of ``text`` in the document.
        page: its page.
    """
    lines = [(found.start(), found.end()) for found in _LINE.finditer(text)]
    width = _wrapped_at(text, lines)
    start, end = -1, -1
    for line in lines:
        if start >= 0 and not _goes_on(text, (start, end), line, width):
            yield _trimmed(text, start, end, at, page)
            start = -1
        start = line[0] if start < 0 else start
        end = line[1]
    if start >= 0:
        yield _trimmed(text, start, end, at, page)


def _trimmed(text: str, start: int, end: int, at: int, page: int | None) -> Paragraph:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return Paragraph(at + start, at + end, page)


def _wrapped_at(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """Return the width lines are wrapped at, or 0 where a line is a paragraph."""
    followed = [
        line[1] - line[0]
        for line, after in pairwise(lines)
        if text.count("\n", line[1], after[0]) == 1
    ]
    if len(followed) < 2:
        return 0
    width = sorted(followed)[(9 * len(followed)) // 10]
    if width > _WRAP_MOST or max(followed) > _WRAP_MOST + 20:
        return 0
    full = sum(1 for length in followed if length >= 0.75 * width)
    return width if full >= 0.6 * len(followed) else 0


def _goes_on(text: str, so_far: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Return whether a line belongs to the paragraph before it."""
    if not width or text.count("\n", so_far[1], line[0]) != 1:
        return False
    last = text.rfind("\n", so_far[0], so_far[1]) + 1 or so_far[0]
    if so_far[1] - max(last, so_far[0]) < 0.6 * width:
        return False
    body = text[line[0] : line[1]]
    indented = body[:2].isspace() and not text[so_far[0] : so_far[0] + 2].isspace()
    return not indented and not LABEL.match(body) and not QUESTION.match(body)


def _classified(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    tail = False
    for number, paragraph in enumerate(paragraphs, start=1):
        body = text[paragraph.start : paragraph.end]
        after = paragraphs[number] if number < len(paragraphs) else None
        kind = paragraph.hint or _kind(text, body, paragraph, after)
        first = number == 1 and kind == "body" and _short(body)
        if kind == "body" and _ABOUT.match(body):
            tail = True
        if tail and kind in ("body", "heading"):
            kind = "boilerplate"
        if first:
            kind = "heading"
        yield Block(kind, paragraph.start, paragraph.end, number, paragraph.page)


def _kind(text: str, body: str, here: Paragraph, after: Paragraph | None) -> BlockKind:
    if is_credit(body):
        return "credit" if len(body) < 60 else "caption"
    if after is not None and _captioned(text, here, after):
        return "caption"
    if _boilerplate(body):
        return "boilerplate"
    if len(body) < 90 and _BYLINE.match(body):
        return "byline"
    if QUESTION.match(body):
        return "question"
    if _DATELINE.match(body):
        return "dateline"
    return "heading" if _short(body) and not LABEL.match(body) and not _speaks(body) else "body"


def is_credit(body: str) -> bool:
    """Return whether a paragraph is or ends in a picture's credit."""
    tail = body[-90:].lower()
    if _credit_words().search(tail):
        return not any(mark in body[-30:] for mark in ("said.", "says."))
    return False


def _captioned(text: str, here: Paragraph, after: Paragraph) -> bool:
    """Return whether a line is a picture's caption: a credit follows it closely."""
    close = text.count("\n", here.end, after.start) == 1
    below = text[after.start : after.end]
    return close and len(below) < 90 and is_credit(below)


def _boilerplate(body: str) -> bool:
    folded = body[:220].lower()
    pattern = _boilerplate_words()
    if len(body) < 220:
        return pattern.search(folded, 0, 160) is not None
    return pattern.match(folded) is not None


@cache
def _boilerplate_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words().boilerplate)))


@cache
def _credit_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words().credits)))


def _short(body: str) -> bool:
    return len(body) < 160 and not body.endswith(_ENDS) and body.count(". ") == 0


def _speaks(body: str) -> bool:
    return any(mark in body for mark in '“"«„') and len(body) > 60


def dateline_of(text: str, blocks: Iterable[Block]) -> re.Match[str] | None:
    """Return the dateline of the first paragraph that has one."""
    for block in blocks:
        if block.kind == "dateline":
            return _DATELINE.match(text, block.start, block.end)
    return None
