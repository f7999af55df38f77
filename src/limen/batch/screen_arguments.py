"""What is asked of every row, beside the row itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of every row; the fields are the arguments of ``Engine.screen_many``."""

    as_of: str | None = None
    known_at: str | None = None
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] | None = None
    threshold: float | None = None
    matcher: str | None = None
    allow_stale: tuple[str, ...] = ()

    def arguments(self) -> dict[str, Any]:
        return asdict(self)
