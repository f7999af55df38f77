"""Open a database of Limen's: an SQLite file, or PostgreSQL by URL.

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

from limen.model.errors import BusyError, DataError
from limen.util.database.kind import Kind
from limen.util.database.lock import advisory_lock, file_lock
from limen.util.database.waiting import interrupts_waiting

#: Seconds to wait for another connection's short read or commit.
_PATIENCE = 10
#: SQLite's page cache: the indexes of a large archive fit in it.
_CACHE_KIB = 65_536
#: The option of a connection that says that its transactions write.
_WRITES = "limen_writes"

#: SQLite's error name, or its beginning -> what it means, and how to fix it.
_SQLITE_TROUBLE = (
    ("SQLITE_FULL", "the disk is full", "free some space, then run the same command again"),
    (
        "SQLITE_NOTADB",
        "this file is not {a}",
        "give the path of {a}, or of a file that does not exist yet",
    ),
    ("SQLITE_CORRUPT", "{the} is damaged", "restore it from a copy, or move it away{again}"),
    (
        "SQLITE_READONLY",
        "{the} cannot be written here",
        "make the file and its folder writable, or set LIMEN_HOME to a folder that is",
    ),
    (
        "SQLITE_CANTOPEN",
        "{the} cannot be opened",
        "check that its folder exists and can be written, or set LIMEN_HOME to one that can",
    ),
    (
        "SQLITE_IOERR",
        "the disk failed while {the} was read or written",
        "check the disk and its free space, then run the same command again",
    ),
)


@dataclass(frozen=True, slots=True)
class Database:
    """An open database, and its location without a password."""

    engine: sa.Engine
    where: str
    path: Path | None
    kind: Kind

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a connection that sees one state of the database throughout."""
        with _explained(self):
            connection: sa.Connection | None = None
            try:
                with interrupts_waiting():
                    connection = self.engine.connect()
                    connection.begin()
                yield connection
            finally:
                with interrupts_waiting():
                    if connection is not None:
                        connection.close()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Open a transaction, of which everything is stored or nothing; an interrupt waits.

        In SQLite it is the only one that writes from its beginning on.
        """
        with _explained(self), interrupts_waiting(), self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def locked(self, purpose: str) -> Iterator[None]:
        """Hold the database's lock against other writers while the block runs.

        Raises:
            BusyError: another process is changing it.
        """
        if self.path is not None:
            with file_lock(self.path.with_name(f"{self.path.name}.lock"), purpose, self.kind):
                yield
        else:
            with _explained(self), advisory_lock(self.engine, self.where, purpose, self.kind):
                yield


def open_database(place: str | Path, kind: Kind) -> Database:
    """Open the database at a path or URL, and create it where there is none yet.

    Raises:
        DataError: it is of another kind or version of Limen, damaged, or out of reach; of the
            class of the kind.
        BusyError: another process is creating it at this moment.
    """
    url = _url(place, kind)
    path = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
    if path is not None:
        _prepare_folder(path, kind)
    where = str(path) if path else url.render_as_string(hide_password=True)
    database = Database(_engine(url, where, kind), where, path, kind)
    try:
        _check_schema(database)
    except BaseException:
        database.engine.dispose()
        raise
    return database


def _url(place: str | Path, kind: Kind) -> URL:
    text = str(place)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().resolve()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise kind.error(f"not a database URL: {error}", hint=_URL_SHAPE) from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database:
        return url.set(database=str(Path(url.database).resolve()))
    raise kind.error(f"{kind.a} cannot be stored in {url.drivername}", hint=_URL_SHAPE)


_URL_SHAPE = "give a path, or postgresql://user@host/database"


def _prepare_folder(path: Path, kind: Kind) -> None:
    if path.is_dir():
        raise kind.error(
            f"this is a folder, not {kind.a}",
            where=str(path),
            hint=f"give a file in it: {path / kind.file}",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise kind.error(
            f"the folder cannot be made: {error.strerror}",
            where=str(path.parent),
            hint="set LIMEN_HOME to a folder that can be written",
        ) from error


def _engine(url: URL, where: str, kind: Kind) -> sa.Engine:
    options = {} if url.get_backend_name() == "sqlite" else _postgresql_options(kind)
    try:
        engine = sa.create_engine(url, **options)
    except (ImportError, NoSuchModuleError) as error:
        raise kind.error(
            f"the database driver is not installed: {error}",
            where=where,
            hint='pip install "limen[postgres]"',
        ) from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin)
    return engine


def _postgresql_options(kind: Kind) -> dict[str, Any]:
    """Return options by which values are given by position, as in SQLite: rows can be tuples."""
    return {"isolation_level": kind.isolation, "paramstyle": "format"}


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
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _check_schema(database: Database) -> None:
    with database.reading() as connection:
        tables = set(sa.inspect(connection).get_table_names())
    kind = database.kind
    if kind.schema_version.name not in tables:
        _make_tables(database, tables)
    version = _schema_of(database)
    if kind.oldest <= version < kind.version:
        with database.locked(f"bringing {kind.the} up to date"):
            if _schema_of(database) == version:
                with database.writing() as connection:
                    kind.migrate(connection)
    elif version != kind.version:
        raise _other_schema(version, database)


def _schema_of(database: Database) -> int:
    with database.reading() as connection:
        versions = connection.scalars(sa.select(database.kind.schema_version.c.version)).all()
    return versions[0] if len(versions) == 1 else 0


def _make_tables(database: Database, others: set[str]) -> None:
    kind = database.kind
    foreign = others if database.path is not None else others & set(kind.metadata.tables)
    if foreign:
        raise kind.error(
            f"this is a database of something else: it has the table {min(foreign)}",
            where=database.where,
            hint=kind.words("give the path of {a}, or of a file that does not exist yet"),
        )
    with database.locked(f"making {kind.the}"), database.writing() as connection:
        kind.metadata.create_all(connection)
        table = kind.schema_version
        if connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            row = {"version": kind.version, "created_at": now}
            connection.execute(sa.insert(table), row)


def _other_schema(version: int, database: Database) -> DataError:
    kind = database.kind
    newer = version > kind.version
    return kind.error(
        f"{kind.the} has tables of version {version}, this Limen knows version {kind.version}",
        where=database.where,
        why="read with the wrong tables it would give wrong answers",
        hint="install the newer Limen that made it" if newer else f"move it away{kind.again}",
    )


@contextmanager
def _explained(database: Database) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _explain(error, database) from error


def _explain(error: DBAPIError, database: Database) -> DataError:
    kind, where = database.kind, database.where
    name = getattr(error.orig, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError(
            f"another program has held {kind.the} for more than {_PATIENCE} seconds",
            where=where,
            hint="close the program that has it open, then run the same command again",
        )
    for beginning, what, hint in _SQLITE_TROUBLE:
        if name.startswith(beginning):
            fix = kind.words(hint)
            return kind.error(kind.words(what), where=where, hint=fix, unchanged=_UNCHANGED)
    return kind.error(
        f"the database says: {str(error.orig).strip()}",
        where=where,
        hint="check that the database can be reached and is in order",
        unchanged=_UNCHANGED,
    )


_UNCHANGED = "everything stored before stays as it was"
