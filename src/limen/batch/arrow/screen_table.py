"""Screen an Arrow table: every row comes out in its place, with its answer or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from limen.batch.arrow.answer_columns import added_fields, output_schema
from limen.batch.arrow.arrow_input import TABLE, open_reader, sampled_batches
from limen.batch.arrow.screen_batches import screen_batches
from limen.batch.columns.dates import Order
from limen.batch.columns.mapping import Wishes, map_columns, parse_wish
from limen.batch.row_party import Columns
from limen.batch.screen_arguments import ScreenArguments
from limen.batch.tables.arrow_rows import arrow_columns
from limen.batch.tables.table import Row
from limen.model import InputError
from limen.screening.parties import PartyScreen

if TYPE_CHECKING:
    import pyarrow as pa


def screen_table(
    engine: PartyScreen,
    table: Any,
    arguments: ScreenArguments,
    wishes: Wishes,
    *,
    processes: int = 1,
) -> pa.RecordBatchReader:
    """Screen the rows of a table as they are read; its columns are mapped as those of a file.

    Args:
        engine: what screens parties.
        table: see :func:`limen.batch.arrow.arrow_input.open_reader`.
        arguments: the question about every row; its instants are settled.
        wishes: what the columns are, where it is not to be found out.
        processes: how many answer rows; with one it is this process.

    Raises:
        InputError: no table, a column that does not exist, or no column with a name or number.
        DataError: a column of a type that cannot be read as text.
    """
    import pyarrow as pa

    reader = open_reader(table)
    schema = output_schema(reader.schema, added_fields())
    sample, batches = sampled_batches(reader)
    columns = columns_of(reader.schema, sample, wishes)
    if processes == 1:
        answers = screen_batches(engine, batches, schema, columns, arguments)
    else:
        from limen.batch.arrow.table_processes import TableJob, screen_in_processes

        job = TableJob(engine.snapshot.folder, engine.now(), schema, columns, arguments)
        answers = screen_in_processes(job, batches, processes)
    return pa.RecordBatchReader.from_batches(schema, answers)


def wishes_of(
    columns: Mapping[str, str] | None, schema: str | None, date_order: Order | None
) -> Wishes:
    """Return what a caller decided about the columns.

    Raises:
        InputError: a property that does not exist.
    """
    targets: dict[str, str] = {}
    for column, target in (columns or {}).items():
        try:
            targets |= dict([parse_wish(f"{column}={target}")])
        except InputError as error:
            raise _in_python(error) from error
    return Wishes(targets, date_order, schema)


def columns_of(schema: pa.Schema, sample: Sequence[Row], wishes: Wishes) -> Columns:
    """Return what the columns of a table are used as.

    Raises:
        InputError: a column that does not exist, or no column with a name or number.
        DataError: a column of a type that cannot be read as text.
    """
    try:
        return map_columns(TABLE, arrow_columns(schema, TABLE), sample, wishes)
    except InputError as error:
        raise _in_python(error) from error


def _in_python(error: InputError) -> InputError:
    """Return an error of the mapping, worded for the arguments of a function."""
    error.where = error.where.replace("--map", "columns").replace("--schema", "schema")
    if "--map" in error.hint:
        error.hint = (
            'columns={"COLUMN": "name"} says what a column is, {"COLUMN": ""} leaves it out'
        )
    error.hint = error.hint.replace("--date-order dmy", 'date_order="dmy"')
    error.hint = error.hint.replace("--date-order mdy", 'date_order="mdy"')
    return error
