"""The records of a document that was read: its text, paragraphs and day.

Every span of every finding is a pair of offsets into ``text``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from limen.documents.text.cues import Cues

Span = tuple[int, int]

BlockKind = Literal[
    "heading", "byline", "dateline", "caption", "credit", "boilerplate", "question", "body"
]
DateBasis = Literal["asked", "stated", "dateline", "inferred", "unknown"]


@dataclass(frozen=True, slots=True)
class Block:
    """Represents a paragraph: its kind and its place.

    ``page`` counts from 1 and is ``None`` where the format has no pages; ``paragraph`` counts
    from 1 over the whole document.
    """

    kind: BlockKind
    start: int
    end: int
    paragraph: int
    page: int | None = None

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Represents a paragraph before it is classified.

    ``hint`` is what the format itself says it is: an HTML ``figcaption`` is a caption.
    """

    start: int
    end: int
    page: int | None = None
    hint: BlockKind | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """Represents a file's whole text, and what its format says about it.

    Attributes:
        text: all text, paragraphs apart by line breaks.
        media: the format: ``"text"``, ``"html"``, ``"pdf"``, ``"docx"``, ``"workbook"``, ...
        paragraphs: where the format marks them; found in the text where it does not.
        title, dated: what the metadata says.
        limitations: parts that could not be read, in words with their place.
    """

    text: str
    media: str
    paragraphs: tuple[Paragraph, ...] | None = None
    title: str = ""
    dated: date | None = None
    limitations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """Represents the document's day, and how it is known.

    ``basis`` is ``"asked"`` (given by the caller), ``"stated"`` (metadata or a line of its own),
    ``"dateline"``, ``"inferred"`` (from dates and weekdays in the text) or ``"unknown"``.
    """

    day: date | None
    basis: DateBasis
    why: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Represents a document that was read: text, classified paragraphs, and its day.

    ``cues`` are the places of the words that a reading cannot do without.
    """

    name: str
    media: str
    text: str
    blocks: tuple[Block, ...]
    dated: Dated
    sha256: str
    cues: Cues = field(repr=False)
    title: str = ""
    dateline: str = ""
    pages: int | None = None
    limitations: tuple[str, ...] = field(default=())

    def passages(self) -> Iterator[Block]:
        """Yield the paragraphs of running text, in order."""
        return (block for block in self.blocks if block.kind in ("body", "dateline"))

    def block_at(self, offset: int) -> Block:
        """Return the paragraph of an offset, or the last one before it."""
        low, high = 0, len(self.blocks) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.blocks[middle].start <= offset:
                low = middle
            else:
                high = middle - 1
        return self.blocks[low]
