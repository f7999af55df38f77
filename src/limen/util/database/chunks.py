"""Divide the values of ``SELECT ... IN`` among statements of a bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

_T = TypeVar("_T")

#: Values in one statement: SQLite before 3.32 takes no more than 999.
_VALUES = 900


def in_chunks(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Yield the values in sequence, as many at a time as one statement can take."""
    for start in range(0, len(values), _VALUES):
        yield values[start : start + _VALUES]
