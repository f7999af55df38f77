"""Encode screened transactions: JSON lines, one JSON document, CSV, Parquet.

JSON carries the whole answer. The flat formats have one row a finding, or one where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import msgspec

from limen.batch.output.flat_rows import of_finding
from limen.batch.output.writers import ParquetRows
from limen.batch.payments.screened_payment import ScreenedPayment
from limen.payment_screening.payment_answer import SCHEMA_VERSION
from limen.util.csv_text import csv_lines

#: Columns of the flat formats; those of findings are the same as for portfolios.
COLUMNS = (
    "file", "message", "kind", "transaction", "references", "amount", "currency", "date",
    "decision", "decision_then", "outcome", "reasons", "path", "role", "element", "text",
    "limen_kind", "limen_level", "limen_score", "limen_party_id", "limen_caption", "limen_list",
    "limen_programmes", "limen_acts", "limen_applied_from", "limen_why", "limen_territory",
    "limen_measure",
)  # fmt: skip
_NUMBERS = frozenset({"message", "transaction", "limen_score"})


class PaymentEncoder(Protocol):
    """Turns transactions into bytes, one after the other."""

    resumable: bool

    def head(self) -> bytes: ...
    def row(self, screened: ScreenedPayment) -> bytes: ...
    def tail(self) -> bytes: ...


class PaymentLines:
    """One object a transaction."""

    resumable = True

    def head(self) -> bytes:
        return b""

    def row(self, screened: ScreenedPayment) -> bytes:
        return msgspec.json.encode(to_wire(screened)) + b"\n"

    def tail(self) -> bytes:
        return b""


class PaymentArray:
    """One document: an array of objects, one a transaction."""

    resumable = False

    def __init__(self) -> None:
        self._first = True

    def head(self) -> bytes:
        return b"[\n"

    def row(self, screened: ScreenedPayment) -> bytes:
        comma, self._first = b"" if self._first else b",\n", False
        return comma + msgspec.json.encode(to_wire(screened))

    def tail(self) -> bytes:
        return b"\n]\n"


class PaymentCsv:
    """UTF-8 and commas; with ``raw`` formulas stay as they are."""

    resumable = True

    def __init__(self, *, raw: bool) -> None:
        self._raw = raw

    def head(self) -> bytes:
        return csv_lines([COLUMNS], raw=self._raw)

    def row(self, screened: ScreenedPayment) -> bytes:
        rows = ([record[name] for name in COLUMNS] for record in _records(screened))
        return csv_lines(rows, raw=self._raw)

    def tail(self) -> bytes:
        return b""


class PaymentParquet:
    """All columns text but the numbers of messages and transactions, and the score."""

    resumable = False

    def __init__(self) -> None:
        self._rows = ParquetRows(COLUMNS, _NUMBERS)

    def head(self) -> bytes:
        return b""

    def row(self, screened: ScreenedPayment) -> bytes:
        for record in _records(screened):
            self._rows.add({**record, "limen_score": record["limen_score"] or None})
        return self._rows.ready()

    def tail(self) -> bytes:
        return self._rows.end()


def encoder_for(output_format: str) -> PaymentEncoder:
    """Return the encoder of a format.

    Raises:
        InputError: pyarrow is missing.
    """
    if output_format == "jsonl":
        return PaymentLines()
    if output_format == "json":
        return PaymentArray()
    if output_format == "parquet":
        return PaymentParquet()
    return PaymentCsv(raw=output_format == "csv-raw")


def to_wire(screened: ScreenedPayment) -> dict[str, Any]:
    """Return the transaction for JSON: its file, and its answer."""
    wire: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "file": screened.file}
    if screened.then is not None:
        wire["decision_then"] = screened.then
    return wire | msgspec.structs.asdict(screened.answer)


def _records(screened: ScreenedPayment) -> Iterator[dict[str, Any]]:
    """Yield a record for each finding of each element, or one record without."""
    answer = screened.answer
    blank: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    blank |= {
        "file": screened.file,
        "message": answer.message,
        "kind": answer.kind,
        "transaction": answer.position,
        "references": "; ".join(f"{name} {text}" for name, text in answer.references.items()),
        "amount": answer.amount,
        "currency": answer.currency,
        "date": answer.date,
        "decision": answer.decision,
        "decision_then": screened.then or "",
        "outcome": answer.outcome,
        "reasons": "; ".join(answer.reasons),
    }
    if not answer.findings:
        yield blank
    for element in answer.elements:
        own = {"path": element.path, "role": element.role, "element": element.kind,
               "text": element.text}  # fmt: skip
        for finding in element.findings:
            of = of_finding(finding)
            yield blank | own | {name: of[name] for name in of if name in COLUMNS}
