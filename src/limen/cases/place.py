"""Find the case store of a home folder; the database library is loaded when it is opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limen.cases.cases import Cases

_FILE = "cases.sqlite"
_KEY = "cases.key"


def open_cases(home: Path) -> Cases:
    """Open ``LIMEN_CASES`` (a path or a database URL), else the file in the home folder.

    Raises:
        CasesError: it is no case store, of another version of Limen, or out of reach.
    """
    from limen.cases.cases import Cases

    return Cases.open(os.environ.get("LIMEN_CASES") or home / _FILE, home=home)


def has_cases(home: Path) -> bool:
    """Return whether there is a case store, without making one."""
    return bool(os.environ.get("LIMEN_CASES")) or (home / _FILE).is_file()


def key_file(home: Path) -> Path:
    """Return the file of the key that checkpoints are signed with; ``cases.pub`` is next to it."""
    return home / _KEY
