"""A home whose lists all may clear: what is hunted is the screening, not the age of the files."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from benchmarks.machine import SHARED

#: No file in ../shared is this old; so every answer rests on lists that may clear.
_MAX_AGE_DAYS = 36_500


def prepare(home: Path) -> None:
    """Load the newest version of every list into a home, unless it has a snapshot already."""
    from limen.lists.registry import Registry, load_registry
    from limen.model import SnapshotError
    from limen.snapshot import Snapshot, active_folder
    from limen.snapshot.build import build, update

    home.mkdir(parents=True, exist_ok=True)
    with suppress(SnapshotError):  # none yet, or one of another format
        Snapshot(active_folder(home))
        return
    sys.stderr.write(f"building a home in {home} ...\n")
    report = update(home, source=str(SHARED / "data"), newest=True, compile_after=False)
    loaded = {outcome.list_id for outcome in report.outcomes}
    # A list that was promised and never loaded would turn every clear into "cannot say".
    lifted = {
        name: msgspec.structs.replace(info, max_age_days=_MAX_AGE_DAYS, default=name in loaded)
        for name, info in load_registry().lists.items()
    }
    build(home, Registry(lifted))
