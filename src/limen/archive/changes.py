"""Compare a version with the entries of the next one before these are stored.

Equal content has an equal hash, so only what differs is read out of the archive.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from limen.archive.content import encode, to_entry
from limen.archive.queries import read_contents, read_keys
from limen.model import Entry


def compare_entries(
    connection: sa.Connection, version_id: int, entries: Iterable[Entry]
) -> tuple[list[Entry], list[tuple[Entry, Entry | None]]]:
    """Return the entries that the version has too, and pairs of those of its own that differ.

    Raises:
        ArchiveError: a content of the version is not what was stored.
    """
    now = {(entry.part, entry.record_id): entry for entry in entries}
    parts = {part for part, _ in now}
    same, other = [], {}
    for key, (content, digest) in read_keys(connection, version_id).items():
        entry = now.get(key)
        if entry is not None and encode(entry)[0] == digest:
            same.append(entry)
        elif key[0] in parts:
            other[key] = content
    contents = read_contents(connection, set(other.values()))
    return same, [
        (to_entry(key[1], contents[content], key[0]), now.get(key))
        for key, content in other.items()
    ]
