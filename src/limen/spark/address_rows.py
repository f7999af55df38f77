"""Locate the addresses of a DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from limen.batch.arrow.answer_columns import error_field, error_record
from limen.batch.arrow.arrow_input import TABLE, place_of
from limen.batch.columns.address_fields import address_of
from limen.batch.tables.table import Row
from limen.engine import Engine
from limen.model import LimenError
from limen.spark.row_question import answer_parts

if TYPE_CHECKING:
    import pyarrow as pa

#: Of the verdicts of several authorities, the first of these that one has.
_GRAVEST_FIRST = ("inside", "cannot_say", "outside")


class AddressRows(msgspec.Struct, frozen=True):
    """The question about addresses: column -> field of an address, and the arguments of locate."""

    fields: dict[str, str]
    as_of: str
    known_at: str
    country: str | None = None
    authorities: tuple[str, ...] = ()

    def added(self) -> list[pa.Field]:
        """Return the columns that locations add."""
        import pyarrow as pa

        verdict = pa.struct([("authority", pa.string()), ("outcome", pa.string())])
        return [
            pa.field("limen_outcome", pa.string()),
            pa.field("limen_verdicts", pa.list_(verdict)),
            error_field(),
            pa.field("limen_answer", pa.string()),
        ]

    def answer(
        self, engine: Engine, batches: Iterable[pa.RecordBatch], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Yield every row once, in order, with its location."""

        def record(row: Row) -> dict[str, Any]:
            try:
                return self._located(engine, row)
            except LimenError as error:
                return {
                    "limen_outcome": "refused",
                    "limen_verdicts": [],
                    "limen_error": error_record(error, place_of(TABLE, row.line)),
                    "limen_answer": None,
                }

        def records(rows: Sequence[Row]) -> list[dict[str, Any]]:
            return [record(row) for row in rows]

        yield from answer_parts(batches, schema, self.fields, records)

    def _located(self, engine: Engine, row: Row) -> dict[str, Any]:
        if row.problem is not None:
            raise row.problem
        location = engine.locate(
            address_of(row.cells, self.fields),
            country=self.country,
            as_of=self.as_of,
            known_at=self.known_at,
            authorities=self.authorities,
        )
        outcomes = {verdict.outcome for verdict in location.verdicts}
        return {
            "limen_outcome": next(each for each in _GRAVEST_FIRST if each in outcomes),
            "limen_verdicts": [
                {"authority": verdict.authority, "outcome": verdict.outcome}
                for verdict in location.verdicts
            ],
            "limen_error": None,
            "limen_answer": msgspec.json.encode(location.to_dict()).decode(),
        }
