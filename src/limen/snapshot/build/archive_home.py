"""Locate what a home folder holds for building: the archive and the user's own lists."""

from __future__ import annotations

import os
from pathlib import Path

from limen.archive import Archive
from limen.lists.registry import Registry, load_registry

_ARCHIVE = "archive.sqlite"
_OWN_LISTS = "lists.d"


def archive_location(home: Path) -> str:
    """Return ``LIMEN_ARCHIVE`` (a database URL, for teams), else a file in the home folder."""
    return os.environ.get("LIMEN_ARCHIVE") or str(home / _ARCHIVE)


def open_archive(home: Path) -> Archive:
    """Open the home's archive, and create it when there is none yet.

    Raises:
        ArchiveError: it cannot be opened.
    """
    return Archive.open(archive_location(home))


def registry_of(home: Path) -> Registry:
    """Load the bundled registry together with the user's own lists of the home folder.

    Raises:
        RegistryError: an entry is wrong.
    """
    return load_registry(home / _OWN_LISTS)
