"""Read versions, entries and the states of records out of the archive's database."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from limen.archive.content import Content, damaged, decode, to_entry
from limen.archive.merge import PartReader, contents_of, join, timelines
from limen.archive.storage import schema
from limen.archive.storage.seal import COLUMN, is_sealed
from limen.archive.timeline import RecordStates, content_states, listing_rows, settle
from limen.archive.versions import Check, SourceFile, Version, Vintage, vintages
from limen.model import ArchiveError, Entry
from limen.util.database.chunks import in_chunks

#: Parts held while versions are compared: those of two versions of the most parted format.
_PARTS_HELD = 8
#: Records with their contents in memory at once: a few megabytes.
_RECORDS_AT_A_TIME = 2_000


def read_versions(connection: sa.Connection, list_id: str | None = None) -> tuple[Version, ...]:
    """Read every version, by list and day."""
    table, check = schema.version, schema.check
    checks = sa.select(check.c.version_id, sa.func.max(check.c.checked_at).label("at"))
    last = checks.group_by(check.c.version_id).subquery()
    query = sa.select(table, last.c.at).outerjoin(last, last.c.version_id == table.c.id)
    if list_id is not None:
        query = query.where(table.c.list_id == list_id)
    query = query.order_by(table.c.list_id, table.c.published, table.c.id)
    return tuple(_version(dict(row)) for row in connection.execute(query).mappings())


def read_checks(connection: sa.Connection, list_id: str) -> tuple[Check, ...]:
    """Read every time a list was requested from its publisher, oldest first."""
    table = schema.check
    query = sa.select(table).where(table.c.list_id == list_id)
    ordered = query.order_by(table.c.checked_at, table.c.id)
    return tuple(_check(dict(row)) for row in connection.execute(ordered).mappings())


def read_source_file(connection: sa.Connection, digest: str) -> SourceFile:
    """Read a file as it was delivered.

    Raises:
        ArchiveError: there is none with that hash, or it is no longer what it was.
    """
    table = schema.source_file
    query = sa.select(table.c.name, table.c.body).where(table.c.sha256 == digest)
    row = connection.execute(query).first()
    if row is None:
        raise ArchiveError(f"the archive has no file with the hash {digest}")
    name, body = row
    try:
        delivered = gzip.decompress(body)
    except (OSError, EOFError, zlib.error):
        delivered = b""
    if sha256(delivered).hexdigest() != digest:
        raise ArchiveError(
            "the stored file is not what was delivered: its hash differs",
            where=name,
            hint="restore the archive from a copy, or load the file again into a new one",
        )
    return SourceFile(name, delivered)


def read_entries(
    connection: sa.Connection, version_id: int, part: str | None = None
) -> Iterator[Entry]:
    """Yield the entries of a version, or of one part of it, in the order their records came."""
    entry, record, content = schema.entry, schema.record, schema.content
    query = (
        sa.select(record.c.record_id, entry.c.part, content.c.sha256, content.c.body)
        .join_from(entry, record, record.c.id == entry.c.record_pk)
        .join(content, content.c.id == entry.c.content_pk)
        .where(entry.c.version_id == version_id)
        .order_by(entry.c.part, entry.c.record_pk)
    )
    if part is not None:
        query = query.where(entry.c.part == part)
    for record_id, of_part, digest, body in connection.execute(query):
        yield to_entry(record_id, decode(body, digest), of_part)


def read_keys(
    connection: sa.Connection, version_id: int
) -> dict[tuple[str, str], tuple[int, bytes]]:
    """Read the content id of every entry of a version and its SHA-256, by part and record."""
    entry, record, content = schema.entry, schema.record, schema.content
    query = (
        sa.select(entry.c.part, record.c.record_id, content.c.id, content.c.sha256)
        .join_from(entry, record, record.c.id == entry.c.record_pk)
        .join(content, content.c.id == entry.c.content_pk)
        .where(entry.c.version_id == version_id)
        .order_by(entry.c.part, entry.c.record_pk)
    )
    return {
        (part, name): (content_id, digest)
        for part, name, content_id, digest in connection.execute(query)
    }


def read_vintages(connection: sa.Connection, list_id: str) -> tuple[Vintage, ...]:
    """Read the versions of a list in sequence.

    Raises:
        ArchiveError: the archive has none.
    """
    known = vintages(read_versions(connection, list_id))
    if not known:
        held = connection.scalars(
            sa.select(schema.version.c.list_id).distinct().order_by(schema.version.c.list_id)
        ).all()
        raise ArchiveError(
            f"the archive has no version of {list_id}",
            hint=f"it has {', '.join(held)}" if held else "load one with: limen lists update",
        )
    return known


def read_states(connection: sa.Connection, known: Sequence[Vintage]) -> Iterator[RecordStates]:
    """Yield the merged states and listings of every record, by record id."""
    names = read_record_ids(connection, known[0].version.list_id)
    yield from _states(connection, known, names, part_reader(connection))


def read_states_of(
    connection: sa.Connection, known: Sequence[Vintage], names: Mapping[int, str]
) -> Iterator[RecordStates]:
    """Yield the states of a few records; ``names`` maps the archive's ids to the publisher's."""
    ordered = sorted(names, key=names.__getitem__)
    for chunk in in_chunks(ordered):
        some = {record: names[record] for record in chunk}
        yield from _states(connection, known, some, part_reader(connection, list(some)))


def _states(
    connection: sa.Connection,
    known: Sequence[Vintage],
    names: Mapping[int, str],
    read_part: PartReader,
) -> Iterator[RecordStates]:
    list_id, first_day = known[0].version.list_id, known[0].version.published
    changes = timelines(known, read_part)
    ordered = sorted(changes, key=names.__getitem__)
    for start in range(0, len(ordered), _RECORDS_AT_A_TIME):
        batch = ordered[start : start + _RECORDS_AT_A_TIME]
        keys = [key for record in batch for _, key in changes[record]]
        contents = read_contents(connection, contents_of(keys))
        for record in batch:
            name = names[record]
            settled = settle(
                [(day, join(name, key, contents) if key else None) for day, key in changes[record]]
            )
            yield RecordStates(
                list_id, name, content_states(settled), listing_rows(settled, first_day)
            )


def part_reader(connection: sa.Connection, records: Sequence[int] | None = None) -> PartReader:
    """Return a reader of the content ids of all records, or of ``records``, in a part."""
    entry = schema.entry
    query = sa.select(entry.c.record_pk, entry.c.content_pk).where(
        entry.c.version_id == sa.bindparam("version_id"), entry.c.part == sa.bindparam("part")
    )
    if records is not None:
        query = query.where(entry.c.record_pk.in_(records))

    @lru_cache(maxsize=_PARTS_HELD)
    def read_part(version_id: int, part: str) -> Mapping[int, int]:
        rows = connection.execute(query, {"version_id": version_id, "part": part})
        return dict(rows.all())

    return read_part


def read_record_ids(connection: sa.Connection, list_id: str) -> dict[int, str]:
    """Read the publisher's own key of every record the list ever had, by the archive's id."""
    table = schema.record
    query = sa.select(table.c.id, table.c.record_id).where(table.c.list_id == list_id)
    return dict(connection.execute(query).all())


def read_contents(connection: sa.Connection, content_ids: Iterable[int]) -> dict[int, Content]:
    """Read contents by id, each compared with its hash and decoded once.

    Raises:
        ArchiveError: one is missing, or is not what was stored.
    """
    table = schema.content
    ids = sorted(content_ids)
    contents: dict[int, Content] = {}
    for chunk in in_chunks(ids):
        query = sa.select(table.c.id, table.c.sha256, table.c.body).where(table.c.id.in_(chunk))
        for content_id, digest, body in connection.execute(query):
            contents[content_id] = decode(body, digest)
    if len(contents) != len(ids):
        raise damaged("a record's content is missing")
    return contents


def read_digests(connection: sa.Connection, content_ids: Iterable[int]) -> dict[int, bytes]:
    """Read the SHA-256 of contents by id; one that is missing has none."""
    table = schema.content
    ids = sorted(content_ids)
    digests: dict[int, bytes] = {}
    for chunk in in_chunks(ids):
        query = sa.select(table.c.id, table.c.sha256).where(table.c.id.in_(chunk))
        digests.update(connection.execute(query).all())
    return digests


def _check(row: dict[str, Any]) -> Check:
    if not is_sealed(row):
        raise damaged(f"a check of {row['list_id']} is not what was stored")
    return Check(row["list_id"], row["checked_at"], row["result"], row["version_id"])


def _version(row: dict[str, Any]) -> Version:
    last_check = row.pop("at") or ""
    if not is_sealed(row):
        raise damaged(f"a version of {row['list_id']} is not what was stored")
    row.pop(COLUMN)
    return Version(
        **row
        | {
            "parts": tuple(row["parts"]),
            "carried": tuple(row["carried"]),
            "confirmed_at": max(row["retrieved_at"], last_check),
        }
    )
