"""The answer to "where is this?": clues, territories, and the verdict of each authority.

``to_dict()`` of a :class:`Location` is the wire form; its JSON Schema is published in
``docs/schemas/location.schema.json`` and generated from these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

Outcome = Literal["inside", "outside", "cannot_say"]
Role = Literal["place", "street", "name", "government", "birthplace"]
ClueKind = Literal[
    "settlement", "region", "raion", "country", "postcode", "phone", "coordinates", "iban", "bic"
]  # fmt: skip

SCHEMA_VERSION = "1"


class Clue(msgspec.Struct, frozen=True):
    """One clue to where an address is.

    Attributes:
        span: character offsets in ``field``.
        field: ``"address"`` for free text, else the structured field.
        role: what the words name; only a ``place`` (or a ``government``) can decide.
        meaning: what they stand for, in words.
        slip: the spelling that a misspelt name was taken for.
    """

    kind: ClueKind
    text: str
    span: tuple[int, int]
    field: str
    role: Role
    meaning: str
    slip: str = ""


class PlaceFound(msgspec.Struct, frozen=True):
    """A place the address may mean. ``id`` is its KATOTTG code, or GeoNames' number."""

    id: str
    name: str
    native: str
    country: str
    oblast: str
    raion: str
    lat: float | None
    lon: float | None


class Layers(msgspec.Struct, frozen=True):
    """Three facts that are never mixed: held on 21 February 2022, held on the day, claimed.

    ``None`` where it is unknown. ``claimed`` is the claimant's border, which explains addresses
    and is never the scope of a measure.
    """

    controlled_on_2022_02_21: bool | None
    controlled: bool | None
    claimed: bool


class TerritoryFinding(msgspec.Struct, frozen=True):
    """One measure over one territory, and whether the address is in it."""

    authority: str
    outcome: Outcome
    territory: str
    territory_name: str
    definition: str
    measure: str
    instrument: str
    article: str
    prohibits: str
    applied_from: str
    applied_until: str | None
    law_confidence: str
    confidence: float
    place: PlaceFound | None
    layers: Layers | None
    why: str


class Verdict(msgspec.Struct, frozen=True):
    """The outcome of one authority's embargoes for the address.

    ``settles`` names the one fact that would decide an undetermined outcome.
    """

    authority: str
    outcome: Outcome
    confidence: float
    why: str
    settles: str


class LocationStamp(msgspec.Struct, frozen=True):
    """Everything needed to reproduce the answer."""

    engine: str
    snapshot: str
    as_of: str
    known_at: str
    authorities: tuple[str, ...]


class Location(msgspec.Struct, frozen=True):
    """Where an address is, and in which territories under embargo.

    ``country`` is the code of the country it is taken to be in; empty where it is unknown.
    """

    query: Mapping[str, Any]
    verdicts: tuple[Verdict, ...]
    findings: tuple[TerritoryFinding, ...]
    place: PlaceFound | None
    country: str
    runners_up: tuple[PlaceFound, ...]
    clues: tuple[Clue, ...]
    contradictions: tuple[str, ...]
    notices: tuple[str, ...]
    stamp: LocationStamp

    def outcome(self, authority: str) -> Outcome:
        """Return the outcome of one authority.

        Raises:
            KeyError: the query did not name it.
        """
        for verdict in self.verdicts:
            if verdict.authority == authority.upper():
                return verdict.outcome
        raise KeyError(authority)

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form, of plain dicts, lists, strings and numbers."""
        wire: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        wire.update(msgspec.to_builtins(self))
        return wire
