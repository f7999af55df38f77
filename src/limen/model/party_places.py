"""The part of an answer about places: a party's addresses, and the embargoes over them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from limen.model.features import Feature, Level

Undetermined = Literal["inside", "cannot_say"]


class PlaceFinding(msgspec.Struct, frozen=True, gc=False, tag_field="kind", tag="place"):
    """Represents a measure over a territory in which an address of the query is, or may be.

    ``kind`` is ``"place"``. Fields that a :class:`Finding` has too mean the same.

    Attributes:
        id: territory and measure: ``"ua-crimea@eu-692-2014"``; two addresses may share it.
        caption: the territory's name.
        score: the confidence that the address is inside, 0 to 1; halved where that is undetermined.
        level: ``"hit"`` where it is inside, ``"review"`` where that is undetermined.
        features: the clues that were read, each with its span, and what contradicts them.
        field: the property that has the address.
        place: what the address was taken for, in words; ``place_id`` its KATOTTG or GeoNames id.
        runners_up: what else the address may mean.
        also: further territories of the authority for which it is undetermined too.
        settles: the one fact that would decide what is undetermined.
    """

    id: str
    caption: str
    score: float
    level: Level
    why: str
    features: tuple[Feature, ...]
    address: str
    field: str
    authority: str
    outcome: Undetermined
    territory: str
    definition: str
    measure: str
    instrument: str
    article: str
    prohibits: str
    applied_from: str
    applied_until: str | None
    law_confidence: str
    place: str
    place_id: str
    runners_up: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    settles: str = ""

    @property
    def kind(self) -> Literal["place"]:
        return "place"

    @property
    def schema(self) -> str:
        """Return the schema of what a finding of this kind is about."""
        return "Address"

    def to_dict(self) -> dict[str, Any]:
        wire: dict[str, Any] = msgspec.to_builtins(self)
        return wire


class LocatedAddress(msgspec.Struct, frozen=True, gc=False):
    """Represents an address of the query, where it was located, and the outcome by authority.

    ``outcomes`` is authority -> ``"inside"``, ``"outside"`` or ``"cannot_say"``.
    """

    field: str
    text: str
    place: str
    outcomes: Mapping[str, str]
