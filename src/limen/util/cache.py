"""A cache with a bound, for processes that live for weeks.

When it is full it is emptied, which is cheaper than keeping the order of use and good enough
where the same few thousand keys come again. ``functools.lru_cache`` serves pure functions; this
serves values that belong to an object.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Represents a dictionary that holds at most ``limit`` values.

    Args:
        limit: how many values; at least 1.
    """

    __slots__ = ("_limit", "_values")

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ValueError("a cache holds at least one value")
        self._limit = limit
        self._values: dict[K, V] = {}

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """Return the value under a key, or ``None``."""
        return self._values.get(key)

    def put(self, key: K, value: V) -> V:
        """Store a value and return it; a full cache is emptied first."""
        if len(self._values) >= self._limit and key not in self._values:
            self._values.clear()
        self._values[key] = value
        return value

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """Return the value under a key; make and store it when it is not there.

        One look-up, because another thread may empty the cache between a check and a read.
        """
        try:
            return self._values[key]
        except KeyError:
            pass
        return self.put(key, make())

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
