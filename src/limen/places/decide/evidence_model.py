"""The evidence of an address before it is weighed, and the decision after."""

from __future__ import annotations

import msgspec

from limen.places.query.name_mentions import Mention, Text
from limen.places.query.numbers import Number

#: Regions with names that say who held the place, in addition to where it is.
HELD = {"dnr": ("dnr",), "lnr": ("lnr",), "ordlo": ("dnr", "lnr")}
#: Oblasts with postcodes that say the same once Russian post has reissued them.
HOLDERS = {14: ("dnr",), 44: ("lnr",)}


class Where(msgspec.Struct, frozen=True):
    """One reading of where an address is.

    Attributes:
        places: the settlements it may be, all equally likely.
        oblasts: an area that contains it, where no settlement is known.
        area: the settlements of a smaller area (a raion, a postcode), instead.
        country: the country, where nothing smaller is known.
        held: region words that name who held the ground: ``dnr``, ``lnr``.
        measured: it is measured (coordinates, an IP address) and not written.
        doubtful: it may not be meant at all, so it can never be ``inside``.
        confidence: 0 to 1.
    """

    places: tuple[int, ...] = ()
    oblasts: tuple[int, ...] = ()
    area: tuple[int, ...] = ()
    country: str = ""
    held: tuple[str, ...] = ()
    doubtful: bool = False
    measured: bool = False
    confidence: float = 0.9
    why: str = ""

    @property
    def known(self) -> bool:
        return bool(self.places or self.oblasts or self.area or self.country)


NOWHERE = Where(confidence=0.0)


class Decision(msgspec.Struct):
    """Where the address is, what else it may be, and what contradicts what."""

    where: Where = NOWHERE
    alternatives: list[Where] = []
    runners_up: list[int] = []
    contradictions: list[str] = []
    governments: list[str] = []


class Evidence(msgspec.Struct):
    """Everything that was read of one address, before it is weighed.

    ``declared`` are countries of fields that hold a country, ``other_countries`` those that the
    party names elsewhere; ``writing`` is the country in the way of which postcodes are written.
    """

    texts: list[Text]
    numbers: list[Number]
    declared: list[str]
    writing: str = ""
    other_countries: list[str] = []

    @property
    def slavic(self) -> bool:
        return any(text.slavic for text in self.texts)

    @property
    def ukrainian(self) -> bool:
        return any(text.ukrainian for text in self.texts)

    def mentions(self, role: str = "place") -> list[Mention]:
        return [each for text in self.texts for each in text.mentions if each.role == role]
