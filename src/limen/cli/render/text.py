"""Text for terminals: made harmless, measured, coloured where the terminal can."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO

#: What colours mean; every coloured thing also says it in words.
STYLES = {
    "hit": "bold red",
    "review": "yellow",
    "clear": "green",
    "cannot_say": "magenta",
    "refused": "bold magenta",
}
_CODES = {
    "red": "1;31",
    "bold red": "1;31",
    "yellow": "33",
    "green": "32",
    "magenta": "35",
    "bold magenta": "1;35",
    "bold": "1",
    "dim": "2",
}
#: Marks that turn the direction of what follows, and can make one name look like another.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str, *, lines: bool = False) -> str:
    """Escape what a terminal would obey; with ``lines`` line breaks stay."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or (lines and char == "\n") else _escaped(char) for char in text
    )


def _escaped(char: str) -> str:
    category = unicodedata.category(char)
    if category.startswith("Z"):
        return " "
    if category == "Cf" and char not in _TURNING:
        return char
    return char.encode("unicode_escape", "surrogatepass").decode()


def wants_colour(stream: TextIO) -> bool:
    """Return whether a stream is a terminal with colours, and the user has not refused them."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def paint(text: str, style: str, stream: TextIO) -> str:
    """Return the text in a style, if the stream has colours."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if wants_colour(stream) else text


def width(text: str) -> int:
    """Return the terminal cells of a text: two for East Asian letters, none for combining marks."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def aligned(
    rows: Iterable[Sequence[str]], *, right: Sequence[int] = (), indent: str = "  "
) -> list[str]:
    """Align rows in columns; the columns in ``right`` to the right."""
    cells = [tuple(printable(cell) for cell in row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    lines = []
    for row in cells:
        padded = []
        for number, (cell, room) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (room - width(cell))
            padded.append(blank + cell if number in right else cell + blank)
        lines.append((indent + "  ".join(padded)).rstrip())
    return lines


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 row``, ``1,204 rows``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
