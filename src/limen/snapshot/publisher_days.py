"""Compare instants with the days of publishers: one way for every listing.

Lists print days and no hours. A printed day begins at midnight where its authority is, so a
designation of 22 February does not apply at 23:59 of the 21st in Washington, although it is the
22nd in UTC. Days are stored as that day in UTC; a query about an instant is put at the hour that
clocks show at the authority (its standard time, as in the law's ``authorities.yml``). A query
about a whole day is put at that day's end, wherever. See docs/decisions/0024-one-clock.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from limen.model import Instant
from limen.model.instant import DAY
from limen.snapshot.format import Manifest, Terms

if TYPE_CHECKING:
    from limen.law.law import Law

Bounds = NDArray[np.int64]
#: The authority of a list that copies others; its rows are of the authorities of their tags.
_SAMPLE = "SAMPLE"


class Compiled(Protocol):
    """The part of a snapshot that says which authority each listing is of."""

    @property
    def manifest(self) -> Manifest: ...
    @property
    def arrays(self) -> Any: ...
    @property
    def parties(self) -> Mapping[str, NDArray[Any]]: ...
    @property
    def listings(self) -> Mapping[str, NDArray[Any]]: ...

    def terms_at(self, position: int) -> Terms: ...


def reached(bound: int, instant: Instant, offset: int) -> bool:
    """Return whether a bound, a day or a second, had come at an instant."""
    if instant.whole_day:
        return bound <= instant.last_second
    return bound <= instant.seconds + (offset if bound % DAY == 0 else 0)


def covers(start: int, end: int, instant: Instant, offset: int) -> bool:
    """Return whether a span from one bound to before another covers an instant."""
    return reached(start, instant, offset) and not reached(end, instant, offset)


def all_reached(bounds: NDArray[Any], instant: Instant, offsets: Bounds) -> NDArray[np.bool_]:
    """Return :func:`reached` of every bound, each with its own offset."""
    if instant.whole_day:
        return np.asarray(bounds <= instant.last_second)
    seconds = instant.seconds + np.where(bounds % DAY == 0, offsets, 0)
    return np.asarray(bounds <= seconds)


def offsets(snapshot: Compiled) -> Bounds:
    """Return how far ahead of UTC the clocks of each listing's authority are, in seconds."""
    from limen.law import Regimes

    law = Regimes(snapshot.arrays.table("regimes")).law
    by_list = [_of_authority(law, info.authority) for info in snapshot.manifest.lists]
    lists = snapshot.parties["list"][snapshot.listings["party"]]
    found: Bounds = np.array(by_list, dtype=np.int64)[lists]
    samples = [info.authority == _SAMPLE for info in snapshot.manifest.lists]
    if any(samples):
        of_sample = np.array(samples)[lists]
        terms = snapshot.listings["terms"]
        by_terms = _by_terms(snapshot, law, np.unique(terms[of_sample]))
        found[of_sample] = [by_terms[int(each)] for each in terms[of_sample]]
    return found


def _by_terms(snapshot: Compiled, law: Law, positions: NDArray[Any]) -> Mapping[int, int]:
    found = {}
    for position in positions:
        tags = snapshot.terms_at(int(position)).programmes
        known = (law.programmes[tag].authority for tag in tags if tag in law.programmes)
        found[int(position)] = _of_authority(law, next(known, ""))
    return found


def _of_authority(law: Law, authority: str) -> int:
    """Return the offset of an authority's standard time; an unknown one is taken in UTC."""
    zone = law.authorities[authority].zone if authority in law.authorities else "+00:00"
    away = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return int(away.total_seconds()) * (-1 if zone[0] == "-" else 1)
