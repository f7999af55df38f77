"""Screen the parties of a DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from limen.batch.arrow.answer_columns import added_fields
from limen.batch.arrow.screen_batches import screen_batches
from limen.batch.row_party import Columns
from limen.batch.screen_arguments import ScreenArguments
from limen.engine import Engine

if TYPE_CHECKING:
    import pyarrow as pa


class PartyRows(msgspec.Struct, frozen=True):
    """The question about parties: what the columns mean, and how each party is screened."""

    columns: Columns
    arguments: ScreenArguments

    def added(self) -> list[pa.Field]:
        """Return the columns that answers add."""
        return added_fields()

    def answer(
        self, engine: Engine, batches: Iterable[pa.RecordBatch], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Yield every row once, in order, with its answer."""
        yield from screen_batches(engine, batches, schema, self.columns, self.arguments)
