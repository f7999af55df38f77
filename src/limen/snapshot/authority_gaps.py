"""Compare authorities: whom one lists and another does not on a day, and who listed whom first.

Parties are those of today, so that a party counts once whatever number of lists have it. Where
the publisher prints no start of a listing, it begins where the archive first has it: its day is a
bound, and the authority listed no later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median

import msgspec

from limen.model import Instant
from limen.snapshot.format import BASES, NEVER
from limen.snapshot.reader import Snapshot

_DAY = 86_400
#: The Charter of the United Nations: no list that is read here has listings from before.
_EARLIEST = Instant.parse("1945-10-24").seconds


class FirstListing(msgspec.Struct, frozen=True, gc=False, order=True):
    """Represents the earliest listing of a party by an authority.

    ``start`` is in seconds since 1970. ``basis`` is where it is from: with ``on_or_before`` the
    listing began on that day or before.
    """

    start: int
    record: int
    basis: str


class Gap(msgspec.Struct, frozen=True, gc=False):
    """Represents a party that one authority lists on a day and others do not.

    ``lag_days`` counts from its listing to that day; ``None`` where its start is not known, or is a
    misprint of the publisher (the year 17).
    """

    party: str
    listing: FirstListing
    lag_days: int | None


class GapCount(msgspec.Struct, frozen=True, gc=False):
    """Represents how many parties a gap has, and the median of their known lags in days."""

    parties: int
    median_lag_days: int | None


class ListedFirst(msgspec.Struct, frozen=True, gc=False):
    """Represents a party listed for the first time in a period, with each authority's first."""

    party: str
    by: Mapping[str, FirstListing]


#: Party -> authority -> its first listing.
Listed = Mapping[str, Mapping[str, FirstListing]]


def authorities_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the authorities of which the snapshot has a list, in their order."""
    return tuple(dict.fromkeys(info.authority for info in snapshot.manifest.lists if info.versions))


def listed_on(snapshot: Snapshot, day: Instant) -> Listed:
    """Return for each party of today who lists it on a day, as known today, and since when."""
    return _firsts(snapshot, _rows_on(snapshot, day))


def listed_under(
    snapshot: Snapshot, authority: str, programme: str, day: Instant
) -> frozenset[str]:
    """Return the parties that an authority lists on a day under a programme.

    ``programme`` is a part of a programme's name, in any case.
    """
    text = programme.casefold()
    codes = snapshot.listings.numbers["terms"]
    named: dict[int, bool] = {}
    rows = []
    for row in _rows_on(snapshot, day):
        code = codes[row]
        if code not in named:
            programmes = snapshot.terms_at(code).programmes
            named[code] = any(text in each.casefold() for each in programmes)
        if named[code]:
            rows.append(row)
    return frozenset(party for party, by, _ in _listings(snapshot, rows) if by == authority)


def gaps(listed: Listed, listed_by: str, not_by: Iterable[str], day: Instant) -> list[Gap]:
    """Return whom an authority lists on a day and none of others does, the earliest first."""
    others = frozenset(not_by)
    found = [
        (firsts[listed_by], party)
        for party, firsts in listed.items()
        if listed_by in firsts and others.isdisjoint(firsts)
    ]
    return [
        Gap(party, first, _lag(first, day)) for first, party in sorted(found, key=_plausible_first)
    ]


def gap_counts(
    listed: Listed, authorities: Sequence[str], day: Instant
) -> dict[tuple[str, str], GapCount]:
    """Return how many parties the first of two authorities lists on a day and the second does not.

    The two are the same in the number of all parties that an authority lists.
    """
    lags: dict[tuple[str, str], list[int | None]] = {
        (one, other): [] for one in authorities for other in authorities
    }
    for firsts in listed.values():
        for one, first in firsts.items():
            lag = _lag(first, day)
            for other in authorities:
                if other == one or other not in firsts:
                    lags[one, other].append(lag)
    return {pair: _counted(found) for pair, found in lags.items()}


def first_listed(snapshot: Snapshot, since: Instant, until: Instant) -> list[ListedFirst]:
    """Return the parties that an authority listed for the first time in a period, both days in.

    Parties that an authority listed before are left out, whoever lists them anew, and so are those
    that only the first loaded version of a list has: they may have been there before.
    """
    rows = range(len(snapshot.listings["party"]))
    current = (row for row in rows if snapshot.listings.numbers["known_to"][row] == NEVER)
    end = until.seconds + _DAY
    found = []
    for party, firsts in _firsts(snapshot, current).items():
        first = min(firsts.values())
        if since.seconds <= first.start < end and first.basis != "on_or_before":
            by = dict(sorted(firsts.items(), key=lambda pair: pair[1]))
            found.append(ListedFirst(party, by))
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


def later_lists(
    snapshot: Snapshot, day: Instant, authorities: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield the lists of authorities whose versions begin after a day, with the first.

    Where they print no day of a listing, it is not known whether it was there on that day.
    """
    chosen = frozenset(authorities)
    for info in snapshot.manifest.lists:
        if info.authority in chosen and info.versions:
            first = info.versions[0].published
            if Instant.parse(first) > day:
                yield info.id, first


def _counted(lags: Sequence[int | None]) -> GapCount:
    known = [lag for lag in lags if lag is not None]
    return GapCount(len(lags), round(median(known)) if known else None)


def _lag(first: FirstListing, day: Instant) -> int | None:
    """Return the days from a listing to a day; ``None`` where its start cannot be a listing's."""
    return (day.seconds - first.start) // _DAY if first.start >= _EARLIEST else None


def _plausible_first(found: tuple[FirstListing, str]) -> tuple[bool, FirstListing, str]:
    first, party = found
    return first.start < _EARLIEST, first, party


def _rows_on(snapshot: Snapshot, day: Instant) -> list[int]:
    known = Instant.parse(snapshot.manifest.known_until)
    rows: list[int] = snapshot.listed_at(day, known).nonzero()[0].tolist()
    return rows


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
        first = FirstListing(numbers["applied_from"][row], record, BASES[numbers["basis"][row]])
        yield snapshot.identity.today(record), authorities[list_of[record]], first
