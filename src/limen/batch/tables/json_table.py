"""Read JSON lines as rows: one object a line, FollowTheMoney parties or plain records.

A ``.json`` file that is one document, an array or a single object, is read too. The columns
are the keys of the first rows; a key that comes later is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, TextIO

import msgspec

from limen.batch.tables.table import MAX_LINE, Row, Table, peek
from limen.model import DataError

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
    except msgspec.DecodeError:
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
    except msgspec.DecodeError as error:
        return Row(number, {}, DataError("the line is not JSON", where=where, why=str(error)))
    if not isinstance(value, dict):
        kind = type(value).__name__
        return Row(number, {}, DataError(f"a party is a JSON object, not {kind}", where=where))
    if "\ufffd" in line or "\\u0000" in line:
        problem = DataError("a character that is no text", where=where, why=_WHY)
        return Row(number, value, problem)
    return Row(number, value, _nested(value, where))


def _nested(value: dict[str, Any], where: str) -> DataError | None:
    if isinstance(value.get("properties"), dict):
        return None
    for key, item in value.items():
        items = item if isinstance(item, list) else [item]
        if any(isinstance(each, (dict, list)) for each in items):
            return DataError(
                "a value that is an object",
                where=f"{where}, key {key!r}",
                hint="give text, a list of texts, or a FollowTheMoney object with properties",
            )
    return None


def _document(text: str, name: str) -> Iterator[Row]:
    if len(text) >= _MAX_DOCUMENT:
        raise DataError(
            f"one JSON document of more than {_MAX_DOCUMENT:,} characters",
            where=name,
            hint="write one object a line (JSON lines)",
        )
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise DataError(f"not JSON: {error}", where=name) from error
    items = value if isinstance(value, list) else [value]
    return (
        _row(number, msgspec.json.encode(item).decode(), f"{name} item {number:,}")
        for number, item in enumerate(items, start=1)
    )
