"""Check a newly built snapshot for the canaries that the registry names for each list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from limen.engine import Engine
from limen.engine.canaries import CanaryQuery, first_missed
from limen.lists.registry import Registry
from limen.model import Instant, SnapshotError
from limen.snapshot import Snapshot


def check_new_snapshot(folder: Path, registry: Registry) -> None:
    """Screen every canary of every list as of the day of the list's newest version.

    Raises:
        SnapshotError: a canary is not found.
    """
    engine = Engine(Snapshot(folder))
    missed = first_missed(engine, _canaries(engine.snapshot, registry))
    if missed is not None:
        raise SnapshotError(
            f"the canary {missed.name!r} ({missed.party_id}) is not found as of {missed.as_of}",
            where="snapshot verification",
            why="a snapshot that misses a known party misses others too",
            hint="if the publisher removed the party, end the canary in "
            f"src/limen/lists/data/{missed.list_id}.yml; otherwise report it",
        )


def _canaries(snapshot: Snapshot, registry: Registry) -> Iterator[CanaryQuery]:
    for info in snapshot.manifest.lists:
        if info.versions:
            day = Instant.parse(info.versions[-1].published)
            for canary in registry.get(info.id).canaries:
                if canary.covers(day.day):
                    party_id = f"{info.id}:{canary.record_id}"
                    yield CanaryQuery(info.id, party_id, canary.name, day)
