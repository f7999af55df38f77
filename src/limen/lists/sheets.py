"""A workbook's first sheet as located records under the headings of its first row."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any

import openpyxl

from limen.lists.audit import Audit, Record
from limen.lists.source import MAX_BYTES, Source
from limen.model import ListFormatError

#: Publishers leave hundreds of empty columns; no list uses more than these.
_MAX_COLUMNS = 64


def read_sheet(source: Source, *, required: Sequence[str], audit: Audit) -> Iterator[Record]:
    """Yield every row that is not blank; a date becomes ISO, a whole number has no point.

    Raises:
        ListFormatError: not a workbook, one that unpacks beyond measure, or a heading missing.
    """
    book = _open(source)
    try:
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS)
        where = f"{source.name} sheet {sheet.title}"
        header = [_text(cell) for cell in takewhile(lambda cell: cell is not None, next(rows, ()))]
        _check(header, required, f"{where} row 1")
        rows = sheet.iter_rows(values_only=True, min_row=2, max_col=len(header))
        for number, row in enumerate(rows, start=2):
            values = {name: _text(cell) for name, cell in zip(header, row, strict=False)}
            if any(values.values()):
                yield Record(values, where=f"{where} row {number:,}", audit=audit)
    finally:
        book.close()


def _open(source: Source) -> Any:
    data = source.read()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked > MAX_BYTES:
                raise ListFormatError(
                    f"unpacks to {unpacked:,} bytes",
                    where=source.name,
                    why="no official list is that large; a decompression bomb is",
                )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles and extensions we do not read
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ListFormatError(
            f"not an XLSX workbook: {error}",
            where=source.name,
            mend="check that this is the list's own file, and not an error page",
        ) from error


def _check(header: list[str], required: Sequence[str], where: str) -> None:
    missing = [name for name in required if name not in header]
    if missing:
        raise ListFormatError(
            f"the headings lack {', '.join(missing)}",
            where=where,
            why="the list may have changed its format",
            mend="compare the headings with the publisher's description of the format",
        )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
