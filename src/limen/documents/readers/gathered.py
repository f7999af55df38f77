"""Gather the text of a file from its parts, and of the files inside it by their own readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from limen.documents.document import BlockKind, Paragraph, Raw
from limen.documents.readers.file_format import media_of, read_raw
from limen.documents.readers.limits import Nesting
from limen.documents.text.layout import paragraphs_of
from limen.model import LimenError

#: Between parts; neighbours of a line or a row of a table are one line break apart, so that a
#: name in two cells is still one name.
APART, NEXT = "\n\n", "\n"


@dataclass(slots=True)
class Gathered:
    """Represents the text so far, its paragraphs, and what could not be read."""

    nesting: Nesting
    paragraphs: list[Paragraph] = field(default_factory=list)
    limitations: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _at: int = 0
    _limited: set[str] = field(default_factory=set)

    def add(self, text: str, *, page: int | None = None, apart: str = APART) -> None:
        """Add text, cut into paragraphs as plain text is."""
        at = self._append(text, apart)
        self.paragraphs.extend(paragraphs_of(text, at, page))

    def paragraph(
        self,
        text: str,
        hint: BlockKind | None = None,
        *,
        page: int | None = None,
        apart: str = APART,
    ) -> None:
        """Add one paragraph; nothing where it has no text."""
        if text:
            at = self._append(text, apart)
            self.paragraphs.append(Paragraph(at, at + len(text), page, hint))

    def lines(self, texts: Iterable[str], hint: BlockKind | None = None) -> None:
        """Add paragraphs that are one line break apart."""
        apart = APART
        for text in texts:
            self.paragraph(text, hint, apart=apart)
            apart = NEXT

    def limit(self, limitation: str) -> None:
        """Note what could not be read, once."""
        if limitation not in self._limited:
            self._limited.add(limitation)
            self.limitations.append(limitation)

    def inner(
        self,
        data: bytes,
        label: str,
        *,
        media: str = "",
        encoding: str | None = None,
        ahead: str = "",
    ) -> None:
        """Read a file inside this one by its own reader; what cannot be read is a limitation.

        Args:
            data: its bytes.
            label: how limitations name it.
            media: its format, where the bytes and the label do not show it.
            encoding: of text.
            ahead: what limitations begin with: the messages around it.
        """
        refusal = self.nesting.refusal()
        if refusal:
            self.limit(ahead + refusal)
            return
        self.nesting.parts -= 1
        self.nesting.depth -= 1
        try:
            raw = read_raw(
                data, label, media or media_of(data, label), encoding, nesting=self.nesting
            )
        except LimenError as error:
            self.limit(f"{ahead}{error.where}: {error.what}")
            return
        finally:
            self.nesting.depth += 1
        for limitation in raw.limitations:
            self.limit(f"{ahead}{label}: {limitation}")
        if raw.paragraphs is None:
            self.add(raw.text)
            return
        at = self._append(raw.text, APART)
        self.paragraphs.extend(_moved(raw.paragraphs, at))

    def raw(self, media: str, *, title: str = "", dated: date | None = None) -> Raw:
        """Return what was gathered as the whole text of a file."""
        return Raw(
            text="".join(self._parts),
            media=media,
            paragraphs=tuple(self.paragraphs),
            title=title,
            dated=dated,
            limitations=tuple(self.limitations),
        )

    def _append(self, text: str, apart: str) -> int:
        """Append text; return the offset at which it starts."""
        if self._parts:
            self._parts.append(apart)
            self._at += len(apart)
        at = self._at
        self._parts.append(text)
        self._at += len(text)
        return at


def _moved(paragraphs: Iterable[Paragraph], by: int) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        yield replace(paragraph, start=paragraph.start + by, end=paragraph.end + by)
