"""Read OpenDocument texts, tables and slides: ODT, ODS and ODP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from limen.documents.document import Raw
from limen.documents.readers.gathered import APART, NEXT, Gathered
from limen.documents.readers.limits import Nesting
from limen.documents.readers.package import Package

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_BLANKS = frozenset((f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"))
#: The text, and the headers and footers of its pages.
_PARTS = ("content.xml", "styles.xml")


def read_open_document(data: bytes, name: str, nesting: Nesting) -> Raw:
    """Return the text of a file in an OpenDocument format, deletions that are recorded included.

    Raises:
        DataError: it is broken, locked, or a decompression bomb.
    """
    gathered = Gathered(nesting)
    with Package(data, name, "OpenDocument file") as package:
        parts = [part for part in package.parts if part.rpartition("/")[2] in _PARTS]
        package.check_whole(parts)
        for part in parts:
            for node in package.tree(part).iter(*_PARAGRAPHS):
                apart = NEXT if _is_next_cell(node) else APART
                gathered.paragraph(" ".join("".join(_words(node)).split()), apart=apart)
        if any(part.startswith("Pictures/") for part in package.parts):
            gathered.limit("pictures in it, which may hold text, were not read")
        if any(_is_object(part) for part in package.parts):
            gathered.limit("objects in it were not read")
    return gathered.raw("odf")


def _words(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag in _BLANKS:
            yield " "
        elif child.tag not in _PARAGRAPHS:
            yield from _words(child)
        yield child.tail or ""


def _is_next_cell(node: Any) -> bool:
    """Return whether a paragraph begins a cell that is not the first of its row."""
    cell = node.getparent()
    if cell is None or cell.tag != f"{_TABLE}table-cell":
        return False
    if node.getprevious() is not None:
        return False
    before = cell.getprevious()
    return before is not None and before.tag == cell.tag


def _is_object(part: str) -> bool:
    """Return whether a part is an object in a binary format, or a replacement's source."""
    return part.startswith("Object ") and not part.endswith((".xml", ".rdf"))
