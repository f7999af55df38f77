"""Decide whether a located address is in a territory on a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.model import Instant
from limen.places.decide.evidence_model import Where
from limen.places.gazetteer.control import HOSTILITIES, OCCUPIED, PART, ControlLines
from limen.places.gazetteer.gazetteer import Gazetteer
from limen.places.location import Layers, Outcome
from limen.places.verdict.territories import Statutes, Territory

States = NDArray[np.uint8]
_LINE_OF_2022 = Instant.parse("2022-02-21")


class Placement(msgspec.Struct, frozen=True):
    """Whether an address is in one territory, why, and what would settle it."""

    outcome: Outcome
    why: str
    settles: str = ""


class Judge:
    """Decides by the territories of the law and the lines of control."""

    def __init__(self, gazetteer: Gazetteer, statutes: Statutes, lines: ControlLines) -> None:
        self._places = gazetteer
        self._statutes = statutes
        self._horizon = Instant.parse(statutes.law.control.until)
        self._states = lru_cache(maxsize=64)(lines.states)
        self.layers = lru_cache(maxsize=1 << 14)(self._layers)

    def states(self, instant: Instant) -> States:
        """Return the state of every place on a day, at the latest the last day of the list."""
        return self._states(
            self._horizon if instant.last_second > self._horizon.last_second else instant
        )

    def placement(
        self, where: Where, territory: Territory, as_of: Instant, known_at: Instant
    ) -> Placement:
        """Return whether an address is in one territory."""
        instant = known_at if known_at.last_second < as_of.last_second else as_of
        if where.places or where.area:
            found = self._of_places(where, territory, instant)
        elif where.oblasts:
            found = self._of_oblasts(where, territory)
        else:
            found = _of_country(where.country, territory, instant)
        if where.doubtful and found.outcome == "inside":
            return Placement("cannot_say", "the name is carried by other places too", _NARROWER)
        return found

    def _of_places(self, where: Where, territory: Territory, instant: Instant) -> Placement:
        if territory.country:
            inside = [
                self._places.country(p) == territory.country for p in (*where.places, *where.area)
            ]
            return _together([_FIXED[each] for each in inside])
        found = _together(self._each(where.places or where.area, territory, instant))
        if found.outcome == "outside" and territory.region in where.held and territory.region:
            return _CLAIMED
        return found

    def _of_oblasts(self, where: Where, territory: Territory) -> Placement:
        if territory.country:
            return _FIXED[False]
        if not set(where.oblasts) & set(territory.oblasts):
            return _FIXED[False]
        if territory.region and territory.region in where.held:
            return Placement("inside", f"the address names the {territory.name}")
        if territory.definition == "fixed" and set(where.oblasts) <= set(territory.oblasts):
            return Placement("inside", f"the address lies in {territory.name}")
        why = f"the area reaches beyond {territory.name}"
        if territory.definition != "fixed":
            why = f"an oblast is named, and {territory.name} is a part of it"
        return Placement("cannot_say", why, "the settlement, raion or postcode")

    def _each(
        self, places: Iterable[int], territory: Territory, instant: Instant
    ) -> list[Placement]:
        oblasts = self._places.oblasts
        states = self.states(instant)
        stale = instant.last_second > self._horizon.last_second
        line = self.states(_day(territory.line)) if territory.line else None
        found = []
        for place in places:
            if int(oblasts[place]) not in territory.oblasts:
                found.append(_FIXED[False])
            elif territory.definition == "fixed":
                found.append(_FIXED[True])
            elif line is not None:
                found.append(_named(int(line[place]), int(states[place]), stale=stale))
            else:
                found.append(_controlled(int(states[place]), stale=stale))
        return found

    def _layers(self, place: int, territory: Territory, as_of: Instant) -> Layers | None:
        """Return the three layers of a place in Ukraine; ``None`` for places elsewhere."""
        if territory.country or not int(self._places.oblasts[place]):
            return None
        then, now = self.states(_LINE_OF_2022), self.states(as_of)
        claimed = bool(territory.claimed_from) and (
            _second(territory.claimed_from) <= as_of.last_second
        )
        return Layers(_bit(int(then[place])), _bit(int(now[place])), claimed)


@lru_cache(maxsize=64)
def _day(text: str) -> Instant:
    return Instant.parse(text)


def _second(day: str) -> int:
    return _day(day).seconds


def _bit(state: int) -> bool | None:
    if state & 1 << OCCUPIED:
        return True
    return None if state & 1 << PART else False


_NARROWER = "an oblast, raion or postcode"
_FIXED = {
    True: Placement("inside", "it lies in the territory"),
    False: Placement("outside", "it does not lie in the territory"),
}
_HELD = Placement("inside", "it was outside the government's control")
_FREE = Placement("outside", "it was under the government's control")
_PARTLY = Placement("cannot_say", "a part of it was outside the government's control", "the street")
_MOVING = Placement(
    "cannot_say",
    "it lay in the zone of hostilities when the official list ends",
    "a later list of occupied territories",
)
_TAKEN_LATER = Placement(
    "cannot_say",
    "it was taken after 21 February 2022; the act names the region and does not draw it",
    "vetted information on the region's extent, as FAQ 1009 allows",
)
_CLAIMED = Placement(
    "cannot_say",
    "the address gives it to those who hold the territory, and the official list to the government",
    "vetted information on who held it",
)
_FREED = Placement("outside", "it was held on 21 February 2022 and freed since")


def _controlled(state: int, *, stale: bool) -> Placement:
    if state & 1 << OCCUPIED:
        return _HELD
    if state & 1 << PART:
        return _PARTLY
    return _MOVING if stale and state & 1 << HOSTILITIES else _FREE


def _named(line: int, state: int, *, stale: bool) -> Placement:
    if line & 1 << OCCUPIED:
        return _HELD if state & 1 << OCCUPIED else _FREED
    if line & 1 << PART or state & 1 << PART:
        return _PARTLY
    if state & 1 << OCCUPIED:
        return _TAKEN_LATER
    return _MOVING if stale and state & 1 << HOSTILITIES else _FREE


def _of_country(country: str, territory: Territory, instant: Instant) -> Placement:
    if territory.country:
        if not country:
            return Placement("cannot_say", "no usable clue", "a town, a country or a postcode")
        return _FIXED[country == territory.country]
    if country == "ua" or (
        country == "ru"
        and territory.claimed_from
        and _second(territory.claimed_from) <= instant.last_second
    ):
        return Placement(
            "cannot_say",
            f"the country alone does not tell whether it lies in {territory.name}",
            "the town, oblast or postcode",
        )
    if not country:
        return Placement("cannot_say", "no usable clue", "a town, a country or a postcode")
    return _FIXED[False]


def _together(found: Sequence[Placement]) -> Placement:
    outcomes = {each.outcome for each in found}
    if len(outcomes) == 1:
        return found[0]
    unsure = next((each for each in found if each.outcome == "cannot_say"), None)
    if unsure and "inside" not in outcomes:
        return unsure
    return Placement(
        "cannot_say", "several places carry the name, some inside, some not", _NARROWER
    )
