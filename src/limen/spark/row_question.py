"""The question about every row of a DataFrame, settled by the driver and carried to workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from limen.batch.arrow.answer_columns import appended
from limen.batch.arrow.arrow_input import ArrowRows, fields_with
from limen.batch.tables.table import Row
from limen.engine import Engine

if TYPE_CHECKING:
    import pyarrow as pa


class RowQuestion(Protocol):
    """A question with the same answer for a row wherever the row is; it can be pickled."""

    def added(self) -> list[pa.Field]:
        """Return the columns that answers add."""
        ...

    def answer(
        self, engine: Engine, batches: Iterable[pa.RecordBatch], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Yield every row once, in order, with its answer; ``schema`` is of what is yielded."""
        ...


def answer_parts(
    batches: Iterable[pa.RecordBatch],
    schema: pa.Schema,
    columns: Iterable[str],
    records: Callable[[Sequence[Row]], Sequence[dict[str, Any]]],
) -> Iterator[pa.RecordBatch]:
    """Yield batches with a record a row added.

    Args:
        batches: of one schema.
        schema: of what is yielded.
        columns: those that are read.
        records: returns a record for each of some rows, in their order.
    """
    source = ArrowRows(batches, fields_with(schema, list(columns)))
    rows: list[Row] = []
    for row in source.rows():
        rows.append(row)
        if len(rows) == source.waiting:
            yield appended(source.next_part(), schema, records(rows))
            rows = []
