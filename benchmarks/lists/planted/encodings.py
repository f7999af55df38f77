"""Read a file's text for a fault to be planted in it, and write it back.

A workbook is a table while a fault is planted.
"""

from __future__ import annotations

import csv
import io

import openpyxl

from limen.lists.parsing.workbook import open_sheet
from limen.lists.source import Source

WORKBOOKS = ("au_dfat_xlsx",)


def text_of(layout: str, content: bytes) -> str:
    """Return a file's text: OFSI prints Windows-1252."""
    if layout in WORKBOOKS:
        return _table(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def bytes_of(layout: str, text: str) -> bytes:
    """Return a text as a file of the format."""
    if layout not in WORKBOOKS:
        return text.encode()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for row in csv.reader(io.StringIO(text, newline="")):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def misread(text: str) -> str:
    """Return a text that was written as UTF-8 and read as Latin-1; as UTF-16 where it is ASCII."""
    if text.isascii():
        return text.encode("utf-16").decode("latin-1")
    return text.encode().decode("latin-1")


def _table(content: bytes) -> str:
    rows = [cells for _, cells in open_sheet(Source.of_bytes("xlsx", content, name="list")).rows]
    width = max(rows[0]) + 1
    written = io.StringIO(newline="")
    csv.writer(written).writerows([[cells.get(at, "") for at in range(width)] for cells in rows])
    return written.getvalue()
