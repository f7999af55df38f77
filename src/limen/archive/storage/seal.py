"""Seal the rows that say which version is which, so that damage in one is found.

The hash of a version covers its entries, and that of a content its body. A digit that flips in
the day of a version would be found by neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

COLUMN = "seal"


def seal(row: Mapping[str, Any]) -> bytes:
    """Return the SHA-256 of a row's values as JSON, in the order of their names."""
    values = {name: value for name, value in row.items() if name != COLUMN}
    return sha256(msgspec.json.encode(values, order="sorted")).digest()


def is_sealed(row: Mapping[str, Any]) -> bool:
    """Return whether a row is as it was stored."""
    return bool(row[COLUMN] == seal(row))
