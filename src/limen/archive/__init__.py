"""Every version of every list ever loaded, with two clocks: when it applied, when it was known."""

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
