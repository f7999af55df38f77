"""Locate addresses of Ukraine or Russia, and those that name no country.

Region words, raions and postcodes narrow the places that a name may mean, and the town of most
weight is taken. A town of Ukraine is believed against the country Russia, and the contradiction
is reported.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from limen.places.decide.evidence_model import HELD, HOLDERS, Decision, Evidence, Where
from limen.places.decide.homonyms import Homonyms
from limen.places.decide.namesakes import (
    CITY_WEIGHT,
    EMBARGOED,
    NOTABLE,
    REGIONS,
    Namesakes,
)
from limen.places.gazetteer.gazetteer import TOWN, Gazetteer, Region
from limen.places.query.name_mentions import Mention
from limen.places.query.numbers import Number

#: Countries with Slavic addresses, in which a name of such an address is looked for first.
_SLAVIC_COUNTRIES = frozenset({"ua", "ru", "by", "kz", "md"})
#: Weight from which a town is certain: a city with a word for its size, or with an agreeing clue.
_CERTAIN = 4.0
#: Weights that differ by no more are taken for equal.
_EQUAL_WEIGHT = 0.5
#: Inhabitants from which a town of an embargoed country is meant without a country; smaller
#: ones may as well be a person's name.
_SURE_ABROAD = 50_000
#: Digits of the shortest postcode; a shorter number after a name may be a house's.
_POSTCODE_DIGITS = 4


class _Clues(msgspec.Struct, frozen=True):
    """The evidence of one address, sorted by what it says.

    Attributes:
        bounds: sets of oblasts that contain the address, by region words and postcodes.
        russia: whether a region or postcode of Russia proper is named.
    """

    evidence: Evidence
    mentions: Sequence[Mention]
    countries: Sequence[str]
    regions: Sequence[Region]
    postcodes: Sequence[Number]
    bounds: Sequence[tuple[int, ...]]
    raions: frozenset[int]
    russia: bool


class _Candidate(msgspec.Struct, frozen=True):
    """A mention of a town, the places it may mean, and how much it weighs."""

    weight: float
    mention: Mention
    places: tuple[int, ...]


class UkraineRussia:
    """Weighs the evidence of such addresses against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer, namesakes: Namesakes) -> None:
        self._places = gazetteer
        self._namesakes = namesakes
        self._homonyms = Homonyms(gazetteer)

    def settle(
        self,
        decision: Decision,
        evidence: Evidence,
        mentions: Sequence[Mention],
        countries: Sequence[str],
    ) -> None:
        """Decide where the address is, and write it into ``decision``."""
        mentions = self._homonyms.settle(_without_streets(mentions), evidence)
        clues = self._clues(evidence, mentions, countries)
        candidates = self._candidates(decision, clues)
        if candidates:
            self._choose(decision, clues, candidates)
        elif clues.raions:
            area = tuple(place for raion in clues.raions for place in self._places.in_raion(raion))
            decision.where = Where(area=area, confidence=0.8, why="a raion, and no settlement")
        elif clues.bounds and not (clues.russia and not clues.regions):
            decision.where = self._area(clues)
        elif clues.russia or "ru" in countries:
            why = "a region of Russia" if clues.russia else "no town, region or postcode"
            country = "ru-proper" if clues.russia else "ru"
            decision.where = Where(country=country, confidence=0.8, why=why)
        elif "ua" in countries:
            decision.where = Where(country="ua", confidence=0.8, why="no town, oblast or postcode")

    def _clues(
        self, evidence: Evidence, mentions: Sequence[Mention], countries: Sequence[str]
    ) -> _Clues:
        regions = [region for mention in mentions for region in mention.named.regions]
        postcodes = self._postcodes(evidence, mentions, countries)
        bounds = [region.oblasts for region in regions if region.oblasts]
        bounds += [number.oblasts for number in postcodes if number.oblasts]
        return _Clues(
            evidence=evidence,
            mentions=mentions,
            countries=countries,
            regions=regions,
            postcodes=postcodes,
            bounds=bounds,
            raions=frozenset(raion for mention in mentions for raion in mention.named.raions),
            russia=any(not region.oblasts for region in regions)
            or any(number.country == "ru" and not number.oblasts for number in postcodes),
        )

    def _postcodes(
        self, evidence: Evidence, mentions: Sequence[Mention], countries: Sequence[str]
    ) -> list[Number]:
        """Return the postcodes that count; Ukraine's shape counts only where Ukraine is likely."""
        ukraine = "ua" in countries or (not countries and evidence.slavic)
        counting = []
        for number in evidence.numbers:
            if number.kind != "postcode":
                continue
            if number.country == "ru":
                likely = bool(countries) or evidence.slavic or self._agrees(number, mentions)
                if likely or not mentions:
                    counting.append(number)
            elif ukraine or self._agrees(number, mentions):
                counting.append(number)
        return counting

    def _agrees(self, number: Number, mentions: Sequence[Mention]) -> bool:
        """Return whether a named place is in an oblast of the number."""
        return any(
            int(self._places.oblasts[place]) in number.oblasts
            for mention in mentions
            for place in mention.named.places
        )

    def _area(self, clues: _Clues) -> Where:
        """Return the area of the postcodes and region words, where no town is named."""
        held = tuple(
            holder
            for number in clues.postcodes
            if number.country == "ru"
            for oblast in number.oblasts
            for holder in HOLDERS.get(oblast, ())
        )
        for number in clues.postcodes:
            places = self._places.with_postcode(number.postcode) if number.postcode else []
            if places:
                why = f"postcode {number.text}"
                return Where(area=tuple(places), held=held, confidence=0.85, why=why)
        if clues.regions:
            return self.of_regions(clues.regions)
        oblasts = tuple(dict.fromkeys(o for number in clues.postcodes for o in number.oblasts))
        why = f"postcode {clues.postcodes[0].text}"
        return Where(oblasts=oblasts, held=held, confidence=0.85, why=why)

    def of_regions(self, regions: Sequence[Region]) -> Where:
        """Return the area of region words: the narrowest of them."""
        narrowest = min(
            (set(region.oblasts) for region in regions if region.oblasts), key=len, default=set()
        )
        return Where(
            oblasts=tuple(sorted(narrowest)),
            held=_holders(regions),
            confidence=0.85,
            why="a region, and no settlement",
        )

    def _candidates(self, decision: Decision, clues: _Clues) -> list[_Candidate]:
        """Weigh every mention of a town; report those that contradict a region or postcode."""
        with_postcode = {
            place
            for number in clues.postcodes
            if number.postcode
            for place in self._places.with_postcode(number.postcode)
        }
        mentions = clues.mentions
        if any(not mention.numbered for mention in mentions if mention.named.places):
            mentions = [mention for mention in mentions if not mention.numbered]
        candidates = []
        for mention in mentions:
            candidate = self._candidate(decision, clues, mention, with_postcode)
            if candidate is not None:
                candidates.append(candidate)
        return candidates

    def _candidate(
        self, decision: Decision, clues: _Clues, mention: Mention, with_postcode: set[int]
    ) -> _Candidate | None:
        places = self._of_country(mention.named.places, clues)
        if not places or (mention.named.regions and not mention.size):
            return None
        places, met = self._namesakes.narrow(places, clues.bounds, clues.raions, with_postcode)
        meant = self._namesakes.largest(self._namesakes.of_size(places, mention.size))
        decision.runners_up += [place for place in mention.named.places if place not in meant]
        weight = self._namesakes.weight(meant) + bool(mention.size) + met
        if not met and weight < CITY_WEIGHT and _is_house(clues.evidence, mention):
            return None  # Kirova 5: a street without its word, sooner than a small town
        if clues.bounds and not met:
            if weight < CITY_WEIGHT or not (mention.whole or mention.size):
                return None
            contradiction = "does not lie in the region or postcode that is written"
            decision.contradictions.append(f"{mention.text} {contradiction}")
        if weight >= 1 or clues.countries or clues.evidence.slavic:
            return _Candidate(weight, mention, meant)
        return None

    def _of_country(self, places: tuple[int, ...], clues: _Clues) -> tuple[int, ...]:
        """Return the places that lie in the countries of the address."""
        in_russia = self._within(places, ("ru",))
        if clues.russia and in_russia:
            return in_russia
        if "ru" in clues.countries or clues.russia:
            return self._within(places, ("ua", "ru"))
        in_ukraine = self._within(places, ("ua",))
        if "ua" in clues.countries:
            return in_ukraine
        if clues.evidence.ukrainian and in_ukraine:
            return in_ukraine
        if clues.evidence.slavic:
            return self._within(places, _SLAVIC_COUNTRIES) or places
        return places

    def _within(
        self, places: tuple[int, ...], countries: tuple[str, ...] | frozenset[str]
    ) -> tuple[int, ...]:
        return tuple(place for place in places if self._places.country(place) in countries)

    def _choose(self, decision: Decision, clues: _Clues, candidates: Sequence[_Candidate]) -> None:
        """Settle on the town of most weight, or on all of them."""
        most = max(candidate.weight for candidate in candidates)
        chosen = [each for each in candidates if each.weight >= most - _EQUAL_WEIGHT]
        places = tuple(dict.fromkeys(place for each in chosen for place in each.places))
        slip = any(candidate.mention.slip for candidate in chosen)
        sure = most >= _CERTAIN or (most >= CITY_WEIGHT and not slip)
        where = Where(
            places=places,
            held=_holders(clues.regions),
            confidence=0.97 if most >= _CERTAIN else 0.9 if sure else 0.8,
            doubtful=bool(decision.contradictions)
            or not (clues.countries or self._is_sure_alone(clues.evidence, most, places)),
        )
        if "ru" in clues.countries or clues.russia:
            where = self._in_russian_address(decision, where, clues)
        elif decision.contradictions and clues.regions:
            bounded = [region for region in clues.regions if region.oblasts]
            decision.alternatives.append(self.of_regions(bounded or clues.regions))
        decision.where = where

    def _is_sure_alone(self, evidence: Evidence, weight: float, places: tuple[int, ...]) -> bool:
        """Return whether a town can be meant where no country is named.

        A small town of an embargoed country may as well be a person's name; so may a village,
        unless the text is Ukrainian or Russian and the name belongs to one place alone.
        """
        if any(
            self._places.country(place) in EMBARGOED
            and self._places.population(place) < _SURE_ABROAD
            for place in places
        ):
            return False
        return weight >= 1 or evidence.ukrainian or (evidence.slavic and len(places) == 1)

    def _in_russian_address(self, decision: Decision, where: Where, clues: _Clues) -> Where:
        """Weigh a town of Ukraine in an address that names Russia."""
        in_ukraine = self._within(where.places, ("ua",))
        if not in_ukraine:
            return where
        name = self._places.names(in_ukraine[0])[0]
        if self._within(where.places, ("ru",)):
            return replace(where, why="Russia has a place of this name, and Ukraine too")
        decision.contradictions.append(f"the country is Russia, and {name} is in Ukraine")
        named = any(set(region.oblasts) & REGIONS for region in clues.regions)
        notable = any(
            self._places.population(place) >= NOTABLE or self._places.kinds[place] <= TOWN
            for place in in_ukraine
        )
        if clues.russia and not named:
            if notable:
                decision.alternatives.append(replace(where, confidence=0.5))
            return Where(country="ru-proper", confidence=0.7, why="a region or postcode of Russia")
        return replace(where, confidence=0.85, doubtful=not (named or notable))


def _holders(regions: Sequence[Region]) -> tuple[str, ...]:
    return tuple(holder for region in regions for holder in HELD.get(region.id, ()))


def _without_streets(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Drop names with a house number where another name is a place: ``Crimea 33, Zirgan``."""
    plain = [mention for mention in mentions if not mention.numbered]
    is_place = any(mention.named.places or mention.named.regions for mention in plain)
    return plain if is_place else mentions


def _is_house(evidence: Evidence, mention: Mention) -> bool:
    """Return whether the number after a name is as short as a house's."""
    if not mention.numbered:
        return False
    texts = (text for text in evidence.texts if text.field == mention.field)
    return any(
        len(text.words[mention.last].folded) < _POSTCODE_DIGITS
        for text in texts
        if mention in text.mentions
    )
