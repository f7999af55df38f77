"""Read listed parties from a snapshot: as they were known, when listed, and from which file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import msgspec

from limen.model import Instant, ListingEvidence, MeasureInForce, Party, Provenance
from limen.screening.profile import Profile
from limen.snapshot import Snapshot
from limen.snapshot.format import ALWAYS, BASES, NEVER, SCHEMAS, Terms, pack_known
from limen.util.cache import BoundedCache

if TYPE_CHECKING:
    from limen.law import Regimes

#: Parties cached ready to compare; a portfolio meets the same few thousand again and again.
_PARTIES_CACHED = 50_000
#: Listings cached, as of the instants that questions name; most name today.
_LISTINGS_CACHED = 10_000
#: Programmes, measures and acts cached; the real lists have some thousand combinations.
_TERMS_CACHED = 10_000


class ListedParty(msgspec.Struct, frozen=True, gc=False):
    """Represents one listed party as it was known at an instant.

    ``extra`` has the fields that its list prints and FollowTheMoney has no property for.
    """

    position: int
    profile: Profile
    provenance: Provenance
    extra: Mapping[str, tuple[str, ...]]


class ListedParties:
    """Reads listed parties from a snapshot and caches them, each as known at an instant."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._states: BoundedCache[int, ListedParty] = BoundedCache(_PARTIES_CACHED)
        self._listings_at: BoundedCache[tuple[int, Instant, Instant], tuple[ListingEvidence, ...]]
        self._listings_at = BoundedCache(_LISTINGS_CACHED)
        self._terms_at: BoundedCache[int, Terms] = BoundedCache(_TERMS_CACHED)
        self._packs: dict[str, Regimes] = {}
        self._list_ids = [info.id for info in snapshot.manifest.lists]
        self._proofs = [
            {version.published: version.sha256 for version in info.versions}
            for info in snapshot.manifest.lists
        ]

    @cached_property
    def regimes(self) -> Regimes:
        """Return the law that the snapshot carries.

        Raises:
            SnapshotError: it was built before snapshots carried the law.
        """
        return self.regimes_known(None)

    def regimes_known(self, known_at: Instant | None) -> Regimes:
        """Return the law as its pack of an instant has it; the newest without an instant.

        Raises:
            SnapshotError: this engine does not read the pack.
        """
        packs = self._snapshot.manifest.law
        pack = pack_known(packs, known_at)
        return self._packs.get(pack.id) or self._open(pack.id, in_use=pack == packs[-1])

    def _open(self, pack: str, *, in_use: bool) -> Regimes:
        from limen.law import Regimes

        arrays = self._snapshot.arrays.table("regimes")
        opened = self._packs[pack] = Regimes(arrays, "" if in_use else pack)
        return opened

    def at(self, position: int, *known: Instant) -> ListedParty | None:
        """Return a party as known by each instant; ``None`` before anything was known of it."""
        row = self._snapshot.state_row(position, *known)
        if row is None:
            return None
        return self._states.get(row) or self._states.put(row, self._read_state(position, row))

    def listings(
        self, position: int, as_of: Instant, known_at: Instant
    ) -> tuple[ListingEvidence, ...]:
        """Return the listings that applied at one instant, as known at another."""
        key = (position, as_of, known_at)
        return self._listings_at.get_or_make(key, lambda: self._listings(position, as_of, known_at))

    def _listings(
        self, position: int, as_of: Instant, known_at: Instant
    ) -> tuple[ListingEvidence, ...]:
        snapshot, numbers = self._snapshot, self._snapshot.listings.numbers
        list_id = self._list_ids[snapshot.parties.numbers["list"][position]]
        evidence = []
        for row in snapshot.listing_rows(position, as_of, known_at):
            terms = self._terms(numbers["terms"][row])
            evidence.append(
                ListingEvidence(
                    list=list_id,
                    record_id=snapshot.record_ids[position],
                    programmes=terms.programmes,
                    measures=terms.measures,
                    acts=terms.acts,
                    applied_from=_instant_text(numbers["applied_from"][row], ALWAYS),
                    applied_to=_instant_text(numbers["applied_to"][row], NEVER),
                    applied_basis=BASES[numbers["basis"][row]],
                    known_from=_instant_text(numbers["known_from"][row], ALWAYS),
                    known_to=_instant_text(numbers["known_to"][row], NEVER),
                    measures_in_force=self._measures(list_id, position, terms, as_of, known_at),
                )
            )
        return tuple(evidence)

    def _terms(self, position: int) -> Terms:
        """Return what listings print of programmes and acts, read once for all that share it."""
        return self._terms_at.get_or_make(position, lambda: self._snapshot.terms_at(position))

    def schema(self, position: int) -> str:
        """Return the schema of a party."""
        return SCHEMAS[self._snapshot.parties.numbers["schema"][position]]

    def _measures(
        self, list_id: str, position: int, terms: Terms, as_of: Instant, known_at: Instant
    ) -> tuple[MeasureInForce, ...]:
        state = self.at(position, known_at)
        regimes = self.regimes_known(known_at)
        printed = regimes.printed(
            list_id,
            self._snapshot.record_ids[position],
            terms,
            state.extra if state else {},
            state.profile.party if state else None,
        )
        return regimes.measures_behind(printed, as_of=as_of, known_at=known_at)

    def _read_state(self, position: int, row: int) -> ListedParty:
        snapshot = self._snapshot
        state = snapshot.state(row)
        list_position = snapshot.parties.numbers["list"][position]
        list_id = self._list_ids[list_position]
        party = Party(
            schema=self.schema(position),
            properties=state.properties,
            id=f"{list_id}:{snapshot.record_ids[position]}",
            datasets=(list_id,),
        )
        sha256 = self._proofs[list_position].get(state.version, "")
        provenance = Provenance(list_id, state.version, sha256, state.carried)
        return ListedParty(position, Profile(party), provenance, state.extra)


@lru_cache(maxsize=1 << 14)
def _instant_text(second: int, open_end: int) -> str | None:
    return None if second == open_end else str(Instant.of_seconds(second))
