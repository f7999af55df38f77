"""Group the findings of an answer by party: one party, its listings inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from limen.model.features import Level
from limen.model.finding import Finding, ListingEvidence, ListState


class PartyListing(msgspec.Struct, frozen=True, gc=False):
    """Represents one listing of a party: where, since when, until when, and how well it matches.

    ``finding`` is the id of the finding with the evidence. ``applies`` is whether the record
    applied at the instant of the question; ``since`` is ``None`` where it did not, and where the
    start is not known. ``state`` is what the list could carry.
    """

    list: str
    record_id: str
    finding: str
    score: float
    level: Level
    applies: bool
    since: str | None
    since_basis: str
    until: str | None
    programmes: tuple[str, ...]
    measures: tuple[str, ...]
    acts: tuple[str, ...]
    state: ListState | None


class PartyGroup(msgspec.Struct, frozen=True, gc=False):
    """Represents a party that the query may be, with all of its records that were found.

    ``id`` stays the same over new versions of lists. ``caption``, ``schema``, ``score``,
    ``level`` and ``why`` are those of the record that explains the match best, which comes first
    among ``findings``, the ids of the findings.
    """

    id: str
    caption: str
    schema: str
    score: float
    level: Level
    why: str
    lists: tuple[str, ...]
    findings: tuple[str, ...]
    listings: tuple[PartyListing, ...]


def by_party(
    findings: Iterable[Finding], states: Mapping[str, ListState]
) -> tuple[PartyGroup, ...]:
    """Return a group for each party, in the order of the best finding of each.

    Args:
        findings: the best first.
        states: the state of each list of the scope.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.party_id or finding.id, []).append(finding)
    return tuple(_group(party, found, states) for party, found in groups.items())


def _group(party: str, findings: list[Finding], states: Mapping[str, ListState]) -> PartyGroup:
    best = findings[0]
    listings = tuple(listing for finding in findings for listing in _listings(finding, states))
    return PartyGroup(
        id=party,
        caption=best.caption,
        schema=best.schema,
        score=best.score,
        level=best.level,
        why=best.why,
        lists=tuple(dict.fromkeys(listing.list for listing in listings)),
        findings=tuple(finding.id for finding in findings),
        listings=listings,
    )


def _listings(finding: Finding, states: Mapping[str, ListState]) -> Iterable[PartyListing]:
    list_id, _, record_id = finding.id.partition(":")
    if not finding.listings:
        return (_listing(finding, list_id, record_id, None, states),)
    return tuple(
        _listing(finding, each.list, each.record_id, each, states) for each in finding.listings
    )


def _listing(
    finding: Finding,
    list_id: str,
    record_id: str,
    evidence: ListingEvidence | None,
    states: Mapping[str, ListState],
) -> PartyListing:
    return PartyListing(
        list=list_id,
        record_id=record_id,
        finding=finding.id,
        score=finding.score,
        level=finding.level,
        applies=evidence is not None,
        since=evidence.applied_from if evidence else None,
        since_basis=evidence.applied_basis if evidence else "",
        until=evidence.applied_to if evidence else None,
        programmes=evidence.programmes if evidence else (),
        measures=_measures(evidence) if evidence else (),
        acts=evidence.instruments if evidence else (),
        state=states.get(list_id),
    )


def _measures(evidence: ListingEvidence) -> tuple[str, ...]:
    """Return what the publisher prints that it imposes, else the measures behind the listing."""
    found = evidence.measures or tuple(each.id for each in evidence.measures_in_force if each.id)
    return tuple(dict.fromkeys(found))
