"""Keep the active snapshot in step with the archive, by a build or by a new manifest alone."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import msgspec

from limen.archive import Archive
from limen.identity.judgement_file import JUDGEMENTS, encode_judgements, read_judgements
from limen.lists.registry import Registry
from limen.model import SnapshotError
from limen.snapshot import Manifest, SnapshotInfo, active_folder, read_manifest
from limen.snapshot.build.compile import Clock, build, list_infos, manifest_of, now, renew
from limen.snapshot.format import ListInfo
from limen.snapshot.law_archive import packs_of


def bring_up_to_date(
    home: Path, registry: Registry, archive: Archive, *, clock: Clock = now
) -> SnapshotInfo | None:
    """Build where archive, registry or judgements make another snapshot than the active one.

    Return ``None`` where they do not.

    An update that ended between storing and building leaves a version that no snapshot has; the
    next one builds it, whatever it is offered itself. Where lists were only found to be current
    again, the files stay, and a manifest with the days of the checks makes a snapshot of them: an
    answer given before is taken again from the snapshot before.

    Raises:
        SnapshotError: no room, or a canary that is not found.
    """
    infos = list_infos(registry, archive)
    try:
        folder = active_folder(home)
        served = read_manifest(folder)
    except SnapshotError:  # none yet, or none that this engine reads: only a build can serve
        return build(home, registry, archive=archive, clock=clock)
    due = manifest_of(
        registry, infos, packs_of(home), counts=served.counts, files=served.files, clock=clock
    )
    judged_anew = _judgements_hash(home) != _built_with(served)
    if due.id == served.id and not judged_anew:
        return None
    if _unchecked(due) == _unchecked(served) and not judged_anew:
        try:
            return renew(home, due, of=folder, clock=clock)
        except SnapshotError:  # its files are damaged, or there is no room for a manifest
            return build(home, registry, archive=archive, clock=clock)
    return build(home, registry, archive=archive, clock=clock)


def _judgements_hash(home: Path) -> str:
    return sha256(encode_judgements(read_judgements(home))).hexdigest()


def _built_with(manifest: Manifest) -> str:
    """Return the hash of the judgements in a snapshot: of nothing, where there were none."""
    file = manifest.files.get(JUDGEMENTS)
    return sha256().hexdigest() if file is None else file.sha256


def _unchecked(manifest: Manifest) -> Manifest:
    """Return the manifest without the days on which lists were checked."""
    return msgspec.structs.replace(
        manifest, id="", built_at="", known_until="", lists=tuple(_without_checks(manifest.lists))
    )


def _without_checks(infos: Iterable[ListInfo]) -> Iterable[ListInfo]:
    for info in infos:
        versions = (msgspec.structs.replace(version, checked=()) for version in info.versions)
        yield msgspec.structs.replace(info, versions=tuple(versions))
