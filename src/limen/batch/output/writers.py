"""Encode screened rows: JSON lines, one JSON document, CSV, Parquet.

JSON carries the whole Answer. The flat formats carry the input's own columns next to those of the
findings: one row a finding, or one row where there is none. Every input row is in every output.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, Protocol

import msgspec

from limen.batch.output.flat_rows import ADDED, to_flat
from limen.batch.tables.table import Row
from limen.batch.tally import Screened
from limen.model import Answer, DataError, InputError
from limen.util.csv_text import csv_lines

#: ``csv`` has every formula as text (limen.util.csv_text), ``csv-raw`` every cell as it is.
Format = Literal["json", "jsonl", "csv", "csv-raw", "parquet"]

_ROW_GROUP = 10_000


class Encoder(Protocol):
    """Turns rows into bytes, one after the other.

    ``resumable`` says whether the bytes of some rows can be cut off and gone on from.
    """

    resumable: bool

    def head(self) -> bytes: ...
    def row(self, screened: Screened) -> bytes: ...
    def tail(self) -> bytes: ...


def encoder_for(output_format: Format, columns: Sequence[str], *, single: bool = False) -> Encoder:
    """Return the encoder of a format.

    Args:
        output_format: the format.
        columns: headings of the input, in order; only the flat formats print them.
        single: there is one answer, so that JSON is an object and not an array.

    Raises:
        InputError: a heading of the input is one of those added, or pyarrow is missing.
    """
    if output_format == "jsonl":
        return JsonLines()
    if output_format == "json":
        return JsonObject() if single else JsonArray()
    taken = [column for column in columns if column in ADDED]
    if taken:
        raise InputError(
            f"the input has a column {taken[0]!r} of its own",
            where=f"--format {output_format}",
            why="it would be overwritten",
            hint="rename or drop it, or take --format jsonl",
        )
    if output_format == "parquet":
        return Parquet(columns)
    return Csv(columns, raw=output_format == "csv-raw")


class JsonLines:
    """One object a row."""

    resumable = True

    def head(self) -> bytes:
        return b""

    def row(self, screened: Screened) -> bytes:
        return msgspec.json.encode(to_wire(screened)) + b"\n"

    def tail(self) -> bytes:
        return b""


class JsonArray:
    """One document: an array of objects, one a row."""

    resumable = False

    def __init__(self) -> None:
        self._first = True

    def head(self) -> bytes:
        return b"[\n"

    def row(self, screened: Screened) -> bytes:
        comma, self._first = b"" if self._first else b",\n", False
        return comma + msgspec.json.encode(to_wire(screened))

    def tail(self) -> bytes:
        return b"\n]\n"


class JsonObject:
    """One document: the one answer, indented for reading."""

    resumable = False

    def head(self) -> bytes:
        return b""

    def row(self, screened: Screened) -> bytes:
        return msgspec.json.format(msgspec.json.encode(to_wire(screened)), indent=2) + b"\n"

    def tail(self) -> bytes:
        return b""


class Csv:
    """UTF-8, commas, the input's columns first."""

    resumable = True

    def __init__(self, columns: Sequence[str], *, raw: bool) -> None:
        self._columns = tuple(columns)
        self._raw = raw

    def head(self) -> bytes:
        return csv_lines([(*self._columns, *ADDED)], raw=self._raw)

    def row(self, screened: Screened) -> bytes:
        cells = _input_cells(screened, self._columns)
        records = ((*cells, *(record[name] for name in ADDED)) for record in to_flat(screened))
        return csv_lines(records, raw=self._raw)

    def tail(self) -> bytes:
        return b""


class ParquetRows:
    """Represents a Parquet file that grows, in row groups of ten thousand records.

    Args:
        names: the columns, in order.
        numbers: those that hold numbers; all others hold text.

    Raises:
        InputError: pyarrow is not installed.
    """

    def __init__(self, names: Sequence[str], numbers: Collection[str]) -> None:
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError as error:
            raise InputError(
                "Parquet needs pyarrow", where="--format", hint="pip install 'limen[batch]'"
            ) from error
        self._schema = pa.schema(
            [(name, pa.float64() if name in numbers else pa.string()) for name in names]
        )
        self._table = pa.Table
        self._bytes = io.BytesIO()
        self._writer = parquet.ParquetWriter(self._bytes, self._schema)
        self._records: list[dict[str, Any]] = []
        self._given = 0

    def add(self, record: dict[str, Any]) -> None:
        """Add a record."""
        self._records.append(record)

    def ready(self) -> bytes:
        """Return the bytes of the next row group, once it is full."""
        return self._flush() if len(self._records) >= _ROW_GROUP else b""

    def end(self) -> bytes:
        """Return the bytes of what is left, and of the file's end."""
        written = self._flush() if self._records else b""
        self._writer.close()
        return written + self._drain()

    def _flush(self) -> bytes:
        self._writer.write_table(self._table.from_pylist(self._records, schema=self._schema))
        self._records.clear()
        return self._drain()

    def _drain(self) -> bytes:
        written = self._bytes.getvalue()[self._given :]
        self._given += len(written)
        return written


class Parquet:
    """All columns text but the score; see :class:`ParquetRows`."""

    resumable = False

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = tuple(columns)
        self._rows = ParquetRows((*self._columns, *ADDED), {"limen_score"})

    def head(self) -> bytes:
        return b""

    def row(self, screened: Screened) -> bytes:
        cells = dict(zip(self._columns, _input_cells(screened, self._columns), strict=True))
        for record in to_flat(screened):
            self._rows.add({**cells, **record, "limen_score": record["limen_score"] or None})
        return self._rows.ready()

    def tail(self) -> bytes:
        return self._rows.end()


def to_wire(screened: Screened) -> dict[str, Any]:
    """Return the row for JSON: its input, and the Answer or the refusal."""
    wire: dict[str, Any] = {}
    if screened.file:
        wire["input"] = {
            "file": screened.file,
            "line": screened.row.line,
            "columns": screened.row.cells,
            "notices": [notice.to_dict() for notice in screened.notices],
        }
    if screened.answer is not None:
        return wire | screened.answer.to_dict()
    error = screened.refused
    parts = ("what", "where", "why", "hint")
    refusal = {part: getattr(error, part) for part in parts} if error else {}
    return wire | {"outcome": "refused", "error": refusal}


def answered(answer: Answer, number: int, cells: Mapping[str, Any]) -> Screened:
    """Wrap an answer about a party that comes from no file."""
    return Screened("", Row(number, cells), answer)


def _input_cells(screened: Screened, columns: Sequence[str]) -> list[str]:
    """Return the input's cells under its headings.

    Raises:
        DataError: a key that came after the headings were written.
    """
    late = screened.row.cells.keys() - columns
    if late:
        raise DataError(
            f"the key {min(late)!r} first appears here, after the headings were written",
            where=f"{screened.file} line {screened.row.line:,}",
            why="its values would be lost",
            hint="take --format jsonl",
        )
    return [_cell(screened.row.cells.get(column)) for column in columns]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return msgspec.json.encode(value).decode()
