"""What a row of a portfolio was under before a supposition: by authority, and how far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from limen.law.in_force import Clocks, provisions
from limen.law.law import Law
from limen.model import Answer
from limen.snapshot import Snapshot

_FREEZE = "asset_freeze"


class Before(msgspec.Struct, frozen=True):
    """The hits of one row before a supposition.

    Attributes:
        outcome: that of its answer.
        imposed: authority -> what its measures impose; empty words where that is not encoded.
        programmes: tags of the listings that it is a hit of, by authority.
        territories: territories it lies in under a measure, by authority.
    """

    outcome: str
    imposed: Mapping[str, frozenset[str]]
    programmes: Mapping[str, frozenset[str]]
    territories: Mapping[str, frozenset[str]]

    def is_hit(self, authority: str) -> bool:
        """Return whether the row was a hit of an authority."""
        return authority in self.imposed

    def is_partial(self, authority: str) -> bool:
        """Return whether measures of an authority hit the row, and none of them froze it."""
        words = self.imposed.get(authority, frozenset())
        return bool(words) and _FREEZE not in words


def before(snapshot: Snapshot, law: Law, answer: Answer, clocks: Clocks) -> Before:
    """Return what a row was under, from its answer; with the words of the law."""
    authorities = {info.id: info.authority for info in snapshot.manifest.lists}
    imposed: dict[str, set[str]] = {}
    programmes: dict[str, set[str]] = {}
    territories: dict[str, set[str]] = {}
    for finding in answer.party_findings:
        for listing in finding.listings if finding.level == "hit" else ():
            authority = authorities[listing.list]
            words = imposed.setdefault(authority, set())
            for measure in listing.measures_in_force:
                words.update(measure.prohibits)
            programmes.setdefault(authority, set()).update(listing.programmes)
    for place in answer.places:
        if place.level == "hit":
            words = imposed.setdefault(place.authority, set())
            # The freeze of a territorial measure is for whom it designates, not for all there.
            words.update(set(_words(law, place.measure, clocks)) - {_FREEZE})
            territories.setdefault(place.authority, set()).add(place.territory)
    for owned in answer.owned:
        if owned.level == "hit":
            words = imposed.setdefault(owned.authority, set())
            for name in owned.measures:
                words.update(_words(law, name, clocks))
    return Before(answer.outcome, _frozen(imposed), _frozen(programmes), _frozen(territories))


def _words(law: Law, name: str, clocks: Clocks) -> Iterator[str]:
    """Yield what a measure imposed; nothing where it is of an older law than this."""
    measure = law.measures.get(name)
    for provision in provisions(law, measure, clocks) if measure else ():
        yield from provision.prohibits


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in found.items()}
