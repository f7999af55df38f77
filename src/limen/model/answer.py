"""The one answer that feeds Python, the command line, the API, the pages and Spark.

``to_dict()`` of an :class:`Answer` is the wire form; its JSON Schema is published in
``docs/schemas/answer.schema.json`` and generated from these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from limen.model.party import Notice

Outcome = Literal["hit", "clear", "cannot_say"]
Verdict = Literal["equal", "near", "conflict", "missing_query", "missing_listed", "missing_both"]
Level = Literal["hit", "review"]
ListState = Literal["ok", "overridden", "missing", "empty", "out_of_band", "stale", "too_early"]

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Feature:
    """One comparison: what was said, what the list says, and what it did to the score.

    ``contribution`` is signed and in score units; the contributions of a finding add up to its
    score before it is clamped to [0, 1]. ``span`` is the part of ``query`` that matched, as
    character offsets.
    """

    name: str
    verdict: Verdict
    contribution: float
    query: str = ""
    query_field: str = ""
    listed: str = ""
    listed_field: str = ""
    detail: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class TokenPair:
    """Two words of two names, and what one made of the other.

    Attributes:
        query, listed: the words as written; empty where a side has none.
        query_span, listed_span: where they stand in the raw names, ``None`` where a side has none.
        kind: identical, equivalent, nickname, transliteration, typo, initial, joined, cut,
            legal_form, number, missing_query, missing_listed or conflict.
        contribution: what the pair did to the name's score.
    """

    query: str
    listed: str
    query_span: tuple[int, int] | None
    listed_span: tuple[int, int] | None
    kind: str
    contribution: float


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


@dataclass(frozen=True, slots=True)
class Finding:
    """One listed party that the query may be, with the evidence.

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

    def to_svg(self) -> str:
        """The finding as a picture: the words side by side, and the score as a waterfall."""
        from limen.model.drawing import finding_svg

        return finding_svg(self)

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
    what could not be said stands in ``reasons``.
    """

    outcome: Outcome
    findings: tuple[Finding, ...]
    reasons: tuple[str, ...]
    notices: tuple[Notice, ...]
    coverage: tuple[ListCoverage, ...]
    query: Mapping[str, Any]
    stamp: Stamp

    def to_dict(self) -> dict[str, Any]:
        """The wire form, of plain dicts, lists, strings and numbers."""
        wire: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        wire.update(msgspec.to_builtins(self))
        return wire
