"""Compare instants with the days of publishers: one way for listings, contents and versions.

Lists print days and no hours. A printed day begins at midnight where its authority is, so a
designation of 22 February does not apply at 23:59 of the 21st in Washington, although it is the
22nd in UTC; and a version of that day is neither known nor current before. Days are stored as that
day in UTC; a query about an instant is put at the hour that clocks show at the authority (its
standard time, as in the law's ``authorities.yml``). A query about a whole day is put at that day's
end, wherever. See docs/decisions/0024-one-clock.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from limen.model import Instant
from limen.snapshot.format import Manifest, Terms

if TYPE_CHECKING:
    from limen.law.law import Law

Bounds = NDArray[np.int64]
#: The authority of a list that copies others; its rows are of the authorities of their tags.
_SAMPLE = "SAMPLE"


class Compiled(Protocol):
    """The part of a snapshot that says which authority each list and party is of."""

    @property
    def manifest(self) -> Manifest: ...
    @property
    def arrays(self) -> Any: ...
    @property
    def parties(self) -> Mapping[str, NDArray[Any]]: ...
    @property
    def listings(self) -> Mapping[str, NDArray[Any]]: ...

    def terms_at(self, position: int) -> Terms: ...


class Offsets(NamedTuple):
    """How far ahead of UTC the clocks of publishers are, in seconds: by list, and by party."""

    lists: Bounds
    parties: Bounds


def second_there(instants: Iterable[Instant], offset: int) -> int:
    """Return the second at which publishers' days are read: a day had come if it is not later.

    Args:
        instants: of several, a day must have come by each.
        offset: how far ahead of UTC the clocks of the publisher's authority are.
    """
    return min([at.last_second if at.whole_day else at.seconds + offset for at in instants])


def seconds_there(instants: Iterable[Instant], offsets: Bounds) -> Bounds:
    """Return :func:`second_there` for each of many offsets."""
    seconds = [at.last_second + (0 if at.whole_day else offsets) for at in instants]
    return np.asarray(reduce(np.minimum, seconds))


def offsets(snapshot: Compiled) -> Offsets:
    """Return the offsets of a snapshot's lists and parties.

    A party of the sample has that of the authority it was copied from; the sample itself, the one
    at which a day comes last, so that it is never taken for current before its listings are.
    """
    from limen.law import Regimes

    law = Regimes(snapshot.arrays.table("regimes")).law
    lists = np.array([_of_authority(law, info.authority) for info in snapshot.manifest.lists])
    parties: Bounds = lists.astype(np.int64)[snapshot.parties["list"]]
    for position, info in enumerate(snapshot.manifest.lists):
        if info.authority == _SAMPLE:
            own = np.flatnonzero(snapshot.parties["list"] == position)
            parties[own] = [_of_tags(snapshot, law, int(party)) for party in own]
            lists[position] = parties[own].min(initial=lists[position])
    return Offsets(lists, parties)


def _of_tags(snapshot: Compiled, law: Law, party: int) -> int:
    """Return the offset of the authority of a party's programme tags."""
    first, end = snapshot.parties["listings"][party : party + 2]
    terms = map(snapshot.terms_at, snapshot.listings["terms"][first:end].tolist())
    tags = (tag for each in terms for tag in each.programmes)
    known = (law.programmes[tag].authority for tag in tags if tag in law.programmes)
    return _of_authority(law, next(known, ""))


def _of_authority(law: Law, authority: str) -> int:
    """Return the offset of an authority's standard time; an unknown one is taken in UTC."""
    zone = law.authorities[authority].zone if authority in law.authorities else "+00:00"
    away = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return int(away.total_seconds()) * (-1 if zone[0] == "-" else 1)
