"""The arguments with which every row of a run is screened."""

from __future__ import annotations

from typing import Any

import msgspec

from limen.util.budget import UNLIMITED, Budget


class ScreenArguments(msgspec.Struct, frozen=True):
    """Represents a run's question; the fields are the arguments of ``Engine.screen_many``."""

    as_of: str | None = None
    known_at: str | None = None
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] | None = None
    threshold: float | None = None
    matcher: str | None = None
    allow_stale: tuple[str, ...] = ()
    budget: Budget = UNLIMITED

    def to_dict(self) -> dict[str, Any]:
        """Return the keyword arguments."""
        return msgspec.structs.asdict(self)
