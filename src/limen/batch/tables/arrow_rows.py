"""Read Arrow data as rows: values as a person would write them, fields of structs as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from limen.batch.tables.flatten import flatten
from limen.batch.tables.table import Row
from limen.model import DataError
from limen.util.text import repeated


def arrow_columns(schema: Any, where: str) -> tuple[str, ...]:
    """Return the columns of an Arrow schema; the fields of a struct are ``customer.name``.

    Raises:
        DataError: a column is there twice, or has a type that cannot be written as text.
    """
    import pyarrow as pa

    columns = tuple(
        column for field in schema for column in _columns(field.name, field.type, pa, where)
    )
    twice = repeated(columns)
    if twice:
        raise DataError(f"the column {twice[0]!r} is there twice", where=where)
    return columns


def _columns(path: str, kind: Any, pa: Any, where: str) -> Iterator[str]:
    """Yield the columns of a field: one, or those of a struct.

    Raises:
        DataError: a type that cannot be written as text.
    """
    types = pa.types
    if types.is_dictionary(kind):
        yield from _columns(path, kind.value_type, pa, where)
    elif types.is_struct(kind):
        for field in kind:
            yield from _columns(f"{path}.{field.name}", field.type, pa, where)
    elif types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        yield from _columns(path, kind.value_type, pa, where)
    elif _is_text(kind, types):
        yield path
    else:
        raise DataError(
            f"values of the type {kind}",
            where=f"{where}: column {path!r}",
            why="they cannot be read as text, so they would not be screened",
            hint="write the file with the column as text, or without it",
        )


def _is_text(kind: Any, types: Any) -> bool:
    """Return whether values of an Arrow type can be written as a person would write them."""
    return any(
        getattr(types, f"is_{name}")(kind)
        for name in (
            "string", "large_string", "string_view", "binary", "large_binary",
            "fixed_size_binary", "integer", "floating", "decimal", "boolean", "date",
            "timestamp", "time", "null",
        )
    )  # fmt: skip


def arrow_row(number: int, values: Mapping[str, Any], where: str) -> Row:
    """Return a row of Arrow values; one that cannot be read has its problem, at ``where``."""
    cells: dict[str, Any] = {}
    try:
        for key, value in flatten(values, where).items():
            cells[key] = _plain(value, f"{where}, column {key!r}")
    except DataError as problem:
        return Row(number, cells, problem)
    return Row(number, cells)


def _plain(value: Any, where: str) -> Any:
    """Return a value as JSON has it.

    Raises:
        DataError: bytes that are not UTF-8.
    """
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item, where) for item in value]
    if isinstance(value, Decimal):
        written = f"{value:f}"
        return written.rstrip("0").rstrip(".") if "." in written else written
    if isinstance(value, bytes):
        try:
            return value.decode().rstrip("\0")
        except UnicodeDecodeError as error:
            raise DataError(
                "bytes that are not UTF-8 text",
                where=where,
                why="a damaged name is never found",
                hint="write the file with the column as text",
            ) from error
    return value
