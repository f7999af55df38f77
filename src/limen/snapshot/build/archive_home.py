"""Where a home keeps its archive."""

from __future__ import annotations

import os
from pathlib import Path

from limen.archive import Archive
from limen.lists.registry import Registry, load_registry

_ARCHIVE = "archive.sqlite"
_OWN_LISTS = "lists.d"
#: Where a home keeps the statements and events that a reviewer accepted.
OWN_REGIMES = "regimes.d"


def archive_location(home: Path) -> str:
    """``LIMEN_ARCHIVE`` (a database URL, for teams), else a file in the home folder."""
    return os.environ.get("LIMEN_ARCHIVE") or str(home / _ARCHIVE)


def open_archive(home: Path) -> Archive:
    """The home's archive, made when it is not there yet.

    Raises:
        ArchiveError: it cannot be opened.
    """
    return Archive.open(archive_location(home))


def registry_of(home: Path) -> Registry:
    """The bundled registry, and the user's own lists of the home folder.

    Raises:
        RegistryError: an entry is wrong.
    """
    return load_registry(home / _OWN_LISTS)
