"""Watch how a page of a PDF is drawn: what of it is a picture, and what text is not decoded."""

from __future__ import annotations

from typing import Any

from limen.documents.readers.office_xml import PICTURE_SHARE

#: Text in this mode is not drawn: it is what was recognised in the picture above it.
_UNSEEN_MODE = 3
#: Fewer words than this are no recognised text of a page, but a stamp of the scanner.
_RECOGNISED_WORDS = 20
#: Bytes that show text, and the least share of them that must become characters: fonts of two
#: bytes a character give a half, spaces between columns give more.
_SOME_BYTES, _DECODED_SHARE = 16, 0.2
_SHOWS = frozenset((b"Tj", b"TJ", b"'", b'"'))


class Watch:
    """Represents what was drawn on a page; pypdf calls it before each operator.

    Args:
        page: the page.
    """

    def __init__(self, page: Any) -> None:
        box = page.mediabox
        self._area = abs(float(box.width) * float(box.height)) or 1.0
        self._objects = _objects(page)
        self._scale = 1.0
        self._pictures = 0.0
        self._bytes_drawn = 0
        self._recognised = False

    def __call__(self, operator: Any, operands: Any, matrix: Any, _: Any) -> None:
        if operator == b"Do" and operands:
            self._drawn(operands[0], matrix)
        elif operator == b"INLINE IMAGE":
            self._pictures += _size(matrix) * self._scale
        elif operator in _SHOWS:
            self._bytes_drawn += sum(map(_bytes, operands))
        elif operator == b"Tr" and operands and operands[0] == _UNSEEN_MODE:
            self._recognised = True

    def _drawn(self, name: Any, matrix: Any) -> None:
        held = self._objects.get(name)
        if held is None or held.get("/Subtype") == "/Image":
            self._pictures += _size(matrix) * self._scale
            return
        self._scale = max(self._scale, _size(matrix))  # what follows may be inside a form
        for inner, value in _objects(held).items():
            self._objects.setdefault(inner, value)

    def trouble(self, text: str) -> str:
        """Return why a text is not all that the page shows; empty where it is."""
        words = len(text.split())
        if (
            self._bytes_drawn >= _SOME_BYTES
            and len("".join(text.split())) < _DECODED_SHARE * self._bytes_drawn
        ):
            return "has text in a font that could not be decoded"
        if not words:
            return ""
        recognised = self._recognised and words >= _RECOGNISED_WORDS
        large = self._pictures >= PICTURE_SHARE * self._area
        return "has a large picture, which was not read" if large and not recognised else ""


def _objects(holder: Any) -> dict[Any, Any]:
    """Return the pictures and forms that a page or a form can draw, by name."""
    resources = holder.get("/Resources")
    resources = resources.get_object() if resources is not None else {}
    named = resources.get("/XObject")
    named = named.get_object() if named is not None else {}
    return {name: value.get_object() for name, value in named.items()}


def _size(matrix: Any) -> float:
    """Return the area into which a unit square is drawn."""
    a, b, c, d = (float(number) for number in matrix[:4])
    return abs(a * d - b * c)


def _bytes(operand: Any) -> int:
    if isinstance(operand, list):
        return sum(map(_bytes, operand))
    return len(operand) if isinstance(operand, str | bytes) else 0
