"""Screen the payment messages of a DataFrame, one message or file of messages a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from limen.batch.arrow.answer_columns import error_field, error_record
from limen.batch.arrow.arrow_input import TABLE, place_of
from limen.batch.tables.table import Row
from limen.engine import Engine
from limen.model import DataError, LimenError
from limen.payment_screening import Policy
from limen.spark.row_question import answer_parts

if TYPE_CHECKING:
    import pyarrow as pa


class MessageRows(msgspec.Struct, frozen=True):
    """The question about payment messages: their column, and the arguments of screen_payment."""

    column: str
    policy: Policy
    channel: str | None
    as_of: str
    known_at: str | None = None
    allow_stale: tuple[str, ...] = ()
    ownership: Any = None

    def added(self) -> list[pa.Field]:
        """Return the columns that decisions add; ``limen_transactions`` has JSON, one each."""
        import pyarrow as pa

        return [
            pa.field("limen_decision", pa.string()),
            pa.field("limen_transactions", pa.list_(pa.string())),
            error_field(),
        ]

    def answer(
        self, engine: Engine, batches: Iterable[pa.RecordBatch], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Yield every row once, in order, with its decision; what cannot be read is a hold."""

        def record(row: Row) -> dict[str, Any]:
            try:
                return self._decided(engine, row)
            except LimenError as error:
                return {
                    "limen_decision": "hold",
                    "limen_transactions": [],
                    "limen_error": error_record(error, place_of(TABLE, row.line)),
                }

        def records(rows: Sequence[Row]) -> list[dict[str, Any]]:
            return [record(row) for row in rows]

        yield from answer_parts(batches, schema, [self.column], records)

    def _decided(self, engine: Engine, row: Row) -> dict[str, Any]:
        if row.problem is not None:
            raise row.problem
        message = row.cells[self.column]
        if not message:
            raise DataError(
                "there is no message", where=f"column {self.column!r}",
                why="nothing can be decided about it",
            )  # fmt: skip
        answer = engine.screen_payment(
            message,
            channel=self.channel,
            policy=self.policy,
            as_of=self.as_of,
            known_at=self.known_at,
            allow_stale=self.allow_stale,
            ownership=self.ownership,
        )
        transactions = [msgspec.json.encode(each.to_dict()) for each in answer.transactions]
        return {
            "limen_decision": answer.decision,
            "limen_transactions": [each.decode() for each in transactions],
            "limen_error": None,
        }
