"""Check a snapshot for its canaries in the process that is to serve it.

They were found when it was built; a machine with a fault in memory or in compiled code would
miss them now, and other parties too.
"""

from __future__ import annotations

from collections.abc import Iterator

from limen.engine.canaries import CanaryQuery, first_missed
from limen.model import Instant, SnapshotError
from limen.server.metrics import CANARIES
from limen.server.service.snapshot_service import ServedSnapshot


def check_canaries(served: ServedSnapshot) -> None:
    """Screen the name of every canary as of its list's newest version.

    Raises:
        SnapshotError: one is not found; it is counted in the metrics too.
    """
    missed = first_missed(served.engine, _canaries(served))
    if missed is not None:
        CANARIES.labels(missed.list_id).inc()
        raise SnapshotError(
            f"the canary {missed.party_id} is not found",
            where=f"snapshot {served.manifest.id}",
            why="a server that misses a known party misses others too",
            hint="limen snapshot verify; then start the server again",
        )


def _canaries(served: ServedSnapshot) -> Iterator[CanaryQuery]:
    """Yield the canaries that the newest version of their list holds, each under its caption."""
    lists = {info.id: info for info in served.manifest.lists if info.versions}
    for party_id in served.manifest.canaries:
        info = lists.get(party_id.partition(":")[0])
        position = served.positions.get(party_id)
        if info is None or position is None:
            continue
        newest = info.versions[-1].published
        scope = served.engine.scope(newest, None, (), [info.id], [info.id])
        listed = served.listed.at(position, scope.question.known_at)
        if listed is None or not scope.parties[position]:
            continue
        name = listed.profile.party.caption
        yield CanaryQuery(info.id, party_id, name, Instant.parse(newest))
