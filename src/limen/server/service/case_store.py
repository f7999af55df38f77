"""The case store of one worker, opened by the first request that needs it."""

from __future__ import annotations

import asyncio
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from limen.cases.cases import Cases

#: Passwords that are checked at once: each takes 64 MiB.
_SIGN_INS = 2
#: For how long figures are returned again: of a million alerts they take seconds to count.
_FIGURES_SECONDS = 60.0


class CaseStore:
    """Represents the case store of a home.

    Args:
        home: the home folder.

    Attributes:
        sign_ins: held while a password is checked.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._figures: dict[str, Any] = {}
        self._until = 0.0
        self.sign_ins = asyncio.Semaphore(_SIGN_INS)

    @cached_property
    def cases(self) -> Cases:
        """Return the store; the database library is loaded by its first use."""
        from limen.cases.place import open_cases

        return open_cases(self._home)

    @property
    def exists(self) -> bool:
        """Return whether there is a store; asking makes none."""
        from limen.cases.place import has_cases

        return has_cases(self._home)

    def figures(self) -> dict[str, Any]:
        """Return the figures of the store, which are a minute old at most.

        Raises:
            CasesError: it cannot be read.
        """
        if time.monotonic() >= self._until:
            from limen.cases.exchange.figures import figures

            self._figures = figures(self.cases.database, self.cases.now)
            self._until = time.monotonic() + _FIGURES_SECONDS
        return self._figures
