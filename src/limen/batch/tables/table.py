"""A portfolio as rows: what every reader yields, whatever the file's format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

import msgspec

from limen.model import LimenError, Notice

#: Rows read before the columns are mapped: of a file, and of a pipe, where the next row may
#: take long to come.
SAMPLE_ROWS = 10_000
SAMPLE_ROWS_OF_A_PIPE = 200

#: No line of a portfolio is longer; a file without line ends is not a table.
MAX_LINE = 8 << 20


class Row(msgspec.Struct, frozen=True):
    """Represents one row as read.

    Attributes:
        line: the line of the file it begins on, or its number where the format has no lines.
        cells: column -> value as read; text in CSV, any JSON value elsewhere.
        problem: why the row cannot be used; its cells are then what could be had of it.
        notices: what was odd about it.
    """

    line: int
    cells: Mapping[str, Any]
    problem: LimenError | None = None
    notices: tuple[Notice, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """Represents a portfolio that is being read.

    Attributes:
        name: the file's name, for errors and output; never a machine path.
        columns: headings in file order.
        rows: every row, once.
        position: how far the reading is and how far it goes, in one unit; the second is 0
            where it is unknown (a pipe).
        sample: how many rows to look at before the columns are mapped.
        facts: how the file was read (``"Windows-1252"``, ``"semicolons"``), for the user.
        warnings: what the user ought to check.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterator[Row]
    position: Callable[[], tuple[int, int]]
    sample: int = SAMPLE_ROWS
    facts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def peek(rows: Iterator[Row], count: int) -> tuple[list[Row], Iterator[Row]]:
    """Return the first rows, and an iterator that still begins with them."""
    sample = list(islice(rows, count))
    return sample, chain(sample, rows)


def sampled(table: Table) -> tuple[list[Row], Table]:
    """Return the rows that show what the columns hold, and the table, which still has them.

    Its position is that of the rows taken from it: the ones read ahead do not count, or a file
    that is shorter than the sample would be done before its first row is.
    """
    sample, rows = peek(table.rows, table.sample)
    taken = _Counted(rows)

    def position() -> tuple[int, int]:
        done, total = table.position()
        read = max(len(sample), taken.count)
        return (done * taken.count // read if read else done), total

    return sample, msgspec.structs.replace(table, rows=taken, position=position)


class _Counted(Iterator[Row]):
    """Counts the rows that are taken."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __next__(self) -> Row:
        row = next(self._rows)
        self.count += 1
        return row
