"""Measure the rectangle of cells that a workbook's sheets span, before they are read.

The library that reads sheets sets aside memory for the whole rectangle between their first and
last cells: two cells in opposite corners, in a file of 1 KB, would need 400 GB.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

#: Cells between the corners of a sheet: some 200 MB. A million rows of four columns have fewer.
MAX_CELLS = 5_000_000
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})\Z")


def extent_problem(data: bytes) -> str | None:
    """Return what is wrong with the extent of a workbook's sheets; ``None`` where nothing is.

    Raises:
        zipfile.BadZipFile: it is no zip, or a damaged one.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for part in packed.namelist():
            raw = packed.read(part) if part.endswith(".xml") else b""
            if b"sheetData" in raw and (cells := _cells_spanned(raw)) > MAX_CELLS:
                return f"{part} spans {cells:,} cells, and at most {MAX_CELLS:,} are read"
    return None


def _cells_spanned(sheet: bytes) -> int:
    """Return how many cells are between the first and the last cell with a value."""
    rows: list[int] = []
    columns: list[int] = []
    events = etree.iterparse(
        io.BytesIO(sheet), tag="{*}c", resolve_entities=False, no_network=True, recover=True
    )
    for _, cell in events:
        place = _PLACE.match(cell.get("r", ""))
        if place is not None and len(cell):
            rows.append(int(place[2]))
            columns.append(_column(place[1]))
        cell.clear()
    if not rows:
        return 0
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
