"""Find out by what the columns of delimited text are parted.

What is cut wrongly is read as one long name, and nobody in it is found. So a table that may be
cut in another way than its first line is refused.
"""

from __future__ import annotations

import csv
import re
from contextlib import suppress

from limen.batch.columns.values import has_digit
from limen.model import DataError

DELIMITERS = {
    ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", "\x1f": "unit separators",
}  # fmt: skip
#: In a table of one column a comma is part of the name; Unicode gives this code no character.
_NO_DELIMITER = "\ufdd0"
#: Lines that show how a table is cut, and the share of them that has to agree.
SNIFFED = 20
_MOST = 0.9
_DECLARED = re.compile('"?sep=([,;\t|])"?', re.IGNORECASE)
#: A gap of blanks between two columns; letters that are all spaced have it between words too.
_GAP = re.compile(r"(?:[^\W_]{2}|\d)\s{2,}[^\W_]")


def declared_delimiter(first: list[str]) -> str:
    """Return what the line ``sep=;`` declares, as spreadsheets write it; empty for another line.

    Args:
        first: the first line of a table, where there is one.
    """
    match = _DECLARED.fullmatch(first[0].rstrip("\r\n")) if first else None
    return match[1] if match else ""


def find_delimiter(lines: list[str], name: str, declared: str = "") -> str:
    """Return the delimiter that cuts the first line, and most of the others alike.

    Args:
        lines: the first of a table.
        name: for errors.
        declared: what the file says; it is believed where it cuts the first line.

    Raises:
        DataError: most lines are cut by a delimiter, the first is not; or blanks part the columns.
    """
    if declared and any(declared in line for line in lines[:1]):
        return declared
    best, best_score = _NO_DELIMITER, (0.0, 1)
    for delimiter in DELIMITERS:
        widths = [len(cells) for cells in sampled(lines, delimiter)]
        if widths and widths[0] > 1:
            score = (widths.count(widths[0]) / len(widths), widths[0])
            if score > best_score:
                best, best_score = delimiter, score
    if best == _NO_DELIMITER:
        _check_one_column(lines, name)
    return best


def _check_one_column(lines: list[str], name: str) -> None:
    """Refuse a table whose columns are parted in a way that is not read."""
    for delimiter, what in DELIMITERS.items():
        below = sampled(lines[1:], delimiter)
        widths = [len(cells) for cells in below]
        usual = max(set(widths), key=widths.count, default=1)
        numbered = sum(any(has_digit(cell) for cell in cells) for cells in below)
        if usual > 1 and widths.count(usual) >= _MOST * len(widths) and numbered * 2 > len(widths):
            raise DataError(
                f"line 1 is one cell, the lines below are {usual} columns by {what}",
                where=name,
                why="the table begins further down, and its columns would be read as one name",
                hint="remove the lines before the headings",
            )
    rest = lines[1:]
    if len(rest) > 1 and sum(bool(_GAP.search(line)) for line in rest) >= _MOST * len(rest):
        raise DataError(
            "its columns are parted by blanks",
            where=name,
            why="a whole line would be read as one name",
            hint="save it as CSV",
        )


def sampled(lines: list[str], delimiter: str) -> list[list[str]]:
    """Return the cells of some lines, up to one that cannot be split."""
    rows: list[list[str]] = []
    with suppress(csv.Error):  # it is refused when it is read as a row
        rows.extend(cells for cells in csv.reader(lines, delimiter=delimiter) if cells)
    return rows
