"""Verify the archive: the database's own order, and every hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import sqlalchemy as sa

from limen.archive.content import damaged, decode
from limen.archive.queries import (
    part_reader,
    read_checks,
    read_digests,
    read_record_ids,
    read_source_file,
    read_versions,
)
from limen.archive.storage import schema
from limen.archive.store import content_hash
from limen.archive.versions import Version


def verify(connection: sa.Connection) -> None:
    """Check the database's own order, then every content, file, check and version.

    Raises:
        ArchiveError: the first row or file that is not as it was stored.
    """
    _verify_pages(connection)
    table = schema.content
    for digest, body in connection.execute(sa.select(table.c.sha256, table.c.body)):
        decode(body, digest)
    for digest in connection.scalars(sa.select(schema.source_file.c.sha256)).all():
        read_source_file(connection, digest)
    for list_id in connection.scalars(sa.select(schema.check.c.list_id).distinct()).all():
        read_checks(connection, list_id)
    for _, versions in groupby(read_versions(connection), lambda version: version.list_id):
        verify_versions(connection, tuple(versions))


def verify_versions(connection: sa.Connection, versions: Iterable[Version]) -> None:
    """Check the entries of versions of one list against the hash of each.

    What is hashed is read in the way in which a snapshot's states are, so that damage in an
    index of the database is found as well.

    Raises:
        ArchiveError: the first version that is not as it was stored.
    """
    read_part = part_reader(connection)
    names: dict[int, str] = {}
    digests: dict[int, bytes] = {}
    for version in versions:
        names = names or read_record_ids(connection, version.list_id)
        parts = {part: read_part(version.id, part) for part in version.parts}
        unread = {content for part in parts.values() for content in part.values()} - digests.keys()
        digests |= read_digests(connection, unread)
        entries = _entries(parts, names, digests)
        stored = content_hash(version.format, version.parts, version.carried, entries)
        if stored != version.content_hash:
            raise damaged(
                f"{version.list_id} of {version.published} is not what was stored: its hash differs"
            )


def _entries(
    parts: Mapping[str, Mapping[int, int]], names: Mapping[int, str], digests: Mapping[int, bytes]
) -> Iterator[tuple[str, str, bytes]]:
    """Yield part, record id and content hash; empty ones where a row is missing."""
    for part, contents in parts.items():
        for record, content in contents.items():
            yield part, names.get(record, ""), digests.get(content, b"")


def _verify_pages(connection: sa.Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    for pragma in ("integrity_check", "foreign_key_check"):
        rows = connection.exec_driver_sql(f"PRAGMA {pragma}").all()
        if rows not in ([], [("ok",)]):
            raise damaged(f"the database fails its {pragma}: {rows[0]}")
