"""What the law says, asked of a snapshot: what stood on a date, and what an event comes to."""

from __future__ import annotations

from limen.model import InputError, Instant
from limen.regimes import Assessment, Regimes
from limen.snapshot import Snapshot


def open_regimes(snapshot: Snapshot) -> Regimes:
    """The law that a snapshot carries.

    Raises:
        SnapshotError: it was built before snapshots carried the law.
    """
    return Regimes(snapshot.arrays.table("regimes"))


def assess(
    regimes: Regimes,
    event: str,
    *,
    at: Instant | None,
    known_at: Instant | None,
    trigger: str | None,
    policy: str | None,
) -> Assessment:
    """Assess an event at an instant, with what was known at another (the same, if none).

    Raises:
        InputError: no instant was named, or an event, trigger or policy is not known.
    """
    if at is None:
        raise InputError(
            "an assessment is of an instant, and none was named",
            where="at",
            why="who had said what by then is the whole question",
            mend="name it, as 2022-02-21T23:59-05:00",
        )
    return regimes.assess(event, at=at, known_at=known_at, trigger=trigger, policy=policy)
