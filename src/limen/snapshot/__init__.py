"""Open, check and activate snapshots: immutable, memory-mapped compilations of lists and law.

``limen.snapshot.build`` makes them from the archive; nothing else in this room touches it.
"""

from limen.snapshot.format import Manifest
from limen.snapshot.home import (
    SnapshotInfo,
    activate,
    active_folder,
    active_id,
    find_snapshot,
    home_folder,
    list_snapshots,
    remove,
    snapshots_folder,
    unreadable_snapshots,
)
from limen.snapshot.reader import Snapshot, read_manifest, verify

__all__ = [
    "Manifest",
    "Snapshot",
    "SnapshotInfo",
    "activate",
    "active_folder",
    "active_id",
    "find_snapshot",
    "home_folder",
    "list_snapshots",
    "read_manifest",
    "remove",
    "snapshots_folder",
    "unreadable_snapshots",
    "verify",
]
