"""A finding about a listed party, with its evidence: features, listings, measures, licences.

The other half of the answer: see :mod:`limen.model.answer`.
"""

from __future__ import annotations

from collections.abc import Mapping
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
