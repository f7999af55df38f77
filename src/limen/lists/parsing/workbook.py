"""Open a workbook's first sheet as rows of text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from limen.lists.source import MAX_BYTES, Source
from limen.model import ListFormatError
from limen.util.workbooks.extent import extent_problem
from limen.util.workbooks.zip_errors import DAMAGED_ZIP

Value = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    ``rows`` yields the number of each row, from 1, and its texts by column, from 0.
    """

    title: str
    rows: Iterator[tuple[int, dict[int, str]]]


def open_sheet(source: Source) -> Sheet:
    """Open the first sheet of a workbook; a date is an ISO day, a whole number has no point.

    Raises:
        ListFormatError: not a workbook, or one that is larger than any list.
    """
    data = source.read()
    try:
        _check_extent(data, source.name)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    except (*DAMAGED_ZIP, CalamineError) as error:
        raise ListFormatError(
            f"not an XLSX workbook: {error}",
            where=source.name,
            hint="check that this is the list's own file, and not an error page",
        ) from error
    return Sheet(sheet.name, _rows(sheet))


def _check_extent(data: bytes, name: str) -> None:
    unpacked = sum(member.file_size for member in zipfile.ZipFile(io.BytesIO(data)).infolist())
    if unpacked > MAX_BYTES:
        raise ListFormatError(
            f"unpacks to {unpacked:,} bytes",
            where=name,
            why="no official list is that large; a decompression bomb is",
        )
    problem = extent_problem(data)
    if problem is not None:
        raise ListFormatError(
            problem, where=name, why="no official list is that large; a damaged cell's place is"
        )


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, dict[int, str]]]:
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        yield number, {at: text for at, value in enumerate(row) if (text := _text(value))}


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
