"""Open the database of an archive: an SQLite file, or PostgreSQL by URL.

SQLite runs with a write-ahead log and waits for the disk at every commit, so that neither a
killed process nor a power cut leaves half a version. Every error of the database becomes one
of Limen's, with what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from limen.archive.storage.interrupts import interrupts_waiting
from limen.archive.storage.lock import advisory_lock, file_lock
from limen.archive.storage.migrate import OLDEST, migrate
from limen.archive.storage.schema import SCHEMA_VERSION, metadata, schema_version
from limen.model import ArchiveError, BusyError

#: Seconds to wait for another connection's short read or commit.
_PATIENCE = 10
#: SQLite's page cache: the indexes of a large archive fit in it.
_CACHE_KIB = 65_536
#: Values by position, as in SQLite, so that rows can be written as tuples.
_POSTGRESQL_OPTIONS = {"isolation_level": "REPEATABLE READ", "paramstyle": "format"}

#: SQLite's error name, or its beginning -> what it means, and how to fix it.
_SQLITE_TROUBLE = (
    ("SQLITE_FULL", "the disk is full", "free some space, then run the same command again"),
    (
        "SQLITE_NOTADB",
        "this file is not an archive",
        "give the path of an archive, or of a file that does not exist yet",
    ),
    (
        "SQLITE_CORRUPT",
        "the archive is damaged",
        "restore it from a copy, or move it away and load the lists again",
    ),
    (
        "SQLITE_READONLY",
        "the archive cannot be written here",
        "make the file and its folder writable, or set LIMEN_HOME to a folder that is",
    ),
    (
        "SQLITE_CANTOPEN",
        "the archive cannot be opened",
        "check that its folder exists and can be written, or set LIMEN_HOME to one that can",
    ),
    (
        "SQLITE_IOERR",
        "the disk failed while the archive was read or written",
        "check the disk and its free space, then run the same command again",
    ),
)


@dataclass(frozen=True, slots=True)
class Database:
    """An open database, and its location without a password."""

    engine: sa.Engine
    where: str
    path: Path | None

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a connection that sees one state of the archive throughout."""
        with _explained(self.where):
            with interrupts_waiting():
                connection = self.engine.connect()
                connection.begin()
            try:
                yield connection
            finally:
                with interrupts_waiting():
                    connection.close()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Open a transaction, of which everything is stored or nothing; an interrupt waits."""
        with _explained(self.where), interrupts_waiting(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def locked(self, purpose: str) -> Iterator[None]:
        """Hold the archive's lock against other writers while the block runs.

        Raises:
            BusyError: another process is changing it.
        """
        if self.path is not None:
            with file_lock(self.path.with_name(f"{self.path.name}.lock"), purpose):
                yield
        else:
            with _explained(self.where), advisory_lock(self.engine, self.where, purpose):
                yield


def open_database(place: str | Path) -> Database:
    """Open the archive at a path or URL, and create it where there is none yet.

    Raises:
        ArchiveError: it is no archive, of another version of Limen, damaged, or out of reach.
        BusyError: another process is creating it at this moment.
    """
    url = _url(place)
    path = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
    if path is not None:
        _prepare_folder(path)
    where = str(path) if path else url.render_as_string(hide_password=True)
    database = Database(_engine(url, where), where, path)
    try:
        _check_schema(database)
    except BaseException:
        database.engine.dispose()
        raise
    return database


def _url(place: str | Path) -> URL:
    text = str(place)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().resolve()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise ArchiveError(f"not a database URL: {error}", hint=_URL_SHAPE) from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database:
        return url.set(database=str(Path(url.database).resolve()))
    raise ArchiveError(f"an archive cannot be stored in {url.drivername}", hint=_URL_SHAPE)


_URL_SHAPE = "give a path, or postgresql://user@host/database"


def _prepare_folder(path: Path) -> None:
    if path.is_dir():
        raise ArchiveError(
            "this is a folder, not an archive",
            where=str(path),
            hint=f"give a file in it: {path / 'archive.db'}",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"the folder cannot be made: {error.strerror}",
            where=str(path.parent),
            hint="set LIMEN_HOME to a folder that can be written",
        ) from error


def _engine(url: URL, where: str) -> sa.Engine:
    options = {} if url.get_backend_name() == "sqlite" else _POSTGRESQL_OPTIONS
    try:
        engine = sa.create_engine(url, **options)
    except (ImportError, NoSuchModuleError) as error:
        raise ArchiveError(
            f"the database driver is not installed: {error}",
            where=where,
            hint='pip install "limen[postgres]"',
        ) from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin)
    return engine


def _set_up_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are ours to begin, not the driver's
    for pragma in (
        f"busy_timeout={_PATIENCE * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"cache_size=-{_CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _check_schema(database: Database) -> None:
    with database.reading() as connection:
        tables = set(sa.inspect(connection).get_table_names())
    if schema_version.name not in tables:
        _make_tables(database, tables)
    version = _schema_of(database)
    if OLDEST <= version < SCHEMA_VERSION:
        with database.locked("bringing the archive up to date"):
            if _schema_of(database) == version:
                with database.writing() as connection:
                    migrate(connection)
    elif version != SCHEMA_VERSION:
        raise _other_schema(version, database.where)


def _schema_of(database: Database) -> int:
    with database.reading() as connection:
        versions = connection.scalars(sa.select(schema_version.c.version)).all()
    return versions[0] if len(versions) == 1 else 0


def _make_tables(database: Database, others: set[str]) -> None:
    foreign = others if database.path is not None else others & set(metadata.tables)
    if foreign:
        raise ArchiveError(
            f"this is a database of something else: it has the table {min(foreign)}",
            where=database.where,
            hint="give the path of an archive, or of a file that does not exist yet",
        )
    with database.locked("making the archive"), database.writing() as connection:
        metadata.create_all(connection)
        if connection.scalar(sa.select(sa.func.count()).select_from(schema_version)) == 0:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            row = {"version": SCHEMA_VERSION, "created_at": now}
            connection.execute(sa.insert(schema_version), row)


def _other_schema(version: int, where: str) -> ArchiveError:
    newer = version > SCHEMA_VERSION
    return ArchiveError(
        f"the archive has tables of version {version}, this Limen knows version {SCHEMA_VERSION}",
        where=where,
        why="read with the wrong tables it would give wrong answers",
        hint="install the newer Limen that made it"
        if newer
        else "move it away and load the lists again",
    )


@contextmanager
def _explained(where: str) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _explain(error, where) from error


def _explain(error: DBAPIError, where: str) -> ArchiveError | BusyError:
    name = getattr(error.orig, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError(
            f"another program has held the archive for more than {_PATIENCE} seconds",
            where=where,
            hint="close the program that has it open, then run the same command again",
        )
    for beginning, what, hint in _SQLITE_TROUBLE:
        if name.startswith(beginning):
            return ArchiveError(what, where=where, hint=hint, unchanged=_UNCHANGED)
    return ArchiveError(
        f"the database says: {str(error.orig).strip()}",
        where=where,
        hint="check that the database can be reached and is in order",
        unchanged=_UNCHANGED,
    )


_UNCHANGED = "everything stored before stays as it was"
