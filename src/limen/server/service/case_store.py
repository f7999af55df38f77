"""The case store of one worker, opened by the first request that needs it."""

from __future__ import annotations

import asyncio
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limen.cases.cases import Cases

#: Passwords that are checked at once: each takes 64 MiB.
_SIGN_INS = 2


class CaseStore:
    """Represents the case store of a home.

    Args:
        home: the home folder.

    Attributes:
        sign_ins: held while a password is checked.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self.sign_ins = asyncio.Semaphore(_SIGN_INS)

    @cached_property
    def cases(self) -> Cases:
        """Return the store; the database library is loaded by its first use."""
        from limen.cases.place import open_cases

        return open_cases(self._home)
