"""Pack a snapshot into one file, for another machine, and unpack it there.

The file is a zip archive with the files of the snapshot and nothing else. The machine that unpacks
it needs no archive of lists and no network: every file is compared with the manifest, and the
manifest with its id, before the snapshot can be opened.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import msgspec

from limen.model import DamagedSnapshotError, SnapshotError
from limen.snapshot.format import FORMAT, MANIFEST, Manifest
from limen.snapshot.reader import read_manifest, verify
from limen.util.changing import changing
from limen.util.files import whole_file

#: A tenth of the time of the default level, and 8 % more bytes.
_LEVEL = 1
#: Bytes from which on a file needs the large fields of the zip format.
_LARGE = 1 << 31
_CHUNK = 1 << 20
#: The beginning of the name of a folder that is being unpacked.
_ASIDE = ".unpacking-"
#: What reading a damaged archive raises.
_BROKEN = (BadZipFile, KeyError, EOFError, zlib.error)
_AGAIN = "make it again with `limen snapshot pack`, and copy it again"


class _Head(msgspec.Struct):
    """The fields that the manifests of all formats have."""

    format: int
    engine: str = ""


def packed_name(snapshot_id: str) -> str:
    """Return the usual name of a packed snapshot."""
    return f"limen-snapshot-{snapshot_id}.zip"


def pack(folder: Path, file: Path) -> Manifest:
    """Write a snapshot as one file, which appears whole; the same snapshot is the same bytes.

    Raises:
        SnapshotError: the snapshot is damaged.
        OSError: the file cannot be written.
    """
    manifest = verify(folder)
    with (
        whole_file(file) as stream,
        ZipFile(stream, "w", compression=ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
    ):
        for name in (MANIFEST, *sorted(manifest.files)):
            large = (folder / name).stat().st_size >= _LARGE
            with (
                (folder / name).open("rb") as source,
                archive.open(name, "w", force_zip64=large) as target,
            ):
                shutil.copyfileobj(source, target, _CHUNK)
    return manifest


def read_packed_manifest(file: Path) -> Manifest:
    """Read the manifest of a packed snapshot.

    Raises:
        SnapshotError: there is no such file, it is not a packed snapshot, or it is of a format
            that this engine does not read.
    """
    with _opened(file) as archive:
        return _manifest_in(archive, file)


def unpack(file: Path, into: Path, *, expected: str | None = None) -> Path:
    """Unpack a snapshot below a folder, unless it is there already; return its own folder.

    Processes that unpack the same snapshot at the same time wait for the first one. The folder
    appears whole, after every file was compared with the manifest.

    Args:
        file: a packed snapshot.
        into: the folder that holds a folder a snapshot; it is made if needed.
        expected: the id that the snapshot must have.

    Raises:
        SnapshotError: the file is missing or damaged, has another format or id, or there is no
            room for what is in it.
    """
    with _opened(file) as archive:
        manifest = _manifest_in(archive, file)
        if expected is not None and manifest.id != expected:
            raise SnapshotError(
                f"it holds snapshot {manifest.id}, and {expected} is needed",
                where=file.name,
                why="answers of two snapshots would be mixed",
                hint="give every machine the same file",
            )
        folder = into / manifest.id
        try:
            into.mkdir(parents=True, exist_ok=True)
            with changing(folder):
                if not (folder / MANIFEST).is_file():
                    _unpack_aside(archive, manifest, folder, file)
        except OSError as error:
            raise _no_room(manifest, into, error.strerror or str(error)) from error
    read_manifest(folder)
    return folder


def _unpack_aside(archive: ZipFile, manifest: Manifest, folder: Path, file: Path) -> None:
    """Write every file next to the folder, check all of them, and give the folder its name."""
    aside = folder.with_name(f"{_ASIDE}{folder.name}")
    shutil.rmtree(aside, ignore_errors=True)
    needed = sum(each.bytes for each in manifest.files.values())
    free = shutil.disk_usage(folder.parent).free
    if free < needed:
        raise _no_room(manifest, folder.parent, f"{free / 1e6:,.0f} MB are free")
    aside.mkdir()
    try:
        for name in (MANIFEST, *manifest.files):
            with archive.open(name) as source, (aside / name).open("wb") as target:
                shutil.copyfileobj(source, target, _CHUNK)
        verify(aside)
        aside.rename(folder)
    except (*_BROKEN, SnapshotError) as error:
        raise _damaged(file, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _opened(file: Path) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(file)
    except FileNotFoundError as error:
        raise SnapshotError(
            "there is no such file",
            where=str(file),
            hint="`limen snapshot pack` makes one; give every machine a path it can read",
        ) from error
    except OSError as error:
        raise SnapshotError(f"it cannot be read: {error}", where=str(file)) from error
    except BadZipFile as error:
        raise _damaged(file, error) from error
    with archive:
        yield archive


def _manifest_in(archive: ZipFile, file: Path) -> Manifest:
    try:
        raw = archive.read(MANIFEST)
        head = msgspec.json.decode(raw, type=_Head)
        manifest = msgspec.json.decode(raw, type=Manifest) if head.format == FORMAT else None
    except (*_BROKEN, msgspec.MsgspecError) as error:
        raise _damaged(file, error) from error
    if manifest is None:
        raise SnapshotError(
            f"it has format {head.format}, of limen {head.engine}; this engine reads {FORMAT}",
            where=file.name,
            hint="use the same version of Limen on every machine, and pack the snapshot with it",
        )
    return manifest


def _damaged(file: Path, error: Exception) -> DamagedSnapshotError:
    return DamagedSnapshotError(
        f"it is damaged, or not a packed snapshot: {error}", where=file.name, hint=_AGAIN
    )


def _no_room(manifest: Manifest, folder: Path, why: str) -> SnapshotError:
    needed = sum(each.bytes for each in manifest.files.values())
    return SnapshotError(
        f"snapshot {manifest.id} needs {needed / 1e6:,.0f} MB and cannot be unpacked: {why}",
        where=str(folder),
        hint="make room, or name a folder on another disk that can be written",
    )
