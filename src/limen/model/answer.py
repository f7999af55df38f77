"""The one answer that feeds Python, the command line, the API, the pages and Spark.

``to_dict()`` of an :class:`Answer` is the wire form; its JSON Schema is published in
``docs/schemas/answer.schema.json`` and generated from these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from limen.model.features import Feature, Level, TokenPair
from limen.model.party import Notice
from limen.model.party_places import LocatedAddress, PlaceFinding

Outcome = Literal["hit", "clear", "cannot_say"]
ListState = Literal["ok", "overridden", "missing", "empty", "out_of_band", "stale", "too_early"]

#: 2: findings tell their kind, and addresses are located; 1 had neither.
SCHEMA_VERSION = "2"


@dataclass(frozen=True, slots=True)
class PossibleLicence:
    """A licence then valid that could apply; whether it does turns on its conditions.

    ``key`` is programme, number and letter: ``"RUSSIA-EO14024/8A"``. ``until`` is its end as the
    licence gives it, ``conditions`` what must be so of the transaction.
    """

    key: str
    title: str
    activities: tuple[str, ...]
    until: str | None
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureInForce:
    """A measure behind a listing: what it prohibits of whom, since when, by which act.

    ``id`` is empty where the instrument of the listing's tag is known, and no more.
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


@dataclass(frozen=True, slots=True)
class ListingEvidence:
    """A listing behind a finding, as it stood at the instant asked about."""

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
        """The acts the publisher names; of one that names none, those behind its tags."""
        found = self.acts or (each.instrument for each in self.measures_in_force)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which file the listed words come from.

    ``carried`` names the parts of the entry that the version did not have, with the day of
    the version they were carried forward from.
    """

    list: str
    version: str
    sha256: str
    carried: Mapping[str, str]


class Finding(msgspec.Struct, frozen=True, tag_field="kind", tag="party"):
    """One listed party that the query may be, with the evidence; ``kind`` is ``"party"``.

    ``level`` is ``"hit"`` at or above the threshold, ``"review"`` where the name speaks for a
    match and something else holds it below. ``alignment`` sets the words of the two names side by
    side, where a name was compared, and ``flips`` says what would have changed the name's verdict.
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

    @property
    def kind(self) -> Literal["party"]:
        return "party"

    def to_dict(self) -> dict[str, Any]:
        wire: dict[str, Any] = msgspec.to_builtins(self)
        return wire


@dataclass(frozen=True, slots=True)
class ListCoverage:
    """What one list could carry at the instant asked about.

    ``age_days`` runs from the last version published at or before that instant. ``speaks_from``
    is the first day the list can speak for.
    """

    list: str
    state: ListState
    version: str | None
    age_days: int | None
    max_age_days: int | None
    records: int
    speaks_from: str | None
    sha256: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Everything needed to take the same answer again."""

    snapshot: str
    engine: str
    matcher: str
    threshold: float
    as_of: str
    known_at: str
    authorities: tuple[str, ...]
    lists: tuple[str, ...]
    allow_stale: tuple[str, ...]
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """Outcome, findings, evidence, and the stamp they rest on.

    ``cannot_say`` never hides a finding: where something was found the outcome is ``hit``, and
    what could not be said stands in ``reasons``. Listed parties come first among the findings,
    then the places; ``addresses`` has every address that was read, wherever it lies.
    """

    outcome: Outcome
    findings: tuple[Finding | PlaceFinding, ...]
    reasons: tuple[str, ...]
    notices: tuple[Notice, ...]
    coverage: tuple[ListCoverage, ...]
    query: Mapping[str, Any]
    stamp: Stamp
    addresses: tuple[LocatedAddress, ...] = ()

    @property
    def parties(self) -> tuple[Finding, ...]:
        """The findings about listed parties."""
        return tuple(each for each in self.findings if isinstance(each, Finding))

    @property
    def places(self) -> tuple[PlaceFinding, ...]:
        """The findings about addresses."""
        return tuple(each for each in self.findings if isinstance(each, PlaceFinding))

    def to_dict(self) -> dict[str, Any]:
        """The wire form, of plain dicts, lists, strings and numbers."""
        wire: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        wire.update(msgspec.to_builtins(self))
        return wire
