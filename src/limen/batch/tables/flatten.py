"""Flatten nested records: the fields of an object become columns, ``customer.name``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from limen.model import DataError

#: Records nest deeper only by mistake.
_DEEPEST = 16


def flatten(record: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return a record without inner objects; lists of plain values stay.

    Raises:
        DataError: a list of several objects, which are several parties or several parts of one;
            two fields of one name; or nesting without end.
    """
    cells: dict[str, Any] = {}
    for key, value in _fields(record, "", where, 0):
        if key in cells:
            raise DataError(f"the key {key!r} is there twice", where=where)
        cells[key] = value
    return cells


def _fields(
    record: Mapping[str, Any], before: str, where: str, depth: int
) -> Iterator[tuple[str, Any]]:
    if depth > _DEEPEST:
        raise DataError("objects in objects without end", where=where)
    for name, value in record.items():
        key = f"{before}{name}"
        inner = value
        if isinstance(value, (list, tuple)) and any(isinstance(item, Mapping) for item in value):
            if len(value) > 1:
                raise DataError(
                    f"a list of {len(value)} objects",
                    where=f"{where}, key {key!r}",
                    why="it is not clear which of their values belong together",
                    hint="write a row for each, or a FollowTheMoney object with properties",
                )
            inner = value[0]
        if isinstance(inner, Mapping):
            yield from _fields(inner, f"{key}.", where, depth + 1)
        else:
            yield key, value
