"""A finding about a listed party, with its evidence, and the findings of one party together.

The other half of the answer: see :mod:`limen.model.answer`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from limen.model.features import Feature, Level, TokenPair

ListState = Literal["ok", "overridden", "missing", "empty", "out_of_band", "stale", "too_early"]


class PossibleLicence(msgspec.Struct, frozen=True, gc=False):
    """Represents a licence that could apply; whether it does turns on its conditions.

    ``standing`` is ``"valid"``, or ``"cannot_say"`` where it is not known whether the licence
    still held, for the reason in ``why``. Nothing rests on the second.

    Attributes:
        key: programme, number and letter: ``"RUSSIA-EO14024/8A"``.
        until: its end as the licence gives it; ``None`` where none is stated.
        conditions: what must be so of the transaction.
        says: its scope and conditions in words.
        parties: for whom it is; empty where it is for any party of the measure.
        known_to: the day that the research of its chain reaches.
        beyond_known: whether it is valid at an instant later than that, so that it may have been
            revoked or replaced since.
    """

    key: str
    title: str
    activities: tuple[str, ...]
    until: str | None
    conditions: tuple[str, ...]
    standing: Literal["valid", "cannot_say"] = "valid"
    why: str = ""
    says: str = ""
    parties: tuple[str, ...] = ()
    known_to: str = ""
    beyond_known: bool = False
    confidence: str = ""
    note: str = ""


class ListingEffect(msgspec.Struct, frozen=True, gc=False):
    """Represents what one provision of a measure does to a listed party.

    ``by`` is the provision's number, or the publisher's word for the measure.
    """

    by: str
    prohibits: tuple[str, ...]
    says: str
    since: str | None
    source: tuple[str, ...]
    confidence: str
    note: str


class MeasureInForce(msgspec.Struct, frozen=True, gc=False):
    """Represents a measure behind a listing: what it prohibits, since when, by which act.

    ``id`` is empty where the instrument of the listing's tag is known, and no more. ``known_to``
    is the day that the research of the measure reaches; ``beyond_known`` says that the instant
    of the question is later, so that a change since then would not be known.
    """

    id: str
    authority: str
    instrument: str
    citation: str
    binds: str
    prohibits: tuple[str, ...]
    since: str | None
    licences: tuple[PossibleLicence, ...]
    source: tuple[str, ...]
    confidence: str
    effects: tuple[ListingEffect, ...] = ()
    note: str = ""
    known_to: str = ""
    beyond_known: bool = False


class ListingEvidence(msgspec.Struct, frozen=True, gc=False):
    """Represents a listing behind a finding, as it was at the instant of the question."""

    list: str
    record_id: str
    programmes: tuple[str, ...]
    measures: tuple[str, ...]
    acts: tuple[str, ...]
    applied_from: str | None
    applied_to: str | None
    applied_basis: str
    known_from: str | None
    known_to: str | None
    measures_in_force: tuple[MeasureInForce, ...] = ()

    @property
    def instruments(self) -> tuple[str, ...]:
        """Return the acts that the publisher names, else those behind its tags."""
        acts = self.acts or (measure.instrument for measure in self.measures_in_force)
        return tuple(dict.fromkeys(acts))


class Provenance(msgspec.Struct, frozen=True, gc=False):
    """Represents the file that the listed values come from.

    ``carried`` names the parts of the entry that the version did not have, with the day of
    the version they were carried forward from.
    """

    list: str
    version: str
    sha256: str
    carried: Mapping[str, str]


class Finding(msgspec.Struct, frozen=True, gc=False, tag_field="kind", tag="party"):
    """Represents a listed party that the query may be, with evidence; ``kind`` is ``"party"``.

    ``level`` is ``"hit"`` at or above the threshold, ``"review"`` where the name suggests a match
    and something else holds it below. ``alignment`` pairs the words of the two names, where names
    were compared, and ``flips`` names what would have changed the name's verdict. ``party_id`` is
    the party that the record is of, as known at the instant of the question.
    """

    id: str
    caption: str
    schema: str
    score: float
    level: Level
    features: tuple[Feature, ...]
    listings: tuple[ListingEvidence, ...]
    party: Mapping[str, Any]
    provenance: Provenance
    why: str
    threshold: float
    alignment: tuple[TokenPair, ...] = ()
    flips: str = ""
    party_id: str = ""

    @property
    def kind(self) -> Literal["party"]:
        return "party"

    def to_dict(self) -> dict[str, Any]:
        wire: dict[str, Any] = msgspec.to_builtins(self)
        return wire


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


class PartyMeasure(msgspec.Struct, frozen=True, gc=False):
    """Represents one measure on a party, and the lists of the listings under it."""

    id: str
    instrument: str
    since: str | None
    prohibits: tuple[str, ...]
    lists: tuple[str, ...]


class AuthorityMeasures(msgspec.Struct, frozen=True, gc=False):
    """Represents what one authority does to a party, by all of its measures together."""

    authority: str
    prohibits: tuple[str, ...]
    measures: tuple[PartyMeasure, ...]


class PartyGroup(msgspec.Struct, frozen=True, gc=False):
    """Represents a party that the query may be, with all of its records that were found.

    ``id`` stays the same over new versions of lists. ``caption``, ``schema``, ``score``,
    ``level`` and ``why`` are those of the record that explains the match best, which comes first
    among ``findings``, the ids of the findings. ``measures`` has what each authority does.
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
    measures: tuple[AuthorityMeasures, ...] = ()


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
        measures=side_by_side(each for finding in findings for each in finding.listings),
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


def side_by_side(listings: Iterable[ListingEvidence]) -> tuple[AuthorityMeasures, ...]:
    """Return the measures behind listings by authority, each measure once, in their order."""
    found: dict[str, dict[str, tuple[MeasureInForce, list[str]]]] = {}
    for listing in listings:
        for measure in listing.measures_in_force:
            known = found.setdefault(measure.authority, {})
            _, lists = known.setdefault(measure.id or measure.instrument, (measure, []))
            lists.append(listing.list)
    return tuple(_of_authority(name, known.values()) for name, known in found.items())


def _of_authority(
    authority: str, known: Iterable[tuple[MeasureInForce, list[str]]]
) -> AuthorityMeasures:
    measures = tuple(
        PartyMeasure(
            measure.id, measure.instrument, measure.since, measure.prohibits,
            tuple(dict.fromkeys(lists)),
        )
        for measure, lists in known
    )  # fmt: skip
    words = dict.fromkeys(word for measure in measures for word in measure.prohibits)
    return AuthorityMeasures(authority, tuple(words), measures)
