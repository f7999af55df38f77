"""Draw snapshots, as lines and as data."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from limen.cli.render.text import aligned, counted, paint
from limen.cli.write_records import Records
from limen.snapshot import SnapshotInfo


def built_line(info: SnapshotInfo) -> str:
    """Describe what was built, and whether it is in use."""
    parties = counted(info.manifest.counts.get("parties", 0), "party", "parties")
    return f"built with {parties}; {'it is active' if info.active else 'not active'}"


def snapshot_records(found: Sequence[SnapshotInfo]) -> Records:
    """Return the snapshots of a home, a record each."""
    wire = [
        {
            "id": info.manifest.id,
            "active": info.active,
            "built_at": info.manifest.built_at,
            "known_until": info.manifest.known_until,
            "lists": sum(bool(each.versions) for each in info.manifest.lists),
            "parties": info.manifest.counts.get("parties", 0),
            "engine": info.manifest.engine,
        }
        for info in found
    ]
    if not wire:
        return Records([], [], [])
    rows = [
        (
            "active" if each["active"] else "",
            str(each["id"]),
            str(each["built_at"]),
            f"known until {each['known_until']}",
            f"{each['lists']} lists",
            f"{each['parties']:,} parties",
            f"limen {each['engine']}",
        )
        for each in wire
    ]
    lines = [
        paint(line, "green", sys.stdout) if each["active"] else line
        for line, each in zip(aligned(rows, right=(4, 5), indent=""), wire, strict=True)
    ]
    return Records(lines, wire, wire)
