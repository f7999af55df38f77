"""Open the snapshot of a job on a worker: unpacked once a machine, mapped once a process.

The packed file is among the files of the Spark job, or at a path that every machine can read. The
first process of a machine unpacks it below a folder of the user's own and checks every file; all
others wait for it and map the same pages.
"""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import msgspec

from limen._version import __version__
from limen.engine import Engine
from limen.model import SnapshotError
from limen.snapshot import Snapshot
from limen.snapshot.packed_snapshot import unpack


class JobSnapshot(msgspec.Struct, frozen=True):
    """The snapshot of a job, as the driver describes it to workers.

    Attributes:
        id: the snapshot's.
        file: the packed file: its name among the files of the job, or a path.
        engine: the driver's version of Limen.
        now: the moment of the question, for workers with another clock.
        folder: the folder to unpack below; one of the user's own in the machine's temporary folder.
    """

    id: str
    file: str
    engine: str
    now: datetime
    folder: str | None = None


@lru_cache(maxsize=2)  # a worker process serves one job after the other
def open_on_worker(snapshot: JobSnapshot) -> Engine:
    """Return an engine on the snapshot of a job.

    Raises:
        SnapshotError: this machine has no such file, no room for it, another file, or another
            version of Limen.
    """
    if snapshot.engine != __version__:
        raise SnapshotError(
            f"this worker has limen {__version__}, and the driver {snapshot.engine}",
            where=_machine(),
            why="rows of one job would be answered by two versions",
            hint="install the same version on every machine",
        )
    try:
        folder = unpack(_packed_file(snapshot.file), unpack_folder(snapshot), expected=snapshot.id)
    except SnapshotError as error:
        error.where = f"{_machine()}: {error.where}"
        raise
    return Engine(Snapshot(folder), clock=lambda: snapshot.now)


def unpack_folder(snapshot: JobSnapshot) -> Path:
    """Return the folder below which a snapshot is unpacked on this machine.

    Raises:
        SnapshotError: it cannot be made, or another user can write to it.
    """
    if snapshot.folder is not None:
        return Path(snapshot.folder)
    folder = Path(tempfile.gettempdir()) / f"limen-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.stat()
    except OSError as error:
        raise SnapshotError(
            f"the folder for snapshots cannot be made: {error}",
            where=str(folder),
            hint="name another one with unpack_to",
        ) from error
    if status.st_uid != os.getuid() or status.st_mode & 0o022:
        raise SnapshotError(
            "other users can write to the folder for snapshots",
            where=str(folder),
            why="a snapshot that was changed would be answered from",
            hint="remove it, or name another one with unpack_to",
        )
    return folder


def _packed_file(file: str) -> Path:
    """Return where a packed snapshot is on this machine: at its path, or among the job's files."""
    place = Path(file)
    if place.is_file():
        return place
    from pyspark import SparkFiles

    shipped = Path(SparkFiles.getRootDirectory()) / place.name
    if shipped.is_file():
        return shipped
    raise SnapshotError(
        f"there is no packed snapshot at {place} or {shipped}",
        where=file,
        hint="leave ship=True, send it with spark-submit --files, or name a path that every "
        "machine can read",
    )


def _machine() -> str:
    return f"worker {os.uname().nodename}"
