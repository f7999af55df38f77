"""Verify the archive: the database's own order, and every hash."""

from __future__ import annotations

from hashlib import sha256

import sqlalchemy as sa

from limen.archive.content import unpack
from limen.archive.queries import read_source_file, read_versions
from limen.archive.storage import schema
from limen.archive.store import content_hash
from limen.archive.versions import Version
from limen.model import ArchiveError


def verify(connection: sa.Connection, where: str) -> None:
    """Check the database's own order, then every content, file and version against its hash.

    Raises:
        ArchiveError: the first row or file that is not as it was stored.
    """
    _verify_pages(connection, where)
    table = schema.content
    for digest, body in connection.execute(sa.select(table.c.sha256, table.c.body)):
        if sha256(unpack(body)).digest() != digest:
            raise _broken("a record's content is not what was stored: its hash differs", where)
    for digest in connection.scalars(sa.select(schema.source_file.c.sha256)).all():
        read_source_file(connection, digest)
    for version in read_versions(connection):
        _verify_version(connection, version, where)


def _verify_pages(connection: sa.Connection, where: str) -> None:
    if connection.dialect.name != "sqlite":
        return
    for pragma in ("integrity_check", "foreign_key_check"):
        rows = connection.exec_driver_sql(f"PRAGMA {pragma}").all()
        if rows not in ([], [("ok",)]):
            raise _broken(f"the database fails its {pragma}: {rows[0]}", where)


def _verify_version(connection: sa.Connection, version: Version, where: str) -> None:
    entry, record, content = schema.entry, schema.record, schema.content
    query = (
        sa.select(entry.c.part, record.c.record_id, content.c.sha256)
        .join_from(entry, record, record.c.id == entry.c.record_pk)
        .join(content, content.c.id == entry.c.content_pk)
        .where(entry.c.version_id == version.id)
    )
    entries = connection.execute(query)
    digest = content_hash(version.format, version.parts, version.carried, entries)
    if digest != version.content_hash:
        raise _broken(
            f"{version.list_id} of {version.published} is not what was stored: its hash differs",
            where,
        )


def _broken(what: str, where: str) -> ArchiveError:
    return ArchiveError(
        what,
        where=where,
        why="answers resting on it would not be those of the publisher",
        hint="restore the archive from a copy, or move it away and load the lists again",
    )
