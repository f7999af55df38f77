"""Write one version of a list, whole or not at all.

Called inside one transaction, under the archive's lock: ids are assigned here, and content
that is stored already is not written again.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import count, islice
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from limen.archive.content import encode, pack
from limen.archive.days import first_day_of
from limen.archive.storage import schema
from limen.archive.storage.seal import COLUMN, seal
from limen.archive.versions import NewVersion, SourceFile, StoreResult
from limen.model import ArchiveError, Entry, Instant
from limen.util.database.chunks import in_chunks

_T = TypeVar("_T")

#: Entries encoded and looked up at once, which bounds the memory for their bodies.
_BATCH = 5_000
#: Half the time of gzip's own level for a twentieth more bytes.
_FILE_LEVEL = 4


def store_version(
    connection: sa.Connection,
    new: NewVersion,
    entries: Iterable[Entry],
    files: Mapping[str, SourceFile],
) -> StoreResult:
    """Store a version, unless the archive has it entry by entry; then nothing is written.

    Raises:
        ArchiveError: the version contradicts itself: a wrong day, a part it does not name, a
            record twice, or no record at all.
    """
    _check_version(new)
    retrieved_at = _instant(new, new.retrieved_at)
    rows = list(_write_contents(connection, new, entries))
    tally = Counter(part for part, _, _, _ in rows)
    counts = {part: tally[part] for part in new.parts}
    if not counts[new.parts[0]]:
        raise _refused(new, f"it has no entry in its leading part {new.parts[0]}")
    orphans = _count_orphans(new.parts[0], rows)
    digest = content_hash(new.format, new.parts, new.carried, (row[:3] for row in rows))
    same = _find(connection, new, digest)
    if same is not None:
        return StoreResult("unchanged", same, counts, orphans)
    version_id = _next_id(connection, schema.version)
    row = msgspec.to_builtins(new) | {
        "id": version_id,
        "retrieved_at": retrieved_at,
        "counts": counts,
        "files": {role: _write_file(connection, file) for role, file in files.items()},
        "content_hash": digest,
    }
    connection.execute(sa.insert(schema.version), row | {COLUMN: seal(row)})
    _write_entries(connection, new.list_id, version_id, rows)
    return StoreResult("new", version_id, counts, orphans)


def content_hash(
    format_name: str,
    parts: Sequence[str],
    carried: Sequence[str],
    entries: Iterable[tuple[str, str, bytes]],
) -> str:
    """Hash the content of a version, whatever the order of its entries or its files' bytes.

    ``entries`` gives part, record id and hash of the content of every entry.
    """
    head = msgspec.json.encode([format_name, parts, sorted(carried)])
    lines = sorted(
        f"{part}\t{record_id}\t".encode() + digest for part, record_id, digest in entries
    )
    return sha256(b"\n".join([head, *lines])).hexdigest()


def add_check(
    connection: sa.Connection,
    list_id: str,
    checked_at: str,
    result: str,
    version_id: int | None,
) -> None:
    """Record that a list was requested from its publisher, and the result."""
    row = {
        "id": _next_id(connection, schema.check),
        "list_id": list_id,
        "checked_at": checked_at,
        "result": result,
        "version_id": version_id,
    }
    connection.execute(sa.insert(schema.check), row | {COLUMN: seal(row)})


#: Part, record id, hash of the content, the archive's id of the content.
_Row = tuple[str, str, bytes, int]


def _check_version(new: NewVersion) -> None:
    try:
        day = date.fromisoformat(new.published).isoformat()
    except ValueError:
        day = ""
    if day != new.published:
        raise _refused(new, f"it was published on {new.published!r}, which is no ISO day")
    if not new.parts or set(new.parts) & set(new.carried):
        raise _refused(
            new, f"its parts {list(new.parts)} and those carried {list(new.carried)} contradict"
        )


def _instant(new: NewVersion, text: str) -> str:
    try:
        return str(Instant.parse(text))
    except ValueError as error:
        raise _refused(new, f"it was retrieved at no instant: {error}") from error


def _write_contents(
    connection: sa.Connection, new: NewVersion, entries: Iterable[Entry]
) -> Iterator[_Row]:
    ids = _last_content_ids(connection, new)
    seen: set[tuple[str, str]] = set()
    for batch in _batches(entries):
        encoded = []
        for entry in batch:
            key = (entry.part, entry.record_id)
            if key in seen:
                raise _refused(new, f"record {entry.record_id} is twice in part {entry.part}")
            seen.add(key)
            _check_entry(new, entry)
            encoded.append((*key, *encode(entry)))
        unknown = {digest: body for _, _, digest, body in encoded if digest not in ids}
        ids.update(_content_ids(connection, unknown))
        for part, record_id, digest, _ in encoded:
            yield part, record_id, digest, ids[digest]


def _last_content_ids(connection: sa.Connection, new: NewVersion) -> dict[bytes, int]:
    """Return the contents of this list's last versions, most of which will come again."""
    versions, entry, content = schema.version, schema.entry, schema.content
    query = sa.select(versions.c.parts, versions.c.id).where(versions.c.list_id == new.list_id)
    last = {
        part: version_id
        for parts, version_id in connection.execute(query.order_by(versions.c.id))
        for part in parts
    }
    ids: dict[bytes, int] = {}
    for part, version_id in last.items():
        contents = (
            sa.select(content.c.sha256, content.c.id)
            .join_from(entry, content, content.c.id == entry.c.content_pk)
            .where(entry.c.version_id == version_id, entry.c.part == part)
        )
        ids.update(connection.execute(contents).all())
    return ids


def _check_entry(new: NewVersion, entry: Entry) -> None:
    if entry.part not in new.parts:
        raise _refused(
            new, f"record {entry.record_id} is of part {entry.part}, not of {list(new.parts)}"
        )
    for name in ("listed_on", "delisted_on"):
        value = getattr(entry, name)
        try:
            first_day_of(value)
        except ValueError as error:
            raise _refused(new, f"record {entry.record_id}, {name}: {error}") from error


def _content_ids(connection: sa.Connection, bodies: Mapping[bytes, bytes]) -> dict[bytes, int]:
    """Return the id of each content, after writing those that are new."""
    table = schema.content
    ids: dict[bytes, int] = {}
    for chunk in in_chunks(list(bodies)):
        query = sa.select(table.c.sha256, table.c.id).where(table.c.sha256.in_(chunk))
        ids.update(connection.execute(query).all())
    unseen = _number(connection, table, (digest for digest in bodies if digest not in ids))
    rows = [(content_id, digest, pack(bodies[digest])) for digest, content_id in unseen.items()]
    _insert(connection, table, rows)
    return ids | unseen


def _record_ids(
    connection: sa.Connection, list_id: str, record_ids: Iterable[str]
) -> dict[str, int]:
    """Return the archive's id of each record, after writing those that are new."""
    table = schema.record
    query = sa.select(table.c.record_id, table.c.id).where(table.c.list_id == list_id)
    ids: dict[str, int] = dict(connection.execute(query).all())
    unseen = _number(connection, table, (name for name in record_ids if name not in ids))
    _insert(connection, table, [(record, list_id, name) for name, record in unseen.items()])
    return ids | unseen


def _write_entries(
    connection: sa.Connection, list_id: str, version_id: int, rows: Sequence[_Row]
) -> None:
    records = _record_ids(
        connection, list_id, dict.fromkeys(record_id for _, record_id, _, _ in rows)
    )
    _insert(
        connection,
        schema.entry,
        [
            (version_id, part, records[record_id], content_pk)
            for part, record_id, _, content_pk in rows
        ],
    )


def _number(connection: sa.Connection, table: sa.Table, unseen: Iterable[_T]) -> dict[_T, int]:
    """Assign the next ids, which is safe because only the holder of the lock writes."""
    return dict(zip(unseen, count(_next_id(connection, table))))


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows as tuples in the table's order of columns, which is cheaper than dicts."""
    if rows:
        statement = str(sa.insert(table).compile(dialect=connection.dialect))
        connection.exec_driver_sql(statement, list(rows))


def _write_file(connection: sa.Connection, file: SourceFile) -> str:
    digest = file.sha256
    table = schema.source_file
    if connection.scalar(sa.select(table.c.sha256).where(table.c.sha256 == digest)) is None:
        row = {
            "sha256": digest,
            "name": file.name,
            "bytes": len(file.content),
            "body": gzip.compress(file.content, _FILE_LEVEL, mtime=0),
        }
        connection.execute(sa.insert(table), row)
    return digest


def _count_orphans(leading: str, rows: Sequence[_Row]) -> int:
    listed = {record_id for part, record_id, _, _ in rows if part == leading}
    return len({record_id for _, record_id, _, _ in rows} - listed)


def _find(connection: sa.Connection, new: NewVersion, digest: str) -> int | None:
    table = schema.version
    return connection.scalar(
        sa.select(table.c.id).where(
            table.c.list_id == new.list_id,
            table.c.published == new.published,
            table.c.content_hash == digest,
        )
    )


def _next_id(connection: sa.Connection, table: sa.Table) -> int:
    last: int | None = connection.scalar(sa.select(sa.func.max(table.c.id)))
    return (last or 0) + 1


def _batches(items: Iterable[_T]) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _refused(new: NewVersion, what: str) -> ArchiveError:
    return ArchiveError(
        f"the version cannot be stored: {what}",
        where=f"{new.list_id} of {new.published}",
        why="records could be confused, or would be taken for removed",
        hint="check the file, and the reader of this list",
        unchanged="the last good version stays",
    )
