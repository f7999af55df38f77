"""Read workbooks as documents: XLSX and XLS, row by row, the cells of a row side by side."""

from __future__ import annotations

import html
import io
import re

from python_calamine import CalamineError, CalamineWorkbook

from limen.documents.document import Raw
from limen.documents.readers.docx import about, gather_parts
from limen.documents.readers.gathered import Gathered
from limen.documents.readers.limits import Nesting
from limen.documents.readers.package import Package
from limen.documents.readers.plain import row_text
from limen.model import DataError
from limen.util.workbooks.extent import extent_problem

#: What is printed above and below a sheet.
_MARGINS = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]*)<")


def read_workbook(data: bytes, name: str, nesting: Nesting) -> Raw:
    """Return the cells of every sheet, and what boxes, comments and charts say next to them.

    Raises:
        DataError: it is broken, locked by a password, or a decompression bomb.
    """
    gathered = Gathered(nesting)
    if not data.startswith(b"PK"):
        _gather_sheets(gathered, data, name)
        gathered.limit("pictures, comments and objects of an .xls file were not read")
        return gathered.raw("workbook")
    with Package(data, name, "workbook") as package:
        package.check_whole([part for part in package.parts if part.endswith(".xml")])
        for part in package.parts:
            if part.endswith(".xml"):
                margins = _MARGINS.findall(package.data(part))
                gathered.lines(html.unescape(each.decode("utf-8", "replace")) for each in margins)
        problem = extent_problem(data)
        if problem is not None:
            raise DataError(problem, where=name, hint="delete the cells far from all others")
        _gather_sheets(gathered, data, name)
        gather_parts(gathered, package, [])
        title, made = about(package)
    return gathered.raw("workbook", title=title, dated=made)


def _gather_sheets(gathered: Gathered, data: bytes, name: str) -> None:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in book.sheet_names:
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=True)
            gathered.paragraph(sheet, "heading")
            gathered.add("\n".join(filter(None, (row_text(map(_text_of, row)) for row in rows))))
    except (CalamineError, ValueError, OSError) as error:
        raise DataError(
            f"it is not a whole workbook: {error}", where=name, hint="save it as .xlsx again"
        ) from error


def _text_of(cell: object) -> str:
    """Return a cell as it is seen: a whole number without a fraction."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
