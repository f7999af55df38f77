"""The columns that screening adds to an Arrow table: one row of answers for each row of input.

``limen_answer`` is the answer as JSON, the same bytes that ``limen screen --format jsonl`` prints
after the input. The other columns are for queries: outcome, highest score, findings, reasons.
Nothing in them depends on where a row is in a table, so that tables may be cut at will.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from limen.batch.arrow.arrow_input import place_of
from limen.batch.output.flat_rows import ADDED, of_finding
from limen.batch.tally import Screened, outcome_of
from limen.model import Answer, InputError, LimenError

if TYPE_CHECKING:
    import pyarrow as pa

#: What a finding has, each with its column in the flat formats.
_FINDING = {
    column.removeprefix("limen_"): column
    for column in ADDED
    if column not in ("limen_outcome", "limen_reasons")
}
_NUMBERS = frozenset({"score"})
ERROR = ("what", "where", "why", "hint")


def added_fields() -> list[pa.Field]:
    """Return the fields that are added, in their order."""
    import pyarrow as pa

    text, texts = pa.string(), pa.list_(pa.string())
    finding = pa.struct([(name, pa.float64() if name in _NUMBERS else text) for name in _FINDING])
    return [
        pa.field("limen_outcome", text),
        pa.field("limen_score", pa.float64()),
        pa.field("limen_findings", pa.list_(finding)),
        pa.field("limen_reasons", texts),
        pa.field("limen_notices", texts),
        error_field(),
        pa.field("limen_answer", text),
    ]


def error_field() -> pa.Field:
    """Return the field with what, where, why and hint of a row that was refused."""
    import pyarrow as pa

    return pa.field("limen_error", pa.struct([(part, pa.string()) for part in ERROR]))


def output_schema(schema: pa.Schema, added: Sequence[pa.Field]) -> pa.Schema:
    """Return a schema with fields added.

    Raises:
        InputError: the table has a column of that name.
    """
    for field in added:
        if field.name in schema.names:
            raise InputError(
                f"the table has a column {field.name!r} of its own",
                where="table",
                why="it would be there twice",
                hint="rename or drop it; a table that was screened has it already",
            )
        schema = schema.append(field)
    return schema


def appended(
    part: pa.RecordBatch, schema: pa.Schema, records: Sequence[dict[str, Any]]
) -> pa.RecordBatch:
    """Return a batch with a record a row added; its own columns are not copied."""
    import pyarrow as pa

    added = list(schema)[part.num_columns :]
    columns = [pa.array([record[field.name] for record in records], field.type) for field in added]
    return pa.RecordBatch.from_arrays([*part.columns, *columns], schema=schema)


def record_of(screened: Screened) -> dict[str, Any]:
    """Return what is added to the row of an answer, or of a refusal."""
    answer = screened.answer
    notices = [notice.message for notice in screened.notices]
    record: dict[str, Any] = {
        "limen_outcome": outcome_of(answer),
        "limen_score": None,
        "limen_findings": [],
        "limen_reasons": [],
        "limen_notices": notices,
        "limen_error": None,
        "limen_answer": None,
    }
    if answer is None:
        if screened.refused is not None:
            place = place_of(screened.file, screened.row.line)
            record["limen_error"] = error_record(screened.refused, place)
        return record
    return record | _of_answer(answer, notices)


def _of_answer(answer: Answer, notices: Sequence[str]) -> dict[str, Any]:
    findings = [of_finding(finding) for finding in answer.findings]
    return {
        "limen_score": max((finding["limen_score"] for finding in findings), default=None),
        "limen_findings": [
            {name: finding.get(column) for name, column in _FINDING.items()} for finding in findings
        ],
        "limen_reasons": list(answer.reasons),
        "limen_notices": [*notices, *(notice.message for notice in answer.notices)],
        "limen_answer": msgspec.json.encode(answer.to_dict()).decode(),
    }


def error_record(error: LimenError, place: str) -> dict[str, str]:
    """Return the parts of an error, without the place of its row: the row is next to it."""
    parts = {part: str(getattr(error, part)) for part in ERROR}
    return parts | {"where": error.where.removeprefix(place).lstrip(":, ")}
