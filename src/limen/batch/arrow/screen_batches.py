"""Screen record batches as they come, in one process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from limen.batch.arrow.answer_columns import appended, record_of
from limen.batch.arrow.arrow_input import TABLE, ArrowRows, fields_with
from limen.batch.row_party import Columns
from limen.batch.run import Portfolio, screen_portfolio
from limen.batch.screen_arguments import ScreenArguments
from limen.batch.tables.table import Table
from limen.screening.parties import PartyScreen

if TYPE_CHECKING:
    import pyarrow as pa


def screen_batches(
    engine: PartyScreen,
    batches: Iterable[pa.RecordBatch],
    schema: pa.Schema,
    columns: Columns,
    arguments: ScreenArguments,
) -> Iterator[pa.RecordBatch]:
    """Yield batches with the columns that are added; the schema is that of what is yielded."""
    used = [column.name for column in columns.columns if column.target]
    source = ArrowRows(batches, fields_with(schema, used))
    names = tuple(column.name for column in columns.columns)
    table = Table(TABLE, names, source.rows(), position=lambda: (source.count, 0))
    results = screen_portfolio(engine, Portfolio(table, columns), arguments)
    for first in results:
        part = source.next_part()
        rest = islice(results, part.num_rows - 1)
        records = [record_of(first), *map(record_of, rest)]
        yield appended(part, schema, records)
