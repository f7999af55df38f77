"""Read a workbook's first sheet as located records under the headings of its first row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, takewhile

from limen.lists.audit import Audit, Record
from limen.lists.parsing.tables import check_header
from limen.lists.parsing.workbook import open_sheet
from limen.lists.source import Source

_HINT = "compare the headings with the publisher's description of the format"


def read_sheet(source: Source, *, required: Sequence[str], audit: Audit) -> Iterator[Record]:
    """Yield every row that is not blank; a date becomes ISO, a whole number has no point.

    Raises:
        ListFormatError: not a workbook, one that unpacks beyond measure, or a heading missing.
    """
    sheet = open_sheet(source)
    where = f"{source.name} sheet {sheet.title}"
    _, first = next(sheet.rows, (1, {}))
    columns = [first[at] for at in takewhile(first.__contains__, count())]
    check_header(f"{where} row 1", columns, required, _HINT)
    for number, cells in sheet.rows:
        values = {name: cells[at] for at, name in enumerate(columns) if at in cells}
        if values:
            yield Record(values, where=f"{where} row {number:,}", audit=audit)
