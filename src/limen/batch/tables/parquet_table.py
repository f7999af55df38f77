"""Read Parquet as rows, in batches, values as text or lists of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from limen.batch.tables.table import Row, Table
from limen.model import DataError, InputError

_BATCH = 4_096


def read_parquet(stream: BinaryIO, *, name: str) -> Table:
    """Begin to read a Parquet file. The position counts rows.

    Raises:
        InputError: pyarrow is not installed, or the input is a pipe.
        DataError: not Parquet, or damaged.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise InputError(
            "Parquet needs pyarrow", where=name, hint="pip install 'limen[batch]'"
        ) from error
    if not stream.seekable():
        raise InputError("Parquet cannot be read from a pipe", where=name, hint="give the file")
    try:
        file = parquet.ParquetFile(stream)
    except (pa.ArrowException, OSError) as error:
        raise DataError(f"not Parquet, or damaged: {error}", where=name) from error
    columns = tuple(file.schema_arrow.names)
    twice = [column for column in columns if columns.count(column) > 1]
    if twice:
        raise DataError(f"the column {twice[0]!r} is there twice", where=name)
    total = file.metadata.num_rows
    read = _Counter()
    return Table(
        name=name,
        columns=columns,
        rows=_rows(file, read, name, pa.ArrowException),
        position=lambda: (read.rows, total),
        facts=("Parquet", f"{total:,} rows"),
    )


class _Counter:
    rows = 0


def _rows(file: Any, read: _Counter, name: str, broken: type[Exception]) -> Iterator[Row]:
    try:
        for batch in file.iter_batches(batch_size=_BATCH):
            for values in batch.to_pylist():
                read.rows += 1
                yield Row(read.rows, {key: _plain(value) for key, value in values.items()})
    except broken as error:
        raise DataError(
            f"damaged after row {read.rows:,}: {error}",
            where=name,
            why="the rows after this point would not be screened",
        ) from error


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)
