"""Compare authorities: whom one lists and another does not on a day, and who listed whom first.

Parties are those of today, so that a party counts once whatever number of lists have it. Where
the publisher prints no start of a listing, it begins where the archive first has it: its day is a
bound, and the authority listed no later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from limen.model import Instant
from limen.snapshot.format import ALWAYS, BASES, NEVER
from limen.snapshot.reader import Snapshot

_DAY = 86_400
_PUBLISHER = BASES.index("publisher")


class FirstListing(msgspec.Struct, frozen=True, gc=False, order=True):
    """Represents the earliest listing of a party by an authority.

    ``start`` is in seconds since 1970. ``exact`` is whether the publisher prints the day; else the
    listing began on that day or before.
    """

    start: int
    record: int
    exact: bool


class Gap(msgspec.Struct, frozen=True, gc=False):
    """Represents a party that one authority lists on a day and others do not.

    ``lag_days`` counts from its listing to that day; ``None`` where its start is not known.
    """

    party: str
    listing: FirstListing
    lag_days: int | None


class ListedFirst(msgspec.Struct, frozen=True, gc=False):
    """Represents a party listed for the first time in a period, with each authority's first."""

    party: str
    by: Mapping[str, FirstListing]


def authorities_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the authorities of which the snapshot has a list, in their order."""
    return tuple(dict.fromkeys(info.authority for info in snapshot.manifest.lists if info.versions))


def gaps(snapshot: Snapshot, listed_by: str, not_by: Iterable[str], day: Instant) -> list[Gap]:
    """Return whom an authority lists on a day and none of others does, the earliest first."""
    others = frozenset(not_by)
    found = [
        (firsts[listed_by], party)
        for party, firsts in _listed_on(snapshot, day).items()
        if listed_by in firsts and others.isdisjoint(firsts)
    ]
    return [Gap(party, first, _lag(first, day)) for first, party in sorted(found)]


def gap_counts(snapshot: Snapshot, day: Instant) -> dict[tuple[str, str], int]:
    """Return how many parties the first of two authorities lists on a day and the second does not.

    The two are the same in the number of all parties that an authority lists.
    """
    authorities = authorities_of(snapshot)
    counts = {(one, other): 0 for one in authorities for other in authorities}
    for firsts in _listed_on(snapshot, day).values():
        for one in firsts:
            for other in authorities:
                counts[one, other] += other == one or other not in firsts
    return counts


def first_listed(snapshot: Snapshot, since: Instant, until: Instant) -> list[ListedFirst]:
    """Return the parties that an authority listed for the first time in a period, both days in.

    Parties that an authority listed before are left out, whoever lists them anew.
    """
    known = Instant.parse(snapshot.manifest.known_until)
    rows = range(len(snapshot.listings["party"]))
    current = (row for row in rows if snapshot.listings.numbers["known_to"][row] == NEVER)
    end = until.seconds + _DAY
    found = [
        ListedFirst(party, dict(sorted(firsts.items(), key=lambda pair: pair[1])))
        for party, firsts in _firsts(snapshot, current).items()
        if since.seconds
        <= min(each.start for each in firsts.values())
        < end
        <= known.seconds + _DAY
    ]
    return sorted(found, key=lambda each: (min(each.by.values()), each.party))


def short_lists(
    snapshot: Snapshot, since: Instant, until: Instant
) -> Iterator[tuple[str, str, str]]:
    """Yield the lists with versions that do not reach over a period, with the first and last.

    Of those that begin later and print no day of their listings, nothing is known before.
    """
    for info in snapshot.manifest.lists:
        if info.versions:
            first, last = info.versions[0].published, info.versions[-1].published
            if Instant.parse(first) > since or Instant.parse(last) < until:
                yield info.id, first, last


def _lag(first: FirstListing, day: Instant) -> int | None:
    return None if first.start == ALWAYS else (day.seconds - first.start) // _DAY


def _listed_on(snapshot: Snapshot, day: Instant) -> dict[str, dict[str, FirstListing]]:
    """Return for each party of today who lists it on a day, as known today, and since when."""
    known = Instant.parse(snapshot.manifest.known_until)
    return _firsts(snapshot, snapshot.listed_at(day, known).nonzero()[0].tolist())


def _firsts(snapshot: Snapshot, rows: Iterable[int]) -> dict[str, dict[str, FirstListing]]:
    found: dict[str, dict[str, FirstListing]] = defaultdict(dict)
    for party, authority, first in _listings(snapshot, rows):
        firsts = found[party]
        firsts[authority] = min(firsts.get(authority, first), first)
    return found


def _listings(snapshot: Snapshot, rows: Iterable[int]) -> Iterator[tuple[str, str, FirstListing]]:
    authorities: Sequence[str] = [info.authority for info in snapshot.manifest.lists]
    list_of, numbers = snapshot.parties.numbers["list"], snapshot.listings.numbers
    for row in rows:
        record = numbers["party"][row]
        first = FirstListing(
            numbers["applied_from"][row], record, numbers["basis"][row] == _PUBLISHER
        )
        yield snapshot.identity.today(record), authorities[list_of[record]], first
