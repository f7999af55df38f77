"""Lock a database for one writer at a time: two updates would each build on half of the other.

The operating system, or PostgreSQL, holds the lock and releases it when the process ends,
however it ends; so there are no stale locks, and the text in the lock file about its holder
is for people alone.
"""

from __future__ import annotations

import getpass
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

import sqlalchemy as sa

from limen.model.errors import BusyError, DataError

#: "limen" in ASCII: the key of the advisory lock in a PostgreSQL database.
_ADVISORY_KEY = 0x6C696D656E
_HOLDER = sa.text(
    "SELECT a.application_name, a.pid, a.client_addr, a.backend_start FROM pg_locks l"
    " JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND (l.classid::bigint << 32 | l.objid::bigint) = :key"
)

if sys.platform == "win32":
    import msvcrt

    #: Far behind the text, so that another process can read who holds it.
    _LOCKED_BYTE = 1 << 30

    def _try_lock(file: BinaryIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lockable(Protocol):
    """Represents what is locked: as messages name it, and the class of its errors."""

    @property
    def the(self) -> str: ...
    @property
    def error(self) -> type[DataError]: ...


@contextmanager
def file_lock(path: Path, purpose: str, kind: Lockable) -> Iterator[None]:
    """Hold the lock file at ``path`` while the block runs, or until the process ends.

    Raises:
        BusyError: another process holds it.
        DataError: the lock file cannot be created.
    """
    try:
        file = path.open("a+b")
    except OSError as error:
        raise kind.error(
            f"{kind.the} cannot be locked: {error.strerror}",
            where=str(path),
            hint="make the folder writable, or set LIMEN_HOME to one that is",
        ) from error
    with file:
        try:
            _try_lock(file)
        except OSError as error:
            file.seek(0)
            holder = file.read().decode("utf-8", "replace").strip()
            raise _busy(holder or "another process", str(path), kind) from error
        file.truncate(0)
        file.write(f"{_myself()}, {purpose}\n".encode())
        file.flush()
        yield
        file.truncate(0)


@contextmanager
def advisory_lock(engine: sa.Engine, where: str, purpose: str, kind: Lockable) -> Iterator[None]:
    """Hold the database's advisory lock in PostgreSQL, on a connection of its own.

    Raises:
        BusyError: another session holds it.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = {"key": _ADVISORY_KEY}
        if not connection.scalar(sa.text("SELECT pg_try_advisory_lock(:key)"), key):
            holder = connection.execute(_HOLDER, key).first()
            name = _session(*holder) if holder else "another session"
            raise _busy(name, where, kind)
        connection.execute(
            sa.text("SELECT set_config('application_name', :name, false)"),
            {"name": f"limen: {purpose}"[:63]},
        )
        try:
            yield
        finally:
            connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), key)


def _busy(holder: str, where: str, kind: Lockable) -> BusyError:
    return BusyError(
        f"{kind.the} is being changed by {holder}",
        where=where,
        why="two updates at once would each build on half of the other",
        hint="wait until it is done, or stop it; then run the same command again",
        unchanged="everything stored before stays as it was",
    )


def _myself() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "an unnamed user"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"process {os.getpid()} of {user} on {platform.node()} since {now}"


def _session(name: str, pid: int, client: str | None, since: datetime) -> str:
    origin = client or "the server itself"
    started = since.strftime("%Y-%m-%d %H:%M")
    return f"{name or 'a session'} (server process {pid}, from {origin}, since {started})"
