"""Open an engine on a snapshot: the active one of the home folder, or one by path."""

from __future__ import annotations

from pathlib import Path

from limen.engine.engine import Engine
from limen.snapshot import Snapshot, active_folder, home_folder, snapshots_folder


def open_engine(path: str | Path | None = None) -> Engine:
    """Open the active snapshot of a home, or one snapshot.

    Args:
        path: a home folder (``LIMEN_HOME`` by default), or the folder of a snapshot.

    Raises:
        SnapshotError: there is none, or it cannot be read.
    """
    folder = home_folder() if path is None else Path(path)
    if path is None or snapshots_folder(folder).is_dir():
        folder = active_folder(folder)
    return Engine(Snapshot(folder))
