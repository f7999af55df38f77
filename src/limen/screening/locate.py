"""The engine's side of places: open the snapshot's part and fill in what was not asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from limen._version import __version__
from limen.model import Instant, SnapshotError
from limen.places import Location, Places
from limen.snapshot import Snapshot

#: Where an address is: free text, the fields of an address, or (latitude, longitude).
Address = str | Mapping[str, Any] | tuple[float, float]


def open_places(snapshot: Snapshot) -> Places:
    """The places part of a snapshot.

    Raises:
        SnapshotError: the snapshot was built without one.
    """
    arrays = snapshot.arrays.table("places")
    if not len(arrays):
        raise SnapshotError(
            "it holds no places",
            where=f"snapshot {snapshot.manifest.id}",
            why="an address could not be told from any other",
            hint="build it again with `limen snapshot build`",
        )
    return Places(arrays)


def locate(
    places: Places,
    snapshot: str,
    address: Address,
    *,
    as_of: Instant,
    known_at: Instant,
    authorities: Sequence[str],
    country: str | None,
) -> Location:
    """Ask the places room one question."""
    return places.locate(
        address,
        as_of=as_of,
        known_at=known_at,
        authorities=authorities,
        country=country,
        engine=__version__,
        snapshot=snapshot,
    )
