"""Find a key that an object of a JSON text has twice: decoders keep the last and report nothing."""

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


def _unique(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) == len(pairs):
        return
    keys = [key for key, _ in pairs]
    raise _RepeatedError(next(key for at, key in enumerate(keys) if key in keys[:at]))


def _nothing(_: str) -> None:
    return None
