"""Find a key that an object of a JSON text has twice: decoders keep the last and report nothing.

A program that sends such an object is in error, and is refused; in a file both values can be kept.
"""

from __future__ import annotations

import json
from typing import Any


class _RepeatedError(Exception):
    """Carries the key that is there twice."""


def repeated_key(text: str | bytes) -> str | None:
    """Return the first key that an object of a JSON text has twice, or ``None``.

    The text has been decoded already, so that it is JSON; numbers are not read again.
    """
    try:
        json.loads(text, object_pairs_hook=_unique, parse_int=_nothing, parse_float=_nothing)
    except _RepeatedError as repeated:
        return str(repeated)
    return None


def with_every_value(text: str | bytes) -> Any:
    """Return a JSON text decoded; the values of a key that is repeated are a list.

    Of lists their items are, and of empty values or of values that are the same JSON one is enough.
    """
    return json.loads(text, object_pairs_hook=_every)


def _every(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    values: dict[str, list[Any]] = {}
    for key, value in pairs:
        values.setdefault(key, []).append(value)
    return {key: _together(each) for key, each in values.items()}


def _together(values: list[Any]) -> Any:
    items = [item for value in values for item in (value if isinstance(value, list) else [value])]
    distinct = {json.dumps(item, sort_keys=True): item for item in items}  # in Python True is 1
    filled = [item for item in distinct.values() if item not in (None, "")]
    if len(filled) > 1 or any(isinstance(value, list) for value in values):
        return filled
    return filled[0] if filled else values[0]


def _unique(pairs: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise _RepeatedError(key)
        seen.add(key)


def _nothing(_: str) -> None:
    return None
