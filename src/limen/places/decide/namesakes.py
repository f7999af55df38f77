"""Choose among places that share a name the ones an address means.

Size distinguishes a city from villages, other clues villages from each other; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from limen.places.gazetteer.gazetteer import CITY, OTHER, Gazetteer
from limen.places.query.name_mentions import Size

#: How much larger a place must be than its namesakes to be meant without a word.
DOMINANT = 4
#: The same, where the namesake is a city under embargo, or where all namesakes in the regions of
#: territories are taken together: the city is meant, or the address is undetermined.
AT_STAKE = 20
#: The same, of namesakes on ground that is under embargo on every day.
AT_STAKE_ALWAYS = 50
#: Inhabitants from which a place's name alone can contradict a country.
NOTABLE = 4_000
NOTABLE_ABROAD = 100_000
#: Inhabitants from which a place is a city, so that it can be meant among namesakes.
A_CITY = 12_000
#: What a city weighs; a town weighs two, a village a half.
CITY_WEIGHT = 3.0
#: Inhabitants supposed of a village without a count.
_A_VILLAGE = 400
EMBARGOED = frozenset({"cu", "ir", "kp", "sy", "sd"})
REGIONS = frozenset({1, 14, 23, 44, 65, 85})
FIXED = frozenset({1, 85})


class Namesakes:
    """Narrows the places that carry one name."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._places = gazetteer

    def narrow(
        self,
        places: tuple[int, ...],
        bounds: Sequence[tuple[int, ...]],
        raions: Set[int],
        with_postcode: Set[int],
    ) -> tuple[tuple[int, ...], bool]:
        """Return the places that agree with the other clues, and whether any clue was met."""
        met = False
        oblasts = self._places.oblasts
        for bound in bounds:
            if agreeing := tuple(place for place in places if int(oblasts[place]) in bound):
                places, met = agreeing, True
        if raions and (
            agreeing := tuple(p for p in places if int(self._places.raions[p]) in raions)
        ):
            places, met = agreeing, True
        if with_postcode and (
            agreeing := tuple(place for place in places if place in with_postcode)
        ):
            places, met = agreeing, True
        return places, met

    def of_size(self, places: tuple[int, ...], size: Size) -> tuple[int, ...]:
        """Return the places of the size that a word next to the name gives, if there are any."""
        if not size or len(places) < 2:
            return places
        agreeing = tuple(place for place in places if self.is_city(place) == (size == "city"))
        return agreeing or places

    def is_city(self, place: int) -> bool:
        """Return whether a place is a city: by kind, or abroad, without kinds, by inhabitants."""
        kind = self._places.kinds[place]
        return kind == CITY or (kind >= OTHER and self._places.population(place) >= A_CITY)

    def largest(self, places: tuple[int, ...]) -> tuple[int, ...]:
        """Return the city among namesakes; villages are never distinguished by size."""
        if len(places) < 2:
            return places
        people = {place: self._places.population(place) for place in places}
        most, largest = max((count, place) for place, count in people.items())
        alike = sum(people.values()) - most
        if not self.is_city(largest) or most < alike:
            return places
        enough = self._size_to_be_meant(largest, people)
        return tuple(
            place
            for place in places
            if people[place] * (AT_STAKE if self.is_city_at_stake(place) else DOMINANT) > most
            or (enough > most and int(self._places.oblasts[place]) in REGIONS)
        )

    def _size_to_be_meant(self, largest: int, people: Mapping[int, int]) -> int:
        """Return the inhabitants from which a city is meant despite namesakes under embargo."""
        oblasts = self._places.oblasts
        if int(oblasts[largest]) in REGIONS:
            return 0
        at_stake = {
            place: self._places.known_population(place) or _A_VILLAGE
            for place in people
            if int(oblasts[place]) in REGIONS
        }
        fixed = sum(count for place, count in at_stake.items() if int(oblasts[place]) in FIXED)
        return max(AT_STAKE * sum(at_stake.values()), AT_STAKE_ALWAYS * fixed)

    def is_city_at_stake(self, place: int) -> bool:
        """Return whether a place is a city of the regions with territories."""
        return self._places.kinds[place] == CITY and int(self._places.oblasts[place]) in REGIONS

    def weight(self, places: tuple[int, ...]) -> float:
        """Return the weight of a name: 3 for a city, 2 for a town, a half for a village."""
        place = max(places, key=self._places.population)
        people = self._places.population(place)
        if people >= A_CITY:
            return CITY_WEIGHT
        return 2.0 if people >= 3_000 else 0.5

    def is_notable(self, place: int) -> bool:
        """Return whether its name alone can contradict a country."""
        country = self._places.country(place)
        people = self._places.population(place)
        if country == "ua":
            return int(self._places.oblasts[place]) in REGIONS and (
                people >= NOTABLE or self._places.kinds[place] == CITY
            )
        return country in EMBARGOED and people >= NOTABLE_ABROAD
