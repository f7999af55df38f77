"""Write results that are not answers: as text for a terminal, or as JSON, CSV and Parquet."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from limen.cli.destination import write_result
from limen.model import InputError
from limen.util.csv_text import csv_lines

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Records:
    """Represents a result in its three shapes.

    Attributes:
        text: lines for people.
        wire: objects for JSON.
        flat: the same in columns, for CSV and Parquet; values are texts and numbers.
    """

    text: Sequence[str]
    wire: Sequence[Any]
    flat: Sequence[Record]


def write_records(records: Records, output_format: str, output: Path | None) -> None:
    """Write a result to a file or to standard output.

    Raises:
        InputError: the file cannot be written.
    """
    write_result(_encoded(records, output_format), output)


def _encoded(records: Records, output_format: str) -> bytes:
    if output_format == "table":
        return "".join(f"{line}\n" for line in records.text).encode("utf-8", errors="replace")
    if output_format == "jsonl":
        return b"".join(msgspec.json.encode(each) + b"\n" for each in records.wire)
    if output_format == "json":
        return msgspec.json.format(msgspec.json.encode(records.wire), indent=2) + b"\n"
    if output_format == "parquet":
        return _parquet(records.flat)
    return _csv(records.flat, raw=output_format == "csv-raw")


def _csv(rows: Sequence[Record], *, raw: bool) -> bytes:
    if not rows:
        return b""
    names = list(rows[0])
    return csv_lines([names, *([row[name] for name in names] for row in rows)], raw=raw)


def _parquet(rows: Sequence[Record]) -> bytes:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise InputError(
            "Parquet needs pyarrow", where="--format", hint="pip install 'limen[batch]'"
        ) from error
    sink = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([dict(row) for row in rows]), sink)
    return sink.getvalue()
