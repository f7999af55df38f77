"""Represent a customer and what it may be: a listed party, or an address in a territory.

A pair is what an alert is about. Two runs are compared pair by pair, and each difference has one
outcome, from the gravest to the least.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec
from xxhash import xxh3_128_hexdigest

from limen.model import AnyFinding, Finding, OwnershipFinding, PlaceFinding
from limen.model.features import Level

PairOutcome = Literal["new", "worse", "same", "better", "gone"]
#: A customer, and the id of a finding about it.
PairKey = tuple[str, str]
_LEVELS: tuple[Level, ...] = ("review", "hit")
_encode = msgspec.json.Encoder(order="sorted").encode


class Pair(msgspec.Struct, frozen=True, gc=False):
    """A finding about one customer, as a run has it.

    Attributes:
        customer: the id of the customer.
        finding: ``list:record``; of an address ``territory@measure`` and the property it is of.
        kind: ``party``, ``place`` or ``ownership``.
        level: ``hit`` or ``review``.
        score: from 0 to 1.
        caption: the listed party, or the territory.
        party: the party that the record is of.
        measures: what is in force behind it.
        prohibits: what that prohibits.
        why: the reason in a sentence.
        digest: of the whole finding, so that any difference shows.
    """

    customer: str
    finding: str
    kind: str
    level: Level
    score: float
    caption: str
    party: str
    measures: tuple[str, ...]
    prohibits: tuple[str, ...]
    why: str
    digest: str

    @property
    def key(self) -> PairKey:
        return self.customer, self.finding


class PairChange(msgspec.Struct, frozen=True):
    """What became of a pair from one run to the next.

    ``before`` is ``None`` for a new pair, ``after`` for one that is gone. ``cause`` is what
    changed: an entry of a list, a customer, the law of a territory, or the question.
    """

    outcome: PairOutcome
    cause: str
    before: Pair | None
    after: Pair | None


def pair_of(customer: str, finding: AnyFinding) -> Pair:
    """Return the pair of a customer and a finding."""
    measures, prohibits = _imposed(finding)
    place = f" {finding.field}: {finding.address}" if isinstance(finding, PlaceFinding) else ""
    return Pair(
        customer=customer,
        finding=f"{finding.id}{place}",
        kind=finding.kind,
        level=finding.level,
        score=finding.score,
        caption=finding.caption,
        party=finding.party_id if isinstance(finding, Finding) else "",
        measures=measures,
        prohibits=prohibits,
        why=finding.why,
        digest=xxh3_128_hexdigest(_encode(finding)),
    )


def _imposed(finding: AnyFinding) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the measures behind a finding, and what they prohibit; each once, sorted."""
    if isinstance(finding, Finding):
        behind = [each for listing in finding.listings for each in listing.measures_in_force]
        return _sorted(each.id or each.instrument for each in behind), _sorted(
            word for each in behind for word in each.prohibits
        )
    if isinstance(finding, OwnershipFinding):
        return _sorted(finding.measures), ()
    return (finding.measure,), (finding.prohibits,) if finding.prohibits else ()


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def compare(
    before: Mapping[PairKey, Pair], after: Mapping[PairKey, Pair], causes: Mapping[PairKey, str]
) -> Iterator[PairChange]:
    """Yield what became of the pairs that a run took again and that differ, by their keys."""
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old is None or new is None or old.digest != new.digest:
            yield PairChange(outcome_of(old, new), causes[key], old, new)


def outcome_of(before: Pair | None, after: Pair | None) -> PairOutcome:
    """Return what became of a pair: the level decides, then what is imposed, then the score."""
    if before is None:
        return "new"
    if after is None:
        return "gone"
    old, new = _gravity(before), _gravity(after)
    if new == old:
        return "same"
    return "worse" if new > old else "better"


def _gravity(pair: Pair) -> tuple[int, int, int, float]:
    return (_LEVELS.index(pair.level), len(pair.prohibits), len(pair.measures), pair.score)
