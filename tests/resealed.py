"""Snapshots that were changed on purpose and sealed again, as if they had been built so."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from limen.snapshot import active_id, snapshots_folder
from limen.snapshot.format import MANIFEST, Manifest, file_info, manifest_id


def twin(home: Path, **changes) -> Path:
    """Copy the active snapshot, with another manifest; the folder, named by its id."""
    copy = snapshots_folder(home) / "copy"
    shutil.copytree(snapshots_folder(home) / active_id(home), copy)
    return resealed(copy, **changes)


def resealed(folder: Path, **changes) -> Path:
    """Give a folder a manifest of the files in it, and its name."""
    manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    files = {name: file_info(folder / name) for name in manifest.files}
    draft = msgspec.structs.replace(manifest, files=files, **changes)
    sealed = msgspec.structs.replace(draft, id=manifest_id(draft))
    (folder / MANIFEST).write_bytes(msgspec.json.encode(sealed))
    return folder.rename(folder.with_name(sealed.id))
