"""Seconds of a snapshot back into the instants they came from."""

from __future__ import annotations

from limen.model import Instant
from limen.model.time import DAY


def day_or_none(second: int, open_end: int) -> str | None:
    """The ISO day (or instant, where an hour was given) of a second; ``None`` for an open end."""
    if second == open_end:
        return None
    return str(Instant(second, whole_day=second % DAY == 0))
