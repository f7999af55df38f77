"""Open an engine on a snapshot: the active one of the home folder, or one by path."""

from __future__ import annotations

from pathlib import Path

from limen.engine.engine import Engine
from limen.snapshot import Snapshot, active_folder, home_folder


def open_engine(path: str | Path | None = None) -> Engine:
    """Open the active snapshot of ``LIMEN_HOME``, or the snapshot in the folder ``path``.

    Raises:
        SnapshotError: there is none, or it cannot be read.
    """
    folder = Path(path) if path is not None else active_folder(home_folder())
    return Engine(Snapshot(folder))
