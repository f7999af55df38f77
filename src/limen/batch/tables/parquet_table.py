"""Read Parquet as rows, in batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from limen.batch.tables.arrow_rows import arrow_columns, arrow_row
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
        schema = file.schema_arrow
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise DataError(f"not Parquet, or damaged: {error}", where=name) from error
    columns = arrow_columns(schema, name)
    total = file.metadata.num_rows
    read = _Counter()
    return Table(
        name=name,
        columns=columns,
        rows=_rows(file, read, name, (pa.ArrowException, OSError, ValueError, OverflowError)),
        position=lambda: (read.rows, total),
        facts=("Parquet", f"{total:,} rows"),
    )


class _Counter:
    rows = 0


def _rows(
    file: Any, read: _Counter, name: str, broken: tuple[type[Exception], ...]
) -> Iterator[Row]:
    try:
        for batch in file.iter_batches(batch_size=_BATCH):
            for values in batch.to_pylist():
                read.rows += 1
                yield arrow_row(read.rows, values, f"{name} row {read.rows:,}")
    except broken as error:
        raise DataError(
            f"damaged after row {read.rows:,}: {error}",
            where=name,
            why="the rows after this point would not be screened",
        ) from error
