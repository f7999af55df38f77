"""Ask a snapshot for the parties that must hit, in the process that is to serve it.

They were found when it was compiled; a machine whose compiled kernels or memory are at fault
would miss them now, and others with them.
"""

from __future__ import annotations

from collections.abc import Iterator

from limen.model import SnapshotError
from limen.server.metrics import CANARIES
from limen.server.service.snapshot_service import Served
from limen.snapshot.format import ListInfo


def check_canaries(served: Served) -> None:
    """Screen the name of every canary as of its list's newest version.

    Raises:
        SnapshotError: one is not found.
    """
    for info, party_id, name in _flock(served):
        answer = served.engine.screen(
            {"schema": "Thing", "properties": {"name": [name]}},
            as_of=info.versions[-1].published,
            lists=[info.id],
            allow_stale=[info.id],
        )
        if party_id not in {each.id for each in answer.findings}:
            CANARIES.labels(info.id).inc()
            raise SnapshotError(
                f"the canary {party_id} is not found",
                where=f"snapshot {served.manifest.id}",
                why="a server that misses a known party misses others too",
                hint="limen snapshot verify; then start the server again",
            )


def _flock(served: Served) -> Iterator[tuple[ListInfo, str, str]]:
    """The canaries that the newest version of their list holds, with the name to ask for."""
    lists = {info.id: info for info in served.manifest.lists if info.versions}
    for party_id in served.manifest.canaries:
        info = lists.get(party_id.partition(":")[0])
        position = served.positions.get(party_id)
        if info is None or position is None:
            continue
        scope = served.engine.scope(info.versions[-1].published, None, (), [info.id], [info.id])
        listed = served.listed.at(position, scope.question.known_at.asked)
        if listed is None or not scope.parties[position]:
            continue
        yield info, party_id, listed.profile.party.caption
