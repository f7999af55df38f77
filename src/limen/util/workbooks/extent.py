"""Measure the rectangle of cells that a workbook's sheets span, before they are read.

The library that reads sheets sets aside memory for the whole rectangle up to their last cells: two
cells in opposite corners, in a file of 1 KB, would need 400 GB.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

#: Cells from A1 to the last of a sheet: some 200 MB. A million rows of four columns have fewer.
MAX_CELLS = 5_000_000
# The library reads columns beyond XFD and leading zeros too; no number here has as many digits.
_PLACE = re.compile(r"([A-Za-z]{1,9})([0-9]{1,99})\Z")
_ROW = re.compile(r"[0-9]{1,99}\Z")


def extent_problem(data: bytes) -> str | None:
    """Return what is wrong with the extent of a workbook's sheets; ``None`` where nothing is.

    A sheet may have any name in the workbook, so each part is looked at.

    Raises:
        zipfile.BadZipFile: it is no zip, or a damaged one.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for part in packed.namelist():
            raw = packed.read(part)
            if b"sheetData" not in raw:
                continue
            rows, columns, misplaced = _extent(raw)
            if misplaced:
                return f"{part} has a cell at {misplaced[:40]!r}, which is no place in a sheet"
            if rows * columns > MAX_CELLS:
                return f"{part} spans {rows * columns:,} cells, and at most {MAX_CELLS:,} are read"
    return None


def _extent(sheet: bytes) -> tuple[int, int, str]:
    """Return the last row and column with a value, and a place that cannot be read, if any."""
    last_row = last_column = row = column = 0
    events = etree.iterparse(
        io.BytesIO(sheet),
        events=("start", "end"),
        tag=("{*}row", "{*}c"),
        resolve_entities=False,
        no_network=True,
        recover=True,
    )
    for event, element in events:
        if etree.QName(element).localname == "row":
            if event == "start":
                row, column = _row_number(element.get("r"), row + 1), 0
            else:
                element.clear()
        elif event == "end":
            written = element.get("r")
            place = _PLACE.match(written or "")
            if written and place is None:
                return last_row, last_column, written
            column = _column(place[1]) if place else column + 1
            if len(element):
                last_row = max(last_row, int(place[2]) if place else row)
                last_column = max(last_column, column)
            element.clear()
    return last_row, last_column, ""


def _row_number(written: str | None, following: int) -> int:
    """Return the number that a row gives itself; one that gives none is the next one."""
    return int(written) if written and _ROW.match(written) else following


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
