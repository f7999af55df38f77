"""Read tables of any library that speaks Arrow: as a stream of record batches, without a copy."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from limen.batch.tables.arrow_rows import arrow_row
from limen.batch.tables.table import SAMPLE_ROWS, Row
from limen.model import DataError, InputError

if TYPE_CHECKING:
    import pyarrow as pa

#: The name of a table in errors: it has no file.
TABLE = "table"
#: Rows that are read, screened and given back in one go: few, so that memory stays flat.
_PART = 1_024


def open_reader(table: Any) -> pa.RecordBatchReader:
    """Return the record batches of a table.

    Args:
        table: a pyarrow ``Table``, ``RecordBatch`` or ``RecordBatchReader``, or what has the Arrow
            C stream interface: a DataFrame of polars or pandas, a relation of DuckDB.

    Raises:
        InputError: it is none of these, or pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise InputError(
            "Arrow tables need pyarrow", where=TABLE, hint="pip install 'limen[batch]'"
        ) from error
    if isinstance(table, pa.RecordBatchReader):
        return table
    if isinstance(table, pa.RecordBatch) or hasattr(table, "__arrow_c_array__"):
        table = pa.table(table)
    if not hasattr(table, "__arrow_c_stream__"):
        raise InputError(
            f"{type(table).__name__} is no Arrow table",
            where=TABLE,
            hint="give a pyarrow Table or RecordBatchReader, or a DataFrame of polars, pandas or "
            "DuckDB; engine.screen_many takes an iterable of parties",
        )
    return pa.RecordBatchReader.from_stream(table)


def sampled_batches(
    batches: Iterable[pa.RecordBatch],
) -> tuple[list[Row], Iterator[pa.RecordBatch]]:
    """Return the first rows, which show what the columns hold, and all batches."""
    source = iter(batches)
    taken: list[pa.RecordBatch] = []
    sample: list[Row] = []
    for batch in source:
        taken.append(batch)
        sample.extend(rows_of(batch.slice(0, SAMPLE_ROWS - len(sample)), len(sample)))
        if len(sample) >= SAMPLE_ROWS:
            break
    return sample, chain(taken, source)


class ArrowRows:
    """Reads batches as rows, and holds the parts of batches that they came from.

    Args:
        batches: record batches of one schema.
        read: the columns that are read; the others are passed through.
    """

    def __init__(self, batches: Iterable[pa.RecordBatch], read: Sequence[str]) -> None:
        self._batches = batches
        self._read = read
        self._parts: deque[pa.RecordBatch] = deque()
        self.count = 0

    def rows(self) -> Iterator[Row]:
        """Yield every row, once."""
        for part in parts_of(self._batches):
            self._parts.append(part)
            for row in rows_of(part.select(self._read), self.count):
                self.count += 1
                yield row

    @property
    def waiting(self) -> int:
        """Return how many rows the next part has."""
        return int(self._parts[0].num_rows)

    def next_part(self) -> pa.RecordBatch:
        """Return the part of a batch with the next rows that were yielded."""
        return self._parts.popleft()


def parts_of(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield batches in parts of a thousand rows; an empty batch has none."""
    for batch in batches:
        for start in range(0, batch.num_rows, _PART):
            yield batch.slice(start, _PART)


def fields_with(schema: pa.Schema, columns: Sequence[str]) -> list[str]:
    """Return the fields of a schema that are some columns, or structs with some of them."""
    return [
        field
        for field in schema.names
        if any(column == field or column.startswith(f"{field}.") for column in columns)
    ]


def rows_of(batch: pa.RecordBatch, before: int) -> Iterator[Row]:
    """Yield the rows of a batch, with ``before`` others before it; an unreadable one is refused."""
    for number, values in enumerate(_values(batch), start=before + 1):
        where = place_of(TABLE, number)
        if isinstance(values, DataError):
            values.where = where
            yield Row(number, {}, values)
        else:
            yield arrow_row(number, values, where)


def place_of(table: str, number: int) -> str:
    """Return the place of a row, as errors have it."""
    return f"{table} line {number:,}"


def _values(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | DataError]:
    """Yield the values of each row; where a batch cannot be read, row by row."""
    import pyarrow as pa

    broken = (pa.ArrowException, ValueError, OverflowError)
    values: list[dict[str, Any] | DataError] = []
    try:
        values = batch.to_pylist()
    except broken as error:
        if batch.num_rows == 1:
            values = [_unreadable(error)]
        else:
            for at in range(batch.num_rows):
                values.extend(_values(batch.slice(at, 1)))
    yield from values


def _unreadable(error: Exception) -> DataError:
    return DataError(
        f"a value that cannot be read: {error}",
        why="a damaged name is never found",
        hint="text must be UTF-8, and dates within the years 1 to 9999",
    )
