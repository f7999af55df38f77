"""Read JSON lines as rows: one object a line, FollowTheMoney parties or plain records.

A ``.json`` file that is one document, an array or a single object, is read too. The columns
are the keys of the first rows, those of inner objects after a dot (``customer.name``); a key
that comes later is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TextIO

import msgspec

from limen.batch.tables.flatten import flatten
from limen.batch.tables.table import MAX_LINE, Row, Table, peek
from limen.model import DataError
from limen.util.json_keys import repeated_key

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
    first = next((line for line in lines if line[1].strip()), (1, ""))
    if _is_line(first[1]):
        rows = _rows(chain([first], lines), name)
        fact = "JSON lines"
    else:
        rows = _document(first[1] + "".join(text for _, text in lines), name)
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
    if key := repeated_key(line):
        return Row(number, value, _repeated(key, where))
    if isinstance(value.get("properties"), dict):
        return Row(number, value)
    try:
        return Row(number, flatten(value, where))
    except DataError as problem:
        return Row(number, value, problem)


def _repeated(key: str, where: str) -> DataError:
    return DataError(
        f"the key {key!r} is there twice",
        where=where,
        why="only one of the two values would be screened",
        hint="give a list of values, or rename one of the keys",
    )


def _document(text: str, name: str) -> Iterator[Row]:
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
    if key := repeated_key(text):
        raise _repeated(key, name)
    items = value if isinstance(value, list) else [value]
    return (
        _row(number, msgspec.json.encode(item).decode(), f"{name} item {number:,}")
        for number, item in enumerate(items, start=1)
    )
