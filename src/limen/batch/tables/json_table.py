"""Read JSON lines as rows: one object a line, FollowTheMoney parties or plain records.

A ``.json`` file that is one document, an array or a single object, is read too. The columns
are the keys of the first rows, those of inner objects after a dot (``customer.name``); a key
that comes later is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, TextIO

import msgspec

from limen.batch.tables.flatten import flatten
from limen.batch.tables.table import MAX_LINE, Row, Table, peek
from limen.model import DataError, Notice
from limen.util.json_keys import repeated_key, with_every_value

#: A document that is one array has to be held whole.
_MAX_DOCUMENT = 256 << 20
_WHY = "the parties in it would not be screened"


def read_json(
    stream: TextIO, *, name: str, position: Callable[[], tuple[int, int]], sample: int
) -> Table:
    """Begin to read JSON lines, or a document of parties.

    Raises:
        DataError: a document that is not JSON, or holds no objects.
    """
    lines = _lines(stream)
    warnings: tuple[str, ...] = ()
    first = next((line for line in lines if line[1].strip()), (1, ""))
    if _is_line(first[1]):
        rows = _rows(chain([first], lines), name)
        fact = "JSON lines"
    else:
        items, warnings = _document(first[1] + "".join(text for _, text in lines), name)
        rows = (
            _row(number, msgspec.json.encode(item).decode(), f"{name} item {number:,}")
            for number, item in enumerate(items, start=1)
        )
        fact = "one JSON document"
    first_rows, rows = peek(rows, sample)
    columns = dict.fromkeys(key for row in first_rows for key in row.cells)
    return Table(
        name=name,
        columns=tuple(columns),
        rows=rows,
        position=position,
        sample=sample,
        facts=(fact,),
        warnings=warnings,
    )


def _lines(stream: TextIO) -> Iterator[tuple[int, str]]:
    number = 0
    while line := stream.readline(_MAX_DOCUMENT):
        number += 1
        yield number, line.lstrip("\ufeff") if number == 1 else line


def _is_line(text: str) -> bool:
    """Return whether the first line is a whole object, so that the file is JSON lines."""
    try:
        return isinstance(msgspec.json.decode(text), dict)
    except (msgspec.DecodeError, RecursionError):
        # a broken object that closes on its own line is a broken line, not a document
        return text.lstrip().startswith("{") and text.rstrip().endswith("}")


def _rows(lines: Iterator[tuple[int, str]], name: str) -> Iterator[Row]:
    for number, line in lines:
        if not line.strip():
            continue
        where = f"{name} line {number:,}"
        if len(line) > MAX_LINE:
            problem = DataError(f"a line of more than {MAX_LINE:,} characters", where=where)
            yield Row(number, {}, problem)
            continue
        yield _row(number, line, where)


def _row(number: int, line: str, where: str) -> Row:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        return Row(number, {}, DataError("the line is not JSON", where=where, why=str(error)))
    if not isinstance(value, dict):
        kind = type(value).__name__
        return Row(number, {}, DataError(f"a party is a JSON object, not {kind}", where=where))
    if "\ufffd" in line or "\\u0000" in line:
        problem = DataError("a character that is no text", where=where, why=_WHY)
        return Row(number, value, problem)
    notices: tuple[Notice, ...] = ()
    if key := repeated_key(line):
        value = with_every_value(line)
        notices = (Notice("repeated-key", _repeated(key), key),)
    if isinstance(value.get("properties"), dict):
        return Row(number, value, None, notices)
    try:
        return Row(number, flatten(value, where), None, notices)
    except DataError as problem:
        return Row(number, value, problem)


def _repeated(key: str) -> str:
    return f"the key {key!r} is there twice, and all of its values are screened"


def _document(text: str, name: str) -> tuple[list[Any], tuple[str, ...]]:
    """Return the parties of a document, and what the user ought to check."""
    if len(text) >= _MAX_DOCUMENT:
        raise DataError(
            f"one JSON document of more than {_MAX_DOCUMENT:,} characters",
            where=name,
            hint="write one object a line (JSON lines)",
        )
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise DataError(f"not JSON, or nested too deep: {error}", where=name) from error
    warnings: tuple[str, ...] = ()
    if key := repeated_key(text):
        value = with_every_value(text)
        warnings = (_repeated(key),)
    return (value if isinstance(value, list) else [value]), warnings
