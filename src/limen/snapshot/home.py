"""Find and activate the snapshots of the home folder.

The folder ``snapshots`` holds one folder a snapshot, the file ``active`` with the name of the
active one, and ``activations.jsonl`` with every activation, recorded before it is made: each line
names the snapshot that was active until then.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from limen.model import InputError, SnapshotError
from limen.snapshot.format import MANIFEST, Manifest
from limen.snapshot.reader import read_manifest
from limen.util.changing import changing
from limen.util.files import write_whole

#: The folder of a home with regimes of one's own, and statements and events that were accepted.
OWN_REGIMES = "regimes.d"
_ACTIVE = "active"
#: The id of a snapshot: :func:`~limen.snapshot.format.manifest_id`.
_ACTIVE_CONTENT = re.compile(rb"[0-9a-f]{16}\n?")
_LOG = "activations.jsonl"
#: The lock is as open as the snapshots: the umask decides whether a team shares them.
_MODE = 0o666
#: The beginning of the name of a snapshot that is being removed.
_REMOVED = ".removed-"


def home_folder() -> Path:
    """Return ``LIMEN_HOME``, else the platform's folder for a user's data."""
    configured = os.environ.get("LIMEN_HOME")
    if configured:
        return Path(configured)
    from platformdirs import user_data_path

    return user_data_path("limen", appauthor=False)


class SnapshotInfo(msgspec.Struct, frozen=True):
    """A snapshot in the home folder."""

    manifest: Manifest
    folder: Path
    active: bool


def snapshots_folder(home: Path) -> Path:
    """Return the folder of a home's snapshots."""
    return home / "snapshots"


def active_id(home: Path) -> str | None:
    """Return the name of the active snapshot, ``None`` if the home folder names none."""
    try:
        content = (snapshots_folder(home) / _ACTIVE).read_bytes()
    except FileNotFoundError:
        return None
    return content.decode().strip() if _ACTIVE_CONTENT.fullmatch(content) else None


def active_folder(home: Path) -> Path:
    """Return the folder of the active snapshot.

    Raises:
        SnapshotError: none was activated, it is gone, or the file that names it is damaged.
    """
    name = active_id(home)
    if name is None and (snapshots_folder(home) / _ACTIVE).exists():
        raise SnapshotError(
            f"the file {_ACTIVE!r} names no snapshot",
            where="LIMEN_HOME",
            why="it is damaged, and another snapshot could give other answers",
            hint="`limen snapshot use ID` chooses one, `limen snapshot list` shows them",
        )
    if name is None:
        raise SnapshotError(
            "there is no snapshot yet",
            where="LIMEN_HOME",
            why="without lists no party can be cleared",
            hint="`limen lists update` gets the official lists; "
            "`limen lists update limen_starter` takes the bundled sample",
        )
    folder = snapshots_folder(home) / name
    if not (folder / MANIFEST).is_file():
        raise SnapshotError(
            f"the active snapshot {name} is gone",
            where="LIMEN_HOME",
            hint="`limen snapshot list` shows what is there, `limen snapshot use ID` takes one",
        )
    return folder


def list_snapshots(home: Path) -> tuple[SnapshotInfo, ...]:
    """Return every snapshot of the home folder that this engine reads, the oldest first."""
    snapshots = [info for info in _read_snapshots(home) if isinstance(info, SnapshotInfo)]
    return tuple(sorted(snapshots, key=lambda info: (info.manifest.built_at, info.manifest.id)))


def unreadable_snapshots(home: Path) -> tuple[SnapshotError, ...]:
    """Return why each of the other snapshots cannot be read: damage, or another format."""
    return tuple(info for info in _read_snapshots(home) if isinstance(info, SnapshotError))


def _read_snapshots(home: Path) -> Iterator[SnapshotInfo | SnapshotError]:
    active = active_id(home)
    for folder in _snapshot_folders(home):
        try:
            yield SnapshotInfo(read_manifest(folder), folder, folder.name == active)
        except SnapshotError as error:
            yield error


def _snapshot_folders(home: Path) -> list[Path]:
    folder = snapshots_folder(home)
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if (path / MANIFEST).is_file() and not path.name.startswith(".")
    )


def find_snapshot(home: Path, prefix: str) -> Path:
    """Return the folder of the one snapshot that has a name beginning with ``prefix``.

    Raises:
        InputError: none, or several.
    """
    folders = _snapshot_folders(home)
    matches = [folder for folder in folders if folder.name.startswith(prefix)]
    if len(matches) != 1 or not prefix:
        names = ", ".join(folder.name for folder in folders)
        raise InputError(
            f"{len(matches) or 'no'} snapshots begin with {prefix!r}",
            where="snapshot",
            hint=f"one of {names}" if names else "`limen snapshot build` makes one",
        )
    return matches[0]


def activate(home: Path, name: str, *, at: datetime | None = None) -> None:
    """Make a snapshot the active one, in one atomic step, and record it.

    Raises:
        SnapshotError: there is no such snapshot, or the home folder cannot be written.
    """
    folder = snapshots_folder(home)
    before = active_id(home)
    try:
        with changing(folder / _ACTIVE, mode=_MODE):
            before = active_id(home)
            engine = read_manifest(folder / name).engine
            moment = (at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
            line = {"at": moment, "snapshot": name, "before": before, "engine": engine}
            _record(folder / _LOG, msgspec.json.encode(line))
            write_whole(folder / _ACTIVE, f"{name}\n".encode())
    except OSError as error:
        raise SnapshotError(
            f"cannot be activated: {error.strerror or error}",
            where=f"snapshot {name}",
            hint="check that LIMEN_HOME is writable and has room",
            unchanged=f"{before} stays active" if before else "",
        ) from error


def _record(log: Path, line: bytes) -> None:
    """Append a line to the log; it may end in a part of one, where a process was ended."""
    with log.open("a+b") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 1))
        separator = b"\n" if stream.read(1) not in (b"", b"\n") else b""
        stream.write(separator + line + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def remove(home: Path, name: str) -> None:
    """Remove a snapshot that is not the active one; it leaves the home in one step.

    Raises:
        InputError: it is the active one.
        SnapshotError: it cannot be removed.
    """
    folder = snapshots_folder(home)
    try:
        with changing(folder / _ACTIVE, mode=_MODE):
            _check_not_active(home, name)
            _clear_removed(folder)  # what an interrupted removal left may have the same name
            (folder / name).rename(folder / f"{_REMOVED}{name}")
            _clear_removed(folder)
    except OSError as error:
        raise SnapshotError(
            f"cannot be removed: {error.strerror or error}",
            where=f"snapshot {name}",
            hint="check that LIMEN_HOME is writable",
        ) from error


def _check_not_active(home: Path, name: str) -> None:
    if name == active_id(home):
        raise InputError(
            f"{name} is the active snapshot",
            where="snapshot remove",
            hint="`limen snapshot use ID` makes another one active",
        )


def _clear_removed(folder: Path) -> None:
    from shutil import rmtree

    for left in folder.glob(f"{_REMOVED}*"):
        rmtree(left)
