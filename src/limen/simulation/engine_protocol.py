"""The part of an engine that a simulation calls, so that it does not depend on the whole of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Protocol

from limen.law import Regimes
from limen.law.ownership.stakes_file import Stakes
from limen.model import Answer, Instant
from limen.names import NameIndex
from limen.places import Places
from limen.screening import Refused
from limen.snapshot import Snapshot
from limen.util.budget import Budget


class ScreeningEngine(Protocol):
    """Represents whatever screens parties and locates addresses over one snapshot."""

    snapshot: Snapshot

    @property
    def index(self) -> NameIndex: ...

    def screen_many(
        self,
        parties: Iterable[Any],
        *,
        as_of: str | date | Instant | None = None,
        known_at: str | date | Instant | None = None,
        ownership: Stakes | None = None,
        budget: Budget = ...,
    ) -> Iterator[Answer | Refused]: ...

    @property
    def places(self) -> Places: ...

    @property
    def regimes(self) -> Regimes: ...
