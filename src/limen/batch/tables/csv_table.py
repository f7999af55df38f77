"""Read delimited text as rows: forgiving about the dialect, strict about what a row is.

The delimiter is found, the encoding is given, line ends may be mixed. A row that cannot be
read is refused alone and the reading goes on at the next line, so that an unbalanced quote
costs one row and not the rest of the portfolio.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Collection, Iterator
from itertools import chain
from textwrap import shorten
from typing import TextIO

from limen.batch.tables.delimiter import (
    DELIMITERS,
    SNIFFED,
    declared_delimiter,
    find_delimiter,
    sampled,
)
from limen.batch.tables.first_row import is_header
from limen.batch.tables.repeated_headings import contradiction, joined_cells, warnings_of
from limen.batch.tables.table import MAX_LINE, Row, Table
from limen.model import DataError, InputError

#: Rows below the first that show whether it is a heading.
_LOOKED_AT = 100
#: A cell of more lines is an unbalanced quote.
_MAX_CELL_LINES = 200
#: Replaces a line that was too long to hold.
_ENDLESS = "\0"
#: Line ends that Python's csv and most editors do not take for one: NEL, LS and PS.
_UNICODE_ENDS = re.compile("[\x85\u2028\u2029]")
_DAMAGED = re.compile("[\0\ufffd]")


class _TooLongError(Exception):
    """A line without end, or a quoted cell without end."""


class _Lines:
    """Yields physical lines with their numbers; lines can be given back for a fresh start."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._pieces: deque[str] = deque()
        self._splits: bool | None = None
        self._back: deque[str] = deque()
        self._next = 1
        self.taken: list[str] = []
        self.start = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) > _MAX_CELL_LINES:
            raise _TooLongError(f"a quoted cell goes on for more than {_MAX_CELL_LINES} lines")
        line = self._back.popleft() if self._back else self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        self._next += 1
        if line is _ENDLESS:
            raise _TooLongError(f"a line of more than {MAX_LINE:,} characters")
        return line

    def begin_row(self) -> None:
        self.taken.clear()
        self.start = self._next

    def give_back_all_but_first(self) -> None:
        rest = self.taken[1:]
        self._back.extendleft(reversed(rest))
        self._next -= len(rest)

    def peek(self, count: int) -> list[str]:
        """Return the next lines, without consuming them."""
        while len(self._back) < count and (line := self._read()):
            self._back.append(line)
        return [line for line in self._back if line is not _ENDLESS]

    def _read(self) -> str:
        """Read a line; where the first holds line ends of Unicode, they end lines throughout."""
        if not self._pieces:
            line = self._read_line()
            if self._splits is None:
                self._splits = bool(_UNICODE_ENDS.search(line))
            if not self._splits or line is _ENDLESS:
                return line
            self._pieces.extend(f"{piece}\n" for piece in _UNICODE_ENDS.split(line) if piece)
        return self._pieces.popleft() if self._pieces else ""

    def _read_line(self) -> str:
        line = self._stream.readline(MAX_LINE)
        if len(line) < MAX_LINE or line.endswith(("\n", "\r")):
            return line
        while (more := self._stream.readline(MAX_LINE)) and not more.endswith(("\n", "\r")):
            pass
        return _ENDLESS


def read_csv(
    stream: TextIO,
    *,
    name: str,
    position: Callable[[], tuple[int, int]],
    sample: int,
    header: bool | None = None,
    named: Collection[str] = (),
) -> Table:
    """Begin to read delimited text.

    Args:
        stream: opened with ``newline=""``, so that every kind of line end is seen.
        name: for errors.
        position: see :class:`Table`.
        sample: see :class:`Table`.
        header: whether the first row holds headings; ``None`` finds out.
        named: columns that the user named, which are therefore headings.

    Raises:
        DataError: nothing in it, or a first row that cannot be the heading of a table.
        InputError: it is not clear whether the first row holds headings.
    """
    csv.field_size_limit(MAX_LINE)
    lines = _Lines(stream)
    declared = declared_delimiter(lines.peek(1))
    if declared:
        next(lines)
    delimiter = find_delimiter(lines.peek(SNIFFED), name, declared)
    rows = _split(lines, delimiter, name)
    line, first, problem = next(rows, (1, [], None))
    if problem is not None:
        raise DataError(
            problem.what, where=problem.where, why="the first row has to name the columns"
        )
    if not first:
        raise DataError("the file is empty", where=name, hint="write it again with its rows")
    found = None
    if header is None:
        below = sampled(lines.peek(_LOOKED_AT), delimiter)
        header = found = is_header(first, below, named=named)
    if header is None:
        cells = shorten(" | ".join(cell.strip() for cell in first), 200, placeholder=" …")
        raise InputError(
            f"line {line:,} may be a heading or a row: {cells}",
            where=name,
            why="a row taken for a heading would not be screened",
            hint="say which with --header or --no-header, and what is what with "
            "--map COLUMN=property",
        )
    headings = _headings(first) if header else _numbered(first)
    columns = tuple(dict.fromkeys(headings))
    warnings = list(warnings_of(headings))
    if not header:
        rows = chain([(line, first, None)], rows)
    if found is False:
        warnings.append(f"line {line:,} was taken for a row, not for headings (--header if it is)")
    layout = (
        f"{len(columns)} columns by {DELIMITERS.get(delimiter, delimiter)}"
        if len(columns) > 1
        else "1 column"
    )
    return Table(
        name=name,
        columns=columns,
        rows=_to_rows(rows, headings, name),
        position=position,
        sample=sample,
        facts=(layout,) if header else (layout, "no heading"),
        warnings=tuple(warnings),
    )


def _split(
    lines: _Lines, delimiter: str, name: str
) -> Iterator[tuple[int, list[str], DataError | None]]:
    """Yield ``(line, cells, problem)`` for every row that is not blank."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLongError) as error:
            first = lines.taken[0]
            lines.give_back_all_but_first()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            text = "" if first is _ENDLESS else first.rstrip("\r\n")
            yield lines.start, [text], _unsplittable(error, f"{name} line {lines.start:,}")
            continue
        if any(cell and not cell.isspace() for cell in cells):
            yield lines.start, cells, None


def _unsplittable(error: Exception, where: str) -> DataError:
    if isinstance(error, _TooLongError) and "line of" in str(error):
        return DataError(f"{error}: this is not a table", where=where)
    return DataError(
        "a quote that opens or closes in the wrong place",
        where=where,
        why="an unbalanced quote swallows every row up to the next one",
        hint="put quotes around the whole cell, and write a quote inside it twice",
    )


def _to_rows(
    rows: Iterator[tuple[int, list[str], DataError | None]], headings: tuple[str, ...], name: str
) -> Iterator[Row]:
    width = len(headings)
    repeated = len(set(headings)) < width
    for line, cells, problem in rows:
        if problem is None and len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        if problem is None:
            problem = _problem(line, cells, headings, name)
        if not repeated or problem is not None:
            yield Row(line, dict(zip(headings, cells, strict=False)), problem)
            continue
        joined = joined_cells(headings, cells)
        yield Row(line, joined, contradiction(joined, f"{name} line {line:,}"))


def _problem(line: int, cells: list[str], columns: tuple[str, ...], name: str) -> DataError | None:
    where = f"{name} line {line:,}"
    if len(cells) != len(columns):
        return DataError(
            f"{len(cells)} columns where the heading has {len(columns)}",
            where=where,
            why="values would land under the wrong heading",
        )
    for column, cell in zip(columns, cells, strict=True):
        if _DAMAGED.search(cell):
            return DataError(
                "a NUL byte" if "\0" in cell else "a byte that is not text in this encoding",
                where=f"{where}, column {column!r}",
                why="a damaged name is never found",
                hint="write the file again, or name its encoding with --encoding",
            )
    return None


def _headings(first: list[str]) -> tuple[str, ...]:
    return tuple(cell.strip() or f"column_{number}" for number, cell in enumerate(first, start=1))


def _numbered(first: list[str]) -> tuple[str, ...]:
    return tuple(f"column_{number}" for number in range(1, len(first) + 1))
