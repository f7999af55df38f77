"""Places that share a name: which of them an address means.

Size tells a city from villages, other clues tell villages apart, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from limen.places.gazetteer.gazetteer import CITY, OTHER, Gazetteer
from limen.places.query.name_mentions import Size

#: How much larger a place must be than its namesakes to be meant without a word.
DOMINANT = 4
#: The same, where the namesake is a city under embargo, or where all namesakes in the regions of
#: territories are taken together: the city is meant, or nothing can be told.
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
#: Inhabitants of a village whose people nobody counted.
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
        raions: set[int],
        exact: set[int],
    ) -> tuple[tuple[int, ...], bool]:
        """The places that agree with the other clues, and whether any clue was met."""
        met = False
        oblasts = self._places.oblasts
        for bound in bounds:
            if kept := tuple(place for place in places if int(oblasts[place]) in bound):
                places, met = kept, True
        if raions and (kept := tuple(p for p in places if int(self._places.raions[p]) in raions)):
            places, met = kept, True
        if exact and (kept := tuple(place for place in places if place in exact)):
            places, met = kept, True
        return places, met

    def of_size(self, places: tuple[int, ...], size: Size) -> tuple[int, ...]:
        """The places of the size that a word beside the name tells, if there are any."""
        if not size or len(places) < 2:
            return places
        kept = tuple(place for place in places if self.is_city(place) == (size == "city"))
        return kept or places

    def is_city(self, place: int) -> bool:
        """A city by its kind; abroad, where kinds are not known, by its people."""
        kind = self._places.kinds[place]
        return kind == CITY or (kind >= OTHER and self._places.population(place) >= A_CITY)

    def largest(self, places: tuple[int, ...]) -> tuple[int, ...]:
        """The city among namesakes; villages are told apart by other clues, never by size."""
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
        """How many people let a city be meant, beside namesakes that may be under embargo."""
        oblasts = self._places.oblasts
        if int(oblasts[largest]) in REGIONS:
            return 0
        ours = {
            place: self._places.known_population(place) or _A_VILLAGE
            for place in people
            if int(oblasts[place]) in REGIONS
        }
        fixed = sum(count for place, count in ours.items() if int(oblasts[place]) in FIXED)
        return max(AT_STAKE * sum(ours.values()), AT_STAKE_ALWAYS * fixed)

    def is_city_at_stake(self, place: int) -> bool:
        """A city of the regions where territories lie."""
        return self._places.kinds[place] == CITY and int(self._places.oblasts[place]) in REGIONS

    def weight(self, places: tuple[int, ...]) -> float:
        """3 for a city, 2 for a town, a half for a village."""
        place = max(places, key=self._places.population)
        people = self._places.population(place)
        if people >= A_CITY:
            return CITY_WEIGHT
        return 2.0 if people >= 3_000 else 0.5

    def is_notable(self, place: int) -> bool:
        """Whether its name alone can stand against a country."""
        country = self._places.country(place)
        people = self._places.population(place)
        if country == "ua":
            return int(self._places.oblasts[place]) in REGIONS and (
                people >= NOTABLE or self._places.kinds[place] == CITY
            )
        return country in EMBARGOED and people >= NOTABLE_ABROAD
