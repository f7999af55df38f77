"""What an answer says of the places a party names: its addresses, and the embargoes over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from limen.model.features import Feature, Level

Undetermined = Literal["inside", "cannot_say"]


class PlaceFinding(msgspec.Struct, frozen=True, tag_field="kind", tag="place"):
    """One measure over a territory in which an address of the query lies, or may lie.

    ``kind`` is ``"place"``. What it shares with a :class:`Finding` means the same there.

    Attributes:
        id: territory and measure: ``"ua-crimea@eu-692-2014"``; two addresses may share it.
        caption: the territory's name.
        score: how sure it is that the address lies inside, 0 to 1; where that cannot be told, half
            of what the reading is worth.
        level: ``"hit"`` where it lies inside, ``"review"`` where that cannot be told.
        features: the clues that were read, each with its span, and what contradicts them.
        field: the property the address stands in.
        place: what the address was taken for, in words; ``place_id`` its KATOTTG or GeoNames id.
        runners_up: what else the address may mean.
        also: further territories of the authority for which it cannot be told either.
        settles: the one fact that would decide what cannot be told.
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
        """What a finding of this kind is about."""
        return "Address"

    def to_dict(self) -> dict[str, Any]:
        wire: dict[str, Any] = msgspec.to_builtins(self)
        return wire


@dataclass(frozen=True, slots=True)
class LocatedAddress:
    """An address of the query, what it was taken for, and what each authority's law says of it.

    ``outcomes`` is authority -> ``"inside"``, ``"outside"`` or ``"cannot_say"``.
    """

    field: str
    text: str
    place: str
    outcomes: Mapping[str, str]
