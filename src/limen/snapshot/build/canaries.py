"""Ask a new snapshot for parties that must hit, through the same code as everybody's question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from limen.lists.registry import Canary, Registry
from limen.model import Instant, SnapshotError
from limen.names.kernels.compiled import is_compiled
from limen.engine import Engine
from limen.snapshot import Snapshot


def ask_canaries(folder: Path, registry: Registry) -> int:
    """Screen every canary of every list on the day of the list's last version.

    Compiled kernels are taken where this machine has them; to compile them takes many times as
    long as to ask.

    Returns:
        How many were asked.

    Raises:
        SnapshotError: one was not found.
    """
    engine = Engine(Snapshot(folder), warm=is_compiled())
    asked = 0
    for list_id, day, canary in _flock(engine.snapshot, registry):
        answer = engine.screen(
            {"schema": "Thing", "properties": {"name": [canary.name]}},
            as_of=day,
            lists=[list_id],
            allow_stale=[list_id],
        )
        wanted = f"{list_id}:{canary.record_id}"
        if wanted not in {finding.id for finding in answer.findings}:
            raise SnapshotError(
                f"the canary {canary.name!r} ({wanted}) is not found as of {day}",
                where="snapshot verification",
                why="a snapshot that misses a known party misses others too",
                hint="if the publisher removed the party, end the canary in "
                f"src/limen/lists/data/{list_id}.yml; otherwise tell us",
            )
        asked += 1
    return asked


def _flock(snapshot: Snapshot, registry: Registry) -> Iterator[tuple[str, Instant, Canary]]:
    for info in snapshot.manifest.lists:
        if info.versions:
            day = Instant.parse(info.versions[-1].published)
            for canary in registry.get(info.id).canaries:
                if canary.covers(day.day):
                    yield info.id, day, canary
