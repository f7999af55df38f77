"""The archive as the rest of Limen uses it: store versions, read states and histories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from limen.archive import queries, store
from limen.archive.changes import compare_entries
from limen.archive.diff import RecordChange, VersionDiff, field_changes
from limen.archive.history import RecordHistory, history_of
from limen.archive.merge import contents_of, join, keys_in
from limen.archive.search import find_records
from limen.archive.storage.kind import ARCHIVE
from limen.archive.timeline import RecordStates
from limen.archive.verification import verify, verify_versions
from limen.archive.versions import (
    Check,
    NewVersion,
    SourceFile,
    StoreResult,
    Version,
    Vintage,
    in_force,
)
from limen.model import Entry, InputError, Instant
from limen.util.database.database import Database, open_database


class Archive:
    """Every version of every list ever loaded. For one thread at a time.

    Every method may raise ArchiveError: the database is damaged, full or out of reach.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._locked = False

    @classmethod
    def open(cls, place: str | Path) -> Self:
        """Open the archive at a path, or a PostgreSQL URL; create it where there is none.

        Raises:
            ArchiveError: it is no archive, of another version of Limen, or out of reach.
        """
        return cls(open_database(place, ARCHIVE))

    def close(self) -> None:
        """Close the database."""
        self._database.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def where(self) -> str:
        """Return the archive's path, or its URL without the password."""
        return self._database.where

    @contextmanager
    def updating(self, purpose: str) -> Iterator[None]:
        """Lock the archive against changes by other processes while the block runs.

        ``purpose`` is shown to whoever finds it locked: ``"limen lists update"``.

        Raises:
            BusyError: another process is changing it; the error names it, and since when.
        """
        if self._locked:
            yield
            return
        with self._database.locked(purpose):
            self._locked = True
            try:
                yield
            finally:
                self._locked = False

    def store(
        self, version: NewVersion, entries: Iterable[Entry], files: Mapping[str, SourceFile]
    ) -> StoreResult:
        """Store a version, its entries and its files by role, all or nothing.

        Storing what is there already changes nothing. Where the publisher itself sent it, and
        so proved it current, call :meth:`record_check` too.

        Raises:
            ArchiveError: the version contradicts itself, or cannot be written.
            BusyError: another process is changing the archive.
        """
        purpose = f"storing {version.list_id} of {version.published}"
        with self.updating(purpose), self._database.writing() as connection:
            return store.store_version(connection, version, entries, files)

    def record_check(
        self, list_id: str, checked_at: str, result: str, *, version_id: int | None = None
    ) -> None:
        """Record that a list was requested from its publisher; ``version_id`` if it is current.

        Not for what comes from a folder: an old file read again proves no list current.

        Raises:
            BusyError: another process is changing the archive.
        """
        at = str(Instant.parse(checked_at))
        with self.updating(f"checking {list_id}"), self._database.writing() as connection:
            store.add_check(connection, list_id, at, result, version_id)

    def versions(self, list_id: str | None = None) -> tuple[Version, ...]:
        """Return every version, of one list or all, by list and day."""
        with self._database.reading() as connection:
            return queries.read_versions(connection, list_id)

    def checks(self, list_id: str) -> tuple[Check, ...]:
        """Return every time a list was requested from its publisher, oldest first."""
        with self._database.reading() as connection:
            return queries.read_checks(connection, list_id)

    def vintages(self, list_id: str) -> tuple[Vintage, ...]:
        """Return the versions of a list in sequence, and what each carried forward."""
        with self._database.reading() as connection:
            return queries.read_vintages(connection, list_id)

    def first_day(self, list_id: str) -> str:
        """Return the ISO day of a list's first version; before it, nothing is known."""
        return self.vintages(list_id)[0].version.published

    def entries(self, version_id: int, part: str | None = None) -> Iterator[Entry]:
        """Yield the entries of a version, or of one part of it, as its files had them."""
        with self._database.reading() as connection:
            yield from queries.read_entries(connection, version_id, part)

    def compare(
        self, version_id: int, entries: Iterable[Entry]
    ) -> tuple[list[Entry], list[tuple[Entry, Entry | None]]]:
        """Compare a version with the entries of a later one, read and not yet stored.

        Return the entries that are the same in both, and each other entry of the version with the
        later one under its part and record id, ``None`` where there is none; a part of which no
        entry is given is left out.
        """
        with self._database.reading() as connection:
            return compare_entries(connection, version_id, entries)

    def source_file(self, sha256: str) -> SourceFile:
        """Return a file as it was delivered, checked against its hash."""
        with self._database.reading() as connection:
            return queries.read_source_file(connection, sha256)

    def states(self, list_id: str) -> Iterator[RecordStates]:
        """Yield the merged states and listings of every record, by record id.

        Raises:
            ArchiveError: a version is not as it was stored.
        """
        with self._database.reading() as connection:
            known = queries.read_vintages(connection, list_id)
            verify_versions(connection, (vintage.version for vintage in known))
            yield from queries.read_states(connection, known)

    def diff(self, list_id: str, day_a: str, day_b: str) -> VersionDiff:
        """Compare the versions in force on two ISO days.

        Raises:
            InputError: not a day, or a day before the first version.
        """
        with self._database.reading() as connection:
            known = queries.read_vintages(connection, list_id)
            before, after = (_on(known, list_id, day) for day in (day_a, day_b))
            return _compare(connection, before, after)

    def history(self, query: str) -> list[RecordHistory]:
        """Return the history of every record with that id, ``list:id``, or name.

        Raises:
            InputError: the query has no letter and no digit.
        """
        with self._database.reading() as connection:
            histories = []
            for list_id, record_ids in sorted(find_records(connection, query).items()):
                known = queries.read_vintages(connection, list_id)
                records = queries.read_states_of(connection, known, record_ids)
                histories += [history_of(record, known) for record in records]
            return histories

    def verify(self) -> None:
        """Check that every version is whole and every file is what was delivered.

        Raises:
            ArchiveError: the first row or file that is not as it was stored.
        """
        with self._database.reading() as connection:
            verify(connection)


def _on(known: tuple[Vintage, ...], list_id: str, day: str) -> Vintage:
    try:
        iso_day = date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise InputError(f"{day!r} is no day", hint="write it like 2022-02-21") from error
    vintage = in_force(known, iso_day)
    if vintage is None:
        days = ", ".join(version.version.published for version in known)
        raise InputError(
            f"the archive has no version of {list_id} on or before {iso_day}",
            hint=f"take one of {days}",
        )
    return vintage


def _compare(connection: sa.Connection, before: Vintage, after: Vintage) -> VersionDiff:
    read_part = queries.part_reader(connection)
    old, new = keys_in(before, read_part), keys_in(after, read_part)
    differ = [record for record in {**old, **new} if old.get(record) != new.get(record)]
    keys = [keys.get(record) for record in differ for keys in (old, new)]
    contents = queries.read_contents(connection, contents_of(keys))
    names = queries.read_record_ids(connection, before.version.list_id)
    added, removed, changed = [], [], []
    for record in sorted(differ, key=names.__getitem__):
        was, now = (
            join(names[record], keys[record], contents) if record in keys else None
            for keys in (old, new)
        )
        if was is None:
            added.append(now)
        elif now is None:
            removed.append(was)
        elif fields := field_changes(was, now):
            changed.append(RecordChange(was, now, fields))
    return VersionDiff(
        before.version,
        after.version,
        tuple(entry for entry in added if entry),
        tuple(removed),
        tuple(changed),
    )
