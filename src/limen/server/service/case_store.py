"""The case store of one worker, opened by the first request that needs it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limen.cases.cases import Cases


class CaseStore:
    """Represents the case store of a home.

    Args:
        home: the home folder.
    """

    def __init__(self, home: Path) -> None:
        self._home = home

    @cached_property
    def cases(self) -> Cases:
        """Return the store; the database library is loaded by its first use."""
        from limen.cases.place import open_cases

        return open_cases(self._home)
