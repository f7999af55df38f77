"""The arguments with which every row of a run is screened."""

from __future__ import annotations

from typing import Any

import msgspec

from limen.util.budget import UNLIMITED, Budget


class ScreenArguments(msgspec.Struct, frozen=True):
    """Represents a run's question; the fields are the arguments of ``Engine.screen_many``.

    ``ownership`` are ``limen.Stakes``, whose module only a run with a file of stakes loads.
    """

    as_of: str | None = None
    known_at: str | None = None
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] | None = None
    threshold: float | None = None
    matcher: str | None = None
    allow_stale: tuple[str, ...] = ()
    ownership: Any = None
    budget: Budget = UNLIMITED

    def to_dict(self) -> dict[str, Any]:
        """Return the keyword arguments."""
        return msgspec.structs.asdict(self)

    def identity(self) -> dict[str, Any]:
        """Return what tells one run from another; a file of stakes by its name and hash."""
        stakes = {"ownership": self.ownership.label} if self.ownership else {}
        arguments = self.to_dict()
        del arguments["ownership"]
        return {**arguments, **stakes}
