"""Read the XML of Office parts: paragraphs of Word and of drawings, labels of charts, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from limen.documents.document import BlockKind
from limen.documents.readers.gathered import APART, NEXT

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
#: A picture that covers a tenth of a page of A4 may hold text; smaller ones are marks and logos.
#: In square units of Office (914,400 an inch), and for pictures of the old form in square points.
PICTURE_SHARE = 1 / 10
_LARGE = PICTURE_SHARE * 7_560_000 * 10_692_000
_LARGE_POINTS = PICTURE_SHARE * 595 * 842
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "px": 0.75}
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm|px)")
_DELETED = (f"{_W}del", f"{_W}moveFrom")
_INSERTED = (f"{_W}ins", f"{_W}moveTo")
_BLANKS = frozenset((f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_A}br", f"{_A}tab"))
_PARAGRAPHS = (f"{_W}p", f"{_A}p")


class Piece(NamedTuple):
    """Represents a paragraph, what it is, and what is between it and the one before it."""

    text: str
    hint: BlockKind | None = None
    apart: str = APART


def pieces(tree: Any) -> Iterator[Piece]:
    """Yield everything that a part says, in its order.

    A paragraph with deletions that are still recorded is followed by what it was before.
    """
    for node in tree.iter(
        *_PARAGRAPHS, f"{_C}v", f"{_P}text", f"{_S}t", f"{_V}textpath", "{*}docPr", "{*}cNvPr"
    ):
        if node.tag in _PARAGRAPHS:
            yield from _of_paragraph(node)
        elif node.tag == f"{_V}textpath":
            yield Piece(node.get("string") or "")
        elif node.tag in (f"{_C}v", f"{_P}text", f"{_S}t"):
            yield Piece("".join(node.itertext()).strip(), apart=NEXT)
        else:
            yield Piece(_alternative(node), "caption")


def _of_paragraph(node: Any) -> Iterator[Piece]:
    apart = NEXT if _is_next_cell(node) else APART
    yield Piece("".join(_words(node, _DELETED[:1])).strip(), _hint(node), apart)
    if next(node.iter(*_DELETED), None) is not None:
        yield Piece("".join(_words(node, _INSERTED)).strip(), "boilerplate")


def _words(node: Any, left_out: tuple[str, ...]) -> Iterator[str]:
    """Yield the words of a paragraph, without those of boxes in it, which are paragraphs."""
    for child in node:
        if child.tag in _PARAGRAPHS or child.tag in left_out:
            continue
        if child.tag in (f"{_W}t", f"{_W}delText", f"{_A}t"):
            yield child.text or ""
        elif child.tag in _BLANKS:
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _words(child, left_out)


def _is_next_cell(node: Any) -> bool:
    """Return whether a paragraph begins a cell of a table that is not the first of its row."""
    cell = next(node.iterancestors(f"{_W}tc", f"{_A}tc"), None)
    if cell is None or next(cell.iter(node.tag)) is not node:
        return False
    before = cell.getprevious()
    return before is not None and before.tag == cell.tag


def _hint(node: Any) -> BlockKind | None:
    style = node.find(f"{_W}pPr/{_W}pStyle")
    kind = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    if kind.startswith(("heading", "title")):
        return "heading"
    return "caption" if kind.startswith("caption") else None


def _alternative(node: Any) -> str:
    """Return what a picture is described as."""
    return " ".join(filter(None, (node.get("title"), node.get("descr"))))


def has_large_picture(tree: Any) -> bool:
    """Return whether a part shows a picture so large that it may hold text."""
    sizes: dict[Any, bool | None] = {}
    blips = (_is_large(blip, sizes) for blip in tree.iter(f"{_A}blip"))
    old = (_is_large_shape(data.getparent()) for data in tree.iter(f"{_V}imagedata"))
    return any(blips) or any(old)


def _is_large(blip: Any, sizes: dict[Any, bool | None]) -> bool:
    """Return whether a picture is large, or has no size; ``sizes`` is what elements say of it."""
    for holder in blip.iterancestors():
        if holder not in sizes:
            sizes[holder] = _says_large(holder)
        if (large := sizes[holder]) is not None:
            return large
    return True


def _says_large(holder: Any) -> bool | None:
    """Return whether an element makes what is in it large; ``None`` where it says no size."""
    for child in holder.iterchildren("{*}extent", "{*}ext"):
        if child.get("cx"):
            return _has_large_extent(child)
    size = holder.find(f"{_P}spPr/{_A}xfrm/{_A}ext")
    return None if size is None else _has_large_extent(size)


def _has_large_extent(size: Any) -> bool:
    """Return whether a size is large; one that cannot be read may be."""
    try:
        return int(size.get("cx") or 0) * int(size.get("cy") or 0) >= _LARGE
    except ValueError:
        return True


def _is_large_shape(shape: Any) -> bool:
    lengths = {
        which: float(number) * _POINTS[unit]
        for which, number, unit in _LENGTH.findall((shape.get("style") or "").lower())
    }
    if len(lengths) < 2:
        return True
    return lengths["width"] * lengths["height"] >= _LARGE_POINTS
