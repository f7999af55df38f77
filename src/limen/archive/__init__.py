"""Store every version of every list, with two clocks: when it applied, when it was known.

For updating, building snapshots, differences and histories. Screening never uses the archive:
it reads snapshots.
"""

from limen.archive.archive import Archive
from limen.archive.diff import FieldChange, RecordChange, VersionDiff
from limen.archive.history import HistoryEvent, RecordHistory
from limen.archive.timeline import ContentState, ListingRow, RecordStates
from limen.archive.versions import (
    Check,
    NewVersion,
    SourceFile,
    StoreResult,
    Version,
    Vintage,
)

__all__ = [
    "Archive",
    "Check",
    "ContentState",
    "FieldChange",
    "HistoryEvent",
    "ListingRow",
    "NewVersion",
    "RecordChange",
    "RecordHistory",
    "RecordStates",
    "SourceFile",
    "StoreResult",
    "Version",
    "VersionDiff",
    "Vintage",
]
