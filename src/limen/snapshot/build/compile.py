"""Build a snapshot from the archive, the law and the gazetteer.

It is built in a folder of its own, verified, given its name and activated; until then the
active snapshot stays as it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np

from limen._version import __version__
from limen.archive import Archive, Check, Version, Vintage
from limen.identity import Subject, holders, identify, read_subject
from limen.identity.judgement_file import JUDGEMENTS, encode_judgements, read_judgements
from limen.law.packs import Pack, bundled_pack
from limen.lists.registry import ListInfo as RegisteredList
from limen.lists.registry import Registry
from limen.model import DataError, SnapshotError
from limen.snapshot import (
    SnapshotInfo,
    activate,
    active_id,
    read_manifest,
    snapshots_folder,
    verify,
)
from limen.snapshot.build.archive_home import open_archive
from limen.snapshot.build.canaries import check_new_snapshot
from limen.snapshot.build.identity_part import identity_arrays
from limen.snapshot.build.law_parts import build_law_parts
from limen.snapshot.build.tables import Tables
from limen.snapshot.format import (
    FORMAT,
    MANIFEST,
    FileInfo,
    LawPack,
    ListInfo,
    Manifest,
    VersionInfo,
    file_info,
    manifest_id,
    save_array,
)
from limen.snapshot.home import OWN_REGIMES
from limen.snapshot.law_archive import keep, packs_of
from limen.util.gc import collector_at_rest

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _TemporaryFolder:
    """A folder that is renamed to a snapshot inside the block, or removed at its end."""

    folder: Path

    def __enter__(self) -> Path:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        return self.folder

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def build(
    home: Path,
    registry: Registry,
    *,
    archive: Archive | None = None,
    use: bool = True,
    clock: Clock = now,
) -> SnapshotInfo:
    """Compile everything the archive holds into a snapshot, and make it the active one.

    Args:
        home: the home folder; snapshots are below it.
        registry: the entry of each list, which goes into the manifest.
        archive: the archive to compile; by default the home's own.
        use: whether to activate the snapshot once it is verified.
        clock: returns the present moment, for the record.

    Raises:
        SnapshotError: nothing to compile, no room, or a canary that is not found.
        BusyError: another process is changing the same home.
    """
    if archive is None:
        with open_archive(home) as own:
            return build(home, registry, archive=own, use=use, clock=clock)
    with collector_at_rest(), archive.updating("limen snapshot build"):
        keep(home, bundled_pack(), at=clock(), source="limen")
        folder = _build_aside(home, registry, archive, clock)
        if use:
            activate(home, folder.name, at=clock())
    return SnapshotInfo(read_manifest(folder), folder, use)


def _build_aside(home: Path, registry: Registry, archive: Archive, clock: Clock) -> Path:
    with _aside(home) as folder:
        manifest = _write(home, folder, archive, registry, clock)
        check_new_snapshot(folder, registry)
        return _rename(folder, snapshots_folder(home) / manifest.id)


def renew(home: Path, manifest: Manifest, *, of: Path, clock: Clock = now) -> SnapshotInfo:
    """Make a snapshot of the files of another one and a new manifest, and activate it.

    It is the one that a build would give, where only the days on which lists were checked differ.

    Raises:
        SnapshotError: the files are not as they were built, or no room.
    """
    verify(of)
    with _aside(home) as folder:
        for name in manifest.files:
            _link(of / name, folder / name)
        write_manifest(folder, manifest)
        final = _rename(folder, snapshots_folder(home) / manifest.id)
    activate(home, final.name, at=clock())
    return SnapshotInfo(read_manifest(final), final, active=True)


def _link(file: Path, target: Path) -> None:
    """Give a file a second name; copy it where the file system knows only one."""
    try:
        target.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, target)


@contextmanager
def _aside(home: Path) -> Iterator[Path]:
    """Yield a folder to make a snapshot in, and say in errors which one stays active."""
    active = active_id(home)
    unchanged = f"snapshot {active} stays active" if active else ""
    try:
        with _TemporaryFolder(snapshots_folder(home) / ".building") as folder:
            yield folder
    except OSError as error:
        raise SnapshotError(
            f"cannot be written: {error.strerror or error}",
            where="LIMEN_HOME",
            hint="check that LIMEN_HOME is writable and has room",
            unchanged=unchanged,
        ) from error
    except DataError as error:
        error.unchanged = error.unchanged or unchanged
        raise


def _write(
    home: Path, folder: Path, archive: Archive, registry: Registry, clock: Clock
) -> Manifest:
    tables = Tables()
    infos = list_infos(registry, archive)
    if not any(info.versions for info in infos):
        raise SnapshotError(
            "the archive holds no list yet",
            where="LIMEN_HOME",
            hint="`limen lists update` gets the official lists",
        )
    subjects: list[Subject] = []
    for position, info in enumerate(infos):
        if info.versions:
            carried = _carried(archive.vintages(info.id))
            first_day = archive.first_day(info.id)
            for record in archive.states(info.id):
                for holder in holders(record, first_day):
                    tables.add(position, holder, carried)
                    subjects.append(read_subject(holder))
    tables.save(folder)
    publishers = {info.id: info.authority for info in infos}
    positions = {subject.id: position for position, subject in enumerate(subjects)}
    judgements = read_judgements(home)
    whole = identify(subjects, publishers=publishers, judgements=judgements)
    if judgements.all:
        (folder / JUDGEMENTS).write_bytes(encode_judgements(judgements))
    _save_part(folder, "identity", identity_arrays(whole, positions))
    packs = packs_of(home)
    for room, part in build_law_parts(packs, home / OWN_REGIMES).items():
        _save_part(folder, room, part)
    files = {path.name: file_info(path) for path in sorted(folder.iterdir())}
    manifest = manifest_of(registry, infos, packs, counts=tables.counts, files=files, clock=clock)
    write_manifest(folder, manifest)
    return manifest


def manifest_of(
    registry: Registry,
    infos: Sequence[ListInfo],
    packs: Sequence[Pack],
    *,
    counts: dict[str, int],
    files: dict[str, FileInfo],
    clock: Clock,
) -> Manifest:
    """Return the manifest of these lists, packs of law and files, under its id."""
    draft = Manifest(
        format=FORMAT,
        id="",
        built_at=clock().strftime("%Y-%m-%dT%H:%M:%SZ"),
        engine=__version__,
        known_until=_known_until(infos, packs),
        lists=tuple(infos),
        law=tuple(LawPack(pack.id, pack.published, pack.title) for pack in packs),
        counts=counts,
        canaries=tuple(
            f"{info.id}:{canary.record_id}" for info in registry for canary in info.canaries
        ),
        files=files,
    )
    return msgspec.structs.replace(draft, id=manifest_id(draft))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest into the folder of its snapshot."""
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))


def _save_part(folder: Path, room: str, arrays: Mapping[str, np.ndarray]) -> None:
    """Write the arrays that a room built, under the room's name."""
    for name, values in arrays.items():
        save_array(folder, f"{room}.{name}", values)


def _rename(folder: Path, final: Path) -> Path:
    """Give the folder its name, unless the same snapshot was built before and is whole."""
    try:
        verify(final)
    except SnapshotError:
        shutil.rmtree(final, ignore_errors=True)
        folder.replace(final)
    return final


def _carried(vintages: Iterable[Vintage]) -> dict[str, dict[str, str]]:
    return {
        vintage.version.published: {
            part: day for part, day in vintage.carried.items() if day is not None
        }
        for vintage in vintages
    }


def list_infos(registry: Registry, archive: Archive) -> list[ListInfo]:
    """Return every registered list with the versions of it that the archive holds."""
    return [_list_info(info, archive) for info in registry]


def _list_info(info: RegisteredList, archive: Archive) -> ListInfo:
    checks = archive.checks(info.id)
    vintages = archive.vintages(info.id) if archive.versions(info.id) else ()
    service = info.service
    return ListInfo(
        id=info.id,
        title=info.title,
        authority=info.authority,
        max_age_days=info.max_age_days,
        min_records=info.records.min,
        max_records=info.records.max,
        default=info.default,
        sample=info.sample,
        in_service_from=service.from_.isoformat() if service.from_ else None,
        in_service_until=service.until.isoformat() if service.until else None,
        speaks_from=info.speaks_from.isoformat() if info.speaks_from else None,
        stands_in_for=info.stands_in_for,
        versions=tuple(
            _version_info(vintage.version, tuple(vintage.carried), checks) for vintage in vintages
        ),
    )


def _version_info(version: Version, carried: Sequence[str], checks: Iterable[Check]) -> VersionInfo:
    leading = version.parts[0]
    days = {check.checked_at[:10] for check in checks if check.version_id == version.id}
    return VersionInfo(
        published=version.published,
        sha256=version.content_hash,
        records=version.counts[leading],
        carried=tuple(sorted(carried)),
        checked=tuple(sorted(day for day in days if day > version.published)),
    )


def _known_until(infos: Sequence[ListInfo], packs: Sequence[Pack]) -> str:
    """Return the last day of which a list or a pack tells; the first pack is for all days."""
    days = [
        day
        for info in infos
        for version in info.versions
        for day in (version.published, *version.checked)
    ]
    return max([*days, *(pack.published for pack in packs[1:])])
