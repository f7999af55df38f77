"""The archive as the rest of Limen sees it: store a version, and ask what was said when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from limen.archive import queries as reading
from limen.archive import store
from limen.archive.diff import RecordChange, VersionDiff, field_changes
from limen.archive.history import RecordHistory, tell
from limen.archive.merge import contents_of, join, keys_in
from limen.archive.search import find_records
from limen.archive.storage.database import Database, open_database
from limen.archive.timeline import RecordStates
from limen.archive.verification import verify
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


class Archive:
    """Every version of every list ever loaded. For one thread at a time.

    Every method may raise ArchiveError: the database is damaged, full or out of reach.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._locked = False

    @classmethod
    def open(cls, place: str | Path) -> Self:
        """Open the archive at a path, or a PostgreSQL URL; make it where there is none.

        Raises:
            ArchiveError: it is no archive, of another version of Limen, or out of reach.
        """
        return cls(open_database(place))

    def close(self) -> None:
        """Let go of the database."""
        self._database.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def where(self) -> str:
        """Its path, or its URL without the password."""
        return self._database.where

    @contextmanager
    def updating(self, purpose: str) -> Iterator[None]:
        """Keep every other process from changing the archive, for as long as the block runs.

        ``purpose`` is told to whoever finds it locked: ``"limen lists update"``.

        Raises:
            BusyError: another process is changing it; says who, and since when.
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
        """Keep a version, its entries and its files by role, all or nothing.

        Storing what is there already changes nothing. Where the publisher itself sent it, and
        so proved it current, :meth:`record_check` is to be told.

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
        """Note that a publisher was asked for a list; ``version_id`` if it still is that one.

        Not for what comes from a folder: an old file read again proves no list current.

        Raises:
            BusyError: another process is changing the archive.
        """
        at = str(Instant.parse(checked_at))
        with self.updating(f"checking {list_id}"), self._database.writing() as connection:
            store.add_check(connection, list_id, at, result, version_id)

    def versions(self, list_id: str | None = None) -> tuple[Version, ...]:
        """Every version, of one list or all, by list and day."""
        with self._database.reading() as connection:
            return reading.read_versions(connection, list_id)

    def checks(self, list_id: str) -> tuple[Check, ...]:
        """Every time a list was asked for, oldest first."""
        with self._database.reading() as connection:
            return reading.read_checks(connection, list_id)

    def vintages(self, list_id: str) -> tuple[Vintage, ...]:
        """The versions of a list as they followed each other, and what each carried forward."""
        with self._database.reading() as connection:
            return reading.read_vintages(connection, list_id)

    def first_day(self, list_id: str) -> str:
        """The ISO day of the first version of a list: before it, the archive cannot say."""
        return self.vintages(list_id)[0].version.published

    def entries(self, version_id: int, part: str | None = None) -> Iterator[Entry]:
        """The entries of a version, or of one part of it, as its files had them."""
        with self._database.reading() as connection:
            yield from reading.read_entries(connection, version_id, part)

    def source_file(self, sha256: str) -> SourceFile:
        """A file as it was delivered, proven by its hash."""
        with self._database.reading() as connection:
            return reading.read_source_file(connection, sha256)

    def states(self, list_id: str) -> Iterator[RecordStates]:
        """Every record's merged life, by record id: what the compile step needs."""
        with self._database.reading() as connection:
            known = reading.read_vintages(connection, list_id)
            yield from reading.read_states(connection, known)

    def diff(self, list_id: str, day_a: str, day_b: str) -> VersionDiff:
        """What changed between the versions in force on two ISO days.

        Raises:
            InputError: a day that is none, or before the first version.
        """
        with self._database.reading() as connection:
            known = reading.read_vintages(connection, list_id)
            before, after = (_on(known, list_id, day) for day in (day_a, day_b))
            return _compare(connection, before, after)

    def history(self, query: str) -> list[RecordHistory]:
        """The life of every record with that id, ``list:id``, or name.

        Raises:
            InputError: the query has no letter and no digit.
        """
        with self._database.reading() as connection:
            histories = []
            for list_id, names in sorted(find_records(connection, query).items()):
                known = reading.read_vintages(connection, list_id)
                lives = reading.read_lives(connection, known, names)
                histories += [tell(life, known) for life in lives]
            return histories

    def verify(self) -> None:
        """Prove that every version is whole and every file what was delivered.

        Raises:
            ArchiveError: the first thing found that is not as it was stored.
        """
        with self._database.reading() as connection:
            verify(connection, self.where)


def _on(known: tuple[Vintage, ...], list_id: str, day: str) -> Vintage:
    try:
        asked = date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise InputError(f"{day!r} is no day", hint="write it like 2022-02-21") from error
    found = in_force(known, asked)
    if found is None:
        days = ", ".join(each.version.published for each in known)
        raise InputError(
            f"the archive has no version of {list_id} on or before {asked}",
            hint=f"ask about one of {days}",
        )
    return found


def _compare(connection: sa.Connection, before: Vintage, after: Vintage) -> VersionDiff:
    read_part = reading.part_reader(connection)
    old, new = keys_in(before, read_part), keys_in(after, read_part)
    differ = [record for record in {**old, **new} if old.get(record) != new.get(record)]
    keys = [keys.get(record) for record in differ for keys in (old, new)]
    contents = reading.read_contents(connection, contents_of(keys))
    names = reading.read_record_ids(connection, before.version.list_id)
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
        tuple(each for each in added if each),
        tuple(removed),
        tuple(changed),
    )
