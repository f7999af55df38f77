"""Write one version of a list, whole or not at all.

Called inside one transaction, under the lock: numbers are given out here, and what is there
already is not written again.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from limen.archive import schema
from limen.archive.content import encode, pack
from limen.archive.versions import NewVersion, SourceFile, StoreResult
from limen.model import ArchiveError, Entry, Instant, PartialDate

_T = TypeVar("_T")

_BATCH = 5_000
#: SQLite before 3.32 takes no more than 999 values in one statement.
_VALUES = 900


def store_version(
    connection: sa.Connection,
    new: NewVersion,
    entries: Iterable[Entry],
    files: Mapping[str, SourceFile],
) -> StoreResult:
    """Keep a version, unless the archive has it.

    A version that is there already, entry by entry, is noted in the check log instead.

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
    said = content_hash(new.format, new.parts, new.carried, (row[:3] for row in rows))
    same = _find(connection, new, said)
    if same is not None:
        add_check(connection, new.list_id, retrieved_at, "unchanged", same)
        return StoreResult("unchanged", same, counts, orphans)
    version_id = _next_id(connection, schema.version)
    row = msgspec.to_builtins(new) | {
        "id": version_id,
        "retrieved_at": retrieved_at,
        "counts": counts,
        "files": {role: _write_file(connection, file) for role, file in files.items()},
        "content_hash": said,
    }
    connection.execute(sa.insert(schema.version), row)
    _write_entries(connection, new.list_id, version_id, rows)
    return StoreResult("new", version_id, counts, orphans)


def content_hash(
    format_name: str,
    parts: Sequence[str],
    carried: Sequence[str],
    said: Iterable[tuple[str, str, bytes]],
) -> str:
    """The hash of all a version says, whatever the order of its entries or the bytes of its files.

    ``said`` is part, record id and hash of the content, of every entry.
    """
    hashed = sha256(msgspec.json.encode([format_name, parts, sorted(carried)]))
    for part, record_id, digest in sorted(said):
        hashed.update(f"\n{part}\t{record_id}\t".encode())
        hashed.update(digest)
    return hashed.hexdigest()


def add_check(
    connection: sa.Connection,
    list_id: str,
    checked_at: str,
    result: str,
    version_id: int | None,
) -> None:
    """Note that a publisher was asked, and what came of it."""
    row = {
        "id": _next_id(connection, schema.check),
        "list_id": list_id,
        "checked_at": checked_at,
        "result": result,
        "version_id": version_id,
    }
    connection.execute(sa.insert(schema.check), row)


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
    seen: set[tuple[str, str]] = set()
    for batch in _batches(entries):
        encoded = []
        for entry in batch:
            key = (entry.part, entry.record_id)
            if key in seen:
                raise _refused(new, f"record {entry.record_id} stands twice in part {entry.part}")
            seen.add(key)
            _check_entry(new, entry)
            encoded.append((entry, *encode(entry)))
        ids = _content_ids(connection, {digest: body for _, digest, body in encoded})
        for entry, digest, _ in encoded:
            yield entry.part, entry.record_id, digest, ids[digest]


def _check_entry(new: NewVersion, entry: Entry) -> None:
    if entry.part not in new.parts:
        raise _refused(
            new, f"record {entry.record_id} is of part {entry.part}, not of {list(new.parts)}"
        )
    for name in ("listed_on", "delisted_on"):
        value = getattr(entry, name)
        if value is None:
            continue
        try:
            PartialDate.parse(value)
        except ValueError as error:
            raise _refused(new, f"record {entry.record_id}, {name}: {error}") from error


def _content_ids(connection: sa.Connection, bodies: Mapping[bytes, bytes]) -> dict[bytes, int]:
    """The id of each content, those not seen before written now."""
    table = schema.content
    ids = _ids_of(connection, table, table.c.sha256, list(bodies))
    start = _next_id(connection, table)
    unseen = [digest for digest in bodies if digest not in ids]
    ids.update(zip(unseen, range(start, start + len(unseen)), strict=True))
    if unseen:
        connection.execute(
            sa.insert(table),
            [{"id": ids[each], "sha256": each, "body": pack(bodies[each])} for each in unseen],
        )
    return ids


def _record_ids(connection: sa.Connection, list_id: str, wanted: Sequence[str]) -> dict[str, int]:
    """The archive's id of each record, those not seen before written now."""
    table = schema.record
    ids = _ids_of(connection, table, table.c.record_id, wanted, table.c.list_id == list_id)
    start = _next_id(connection, table)
    unseen = [record_id for record_id in wanted if record_id not in ids]
    ids.update(zip(unseen, range(start, start + len(unseen)), strict=True))
    if unseen:
        connection.execute(
            sa.insert(table),
            [{"id": ids[each], "list_id": list_id, "record_id": each} for each in unseen],
        )
    return ids


def _ids_of(
    connection: sa.Connection,
    table: sa.Table,
    column: sa.Column[Any],
    wanted: Sequence[Any],
    *conditions: sa.ColumnElement[bool],
) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for start in range(0, len(wanted), _VALUES):
        some = wanted[start : start + _VALUES]
        query = sa.select(column, table.c.id).where(column.in_(some), *conditions)
        found.update(connection.execute(query).tuples().all())
    return found


def _write_entries(
    connection: sa.Connection, list_id: str, version_id: int, rows: Sequence[_Row]
) -> None:
    records = _record_ids(connection, list_id, list(dict.fromkeys(row[1] for row in rows)))
    for batch in _batches(rows):
        connection.execute(
            sa.insert(schema.entry),
            [
                {
                    "version_id": version_id,
                    "part": part,
                    "record_pk": records[record_id],
                    "content_pk": content_pk,
                }
                for part, record_id, _, content_pk in batch
            ],
        )


def _write_file(connection: sa.Connection, file: SourceFile) -> str:
    digest = sha256(file.content).hexdigest()
    table = schema.source_file
    if connection.scalar(sa.select(table.c.sha256).where(table.c.sha256 == digest)) is None:
        row = {
            "sha256": digest,
            "name": file.name,
            "bytes": len(file.content),
            "body": gzip.compress(file.content, 6, mtime=0),
        }
        connection.execute(sa.insert(table), row)
    return digest


def _count_orphans(leading: str, rows: Sequence[_Row]) -> int:
    listed = {record_id for part, record_id, _, _ in rows if part == leading}
    return len({record_id for _, record_id, _, _ in rows} - listed)


def _find(connection: sa.Connection, new: NewVersion, said: str) -> int | None:
    table = schema.version
    return connection.scalar(
        sa.select(table.c.id).where(
            table.c.list_id == new.list_id,
            table.c.published == new.published,
            table.c.content_hash == said,
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
        f"the version cannot be kept: {what}",
        where=f"{new.list_id} of {new.published}",
        why="records could not be told apart, or would be taken for removed",
        mend="check the file, and the reader of this list",
        unchanged="the last good version stays",
    )
