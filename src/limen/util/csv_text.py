"""Write CSV that a spreadsheet opens as text and never runs.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return
for a formula, and a formula can start programs and send data away. Such a cell gets an apostrophe
in front, which spreadsheets hide; numbers stay numbers. ``plain_cell`` takes it off again, so that
nothing is lost. Programs that want the cells as they are ask for ``raw``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any

#: What begins a formula, also in the full width that some spreadsheets fold (OWASP, "CSV
#: Injection").
_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_MARK = "'"
#: The writer quotes a cell with one of these in it; a bare carriage return would end the row.
_END = "\r\n"
_NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?")


class _Line:
    """A file that hands each line back to the writer's caller."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[Any]], *, raw: bool = False) -> bytes:
    """Return rows as lines of CSV in UTF-8, with every formula as text unless ``raw`` is set."""
    writer = csv.writer(_Line(), lineterminator=_END)
    cells = rows if raw else ([safe_cell(cell) for cell in row] for row in rows)
    lines = (str(writer.writerow(row)).removesuffix(_END) + "\n" for row in cells)
    return "".join(lines).encode("utf-8", errors="replace")


def safe_cell(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; only texts can be one."""
    return f"{_MARK}{cell}" if isinstance(cell, str) and _may_run(cell) else cell


def plain_cell(cell: str) -> str:
    """Return what :func:`safe_cell` was given."""
    return cell[1:] if cell.startswith(_MARK) and _may_run(cell) else cell


def _may_run(cell: str) -> bool:
    """Return whether a text is a formula, or one with apostrophes in front."""
    bare = cell.lstrip(_MARK)
    return bare[:1] in _STARTS and bare != "" and _NUMBER.fullmatch(bare) is None
