"""Measure how many of a snapshot's listings have an encoded measure, list by list."""

from __future__ import annotations

from collections.abc import Iterator

from limen.law import Clocks
from limen.law.listing_measures import Printed
from limen.law.listing_share import ListShare, share_of
from limen.model import Instant
from limen.screening.listed_parties import ListedParties
from limen.snapshot import Snapshot
from limen.snapshot.format import ListInfo


def law_coverage(
    snapshot: Snapshot, listed: ListedParties, lists: tuple[str, ...] = ()
) -> Iterator[ListShare]:
    """Yield the share of each list's listings, as its newest version has them."""
    for position, info in enumerate(snapshot.manifest.lists):
        if info.versions and (not lists or info.id in lists):
            day = Instant.parse(info.versions[-1].published)
            listings = _printed(snapshot, listed, position, info, day)
            version = info.versions[-1].published
            yield share_of(listed.regimes.law, info.id, version, Clocks.at(day), listings)


def _printed(
    snapshot: Snapshot, listed: ListedParties, position: int, info: ListInfo, day: Instant
) -> Iterator[Printed]:
    lists = snapshot.parties.numbers["list"]
    for party in range(len(snapshot)):
        if lists[party] != position:
            continue
        state = listed.at(party, day)
        for row in snapshot.listing_rows(party, day, day):
            yield listed.regimes.printed(
                info.id,
                snapshot.record_ids[party],
                snapshot.terms(row),
                state.extra if state else {},
                state.profile.party if state else None,
            )
