"""Where an address of Ukraine or Russia lies, or one that names no country.

Region words, raions and postcodes narrow the places that a name may mean; the weightiest town is
taken; a town of Ukraine is believed against the country Russia, and the contradiction told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from limen.places.decide.evidence_model import HELD, HOLDERS, Decision, Evidence, Where
from limen.places.decide.namesakes import CITY_WEIGHT, EMBARGOED, NOTABLE, REGIONS, Namesakes
from limen.places.gazetteer.gazetteer import TOWN, Gazetteer, Region
from limen.places.query.name_mentions import Mention
from limen.places.query.numbers import Number

_EAST = frozenset({"ua", "ru", "by", "kz", "md"})


class East:
    """Weighs the evidence of the east against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer, alike: Namesakes) -> None:
        self._places = gazetteer
        self._alike = alike

    def settle(
        self,
        found: Decision,
        evidence: Evidence,
        mentions: Sequence[Mention],
        countries: Sequence[str],
    ) -> None:
        mentions = _without_streets(mentions)
        regions = [r for each in mentions for r in each.named.regions]
        russia = any(not region.oblasts for region in regions)
        bounds = [region.oblasts for region in regions if region.oblasts]
        codes = self._postcodes(evidence, mentions, countries)
        russia = russia or any(
            n.kind == "postcode" and n.country == "ru" and not n.oblasts for n in codes
        )
        bounds += [number.oblasts for number in codes if number.oblasts]
        raions = {raion for each in mentions for raion in each.named.raions}
        weighed = self._weigh(found, evidence, mentions, countries, bounds, raions, codes, russia)
        if weighed:
            self._towns(found, evidence, weighed, regions, countries, russia)
        elif raions:
            area = tuple(p for raion in raions for p in self._places.in_raion(raion))
            found.where = Where(area=area, confidence=0.8, why="a raion, and no settlement")
        elif bounds and not (russia and not regions):
            found.where = self._area(regions, codes)
        elif russia or "ru" in countries:
            why = "a region of Russia" if russia else "no town, region or postcode"
            found.where = Where(country="ru-proper" if russia else "ru", confidence=0.8, why=why)
        elif "ua" in countries:
            found.where = Where(country="ua", confidence=0.8, why="no town, oblast or postcode")

    def _postcodes(
        self, evidence: Evidence, mentions: Sequence[Mention], countries: Sequence[str]
    ) -> list[Number]:
        """Postcodes that count: Ukraine's shape only where Ukraine is in play."""
        ukraine = "ua" in countries or (not countries and evidence.slavic)
        kept = []
        for number in evidence.numbers:
            if number.kind != "postcode":
                continue
            if number.country == "ru":
                agreeing = bool(countries) or evidence.slavic or self._agrees(number, mentions)
                if agreeing or not mentions:
                    kept.append(number)
            elif ukraine or self._agrees(number, mentions):
                kept.append(number)
        return kept

    def _agrees(self, number: Number, mentions: Sequence[Mention]) -> bool:
        return any(
            int(self._places.oblasts[place]) in number.oblasts
            for each in mentions
            for place in each.named.places
        )

    def _area(self, regions: Sequence[Region], codes: Sequence[Number]) -> Where:
        held = tuple(
            name
            for n in codes
            if n.country == "ru"
            for o in n.oblasts
            for name in HOLDERS.get(o, ())
        )
        for number in codes:
            places = self._places.with_postcode(number.postcode) if number.postcode else []
            if places:
                why = f"postcode {number.text}"
                return Where(area=tuple(places), held=held, confidence=0.85, why=why)
        if regions:
            return self.of_regions(regions)
        oblasts = tuple(dict.fromkeys(o for number in codes for o in number.oblasts))
        why = f"postcode {codes[0].text}"
        return Where(oblasts=oblasts, held=held, confidence=0.85, why=why)

    def of_regions(self, regions: Sequence[Region]) -> Where:
        held = tuple(name for region in regions for name in HELD.get(region.id, ()))
        narrow = min((set(r.oblasts) for r in regions if r.oblasts), key=len, default=set())
        return Where(
            oblasts=tuple(sorted(narrow)),
            held=held,
            confidence=0.85,
            why="a region, and no settlement",
        )

    def _weigh(
        self,
        found: Decision,
        evidence: Evidence,
        mentions: Sequence[Mention],
        countries: Sequence[str],
        bounds: Sequence[tuple[int, ...]],
        raions: set[int],
        codes: Sequence[Number],
        russia: bool,
    ) -> list[tuple[float, Mention, tuple[int, ...]]]:
        """(weight, mention, places it may mean) of every mention of a town."""
        exact = {
            p
            for number in codes
            if number.postcode
            for p in self._places.with_postcode(number.postcode)
        }
        weighed = []
        named = [each for each in mentions if each.named.places]
        if any(not each.numbered for each in named):
            mentions = [each for each in mentions if not each.numbered]
        for mention in mentions:
            places = self._of_country(mention.named.places, evidence, countries, russia)
            if not places or (mention.named.regions and not mention.size):
                continue
            places, met = self._alike.narrow(places, bounds, raions, exact)
            meant = self._alike.largest(self._alike.of_size(places, mention.size))
            found.runners_up += [place for place in mention.named.places if place not in meant]
            weight = self._alike.weight(meant) + bool(mention.size) + met
            if not met and weight < CITY_WEIGHT and _is_house(evidence, mention):
                continue  # Kirova 5: a street without its word, sooner than a small town
            if bounds and not met:
                if weight < 3 or not (mention.whole or mention.size):
                    continue
                told = "does not lie in the region or postcode that is written"
                found.contradictions.append(f"{mention.text} {told}")
            if weight >= 1 or countries or evidence.slavic:
                weighed.append((weight, mention, meant))
        return weighed

    def _of_country(
        self, places: tuple[int, ...], evidence: Evidence, countries: Sequence[str], russia: bool
    ) -> tuple[int, ...]:
        of = self._places.country
        if russia and (theirs := tuple(place for place in places if of(place) == "ru")):
            return theirs
        if "ru" in countries or russia:
            return tuple(place for place in places if of(place) in ("ua", "ru"))
        if "ua" in countries:
            return tuple(place for place in places if of(place) == "ua")
        if evidence.ukrainian and (ours := tuple(p for p in places if of(p) == "ua")):
            return ours
        if evidence.slavic:
            return tuple(place for place in places if of(place) in _EAST) or places
        return places

    def _towns(
        self,
        found: Decision,
        evidence: Evidence,
        weighed: Sequence[tuple[float, Mention, tuple[int, ...]]],
        regions: Sequence[Region],
        countries: Sequence[str],
        russia: bool,
    ) -> None:
        """Settle on the weightiest town or towns."""
        most = max(weight for weight, _, _ in weighed)
        chosen = [(mention, places) for weight, mention, places in weighed if weight >= most - 0.5]
        places = tuple(dict.fromkeys(place for _, each in chosen for place in each))
        slip = any(mention.slip for mention, _ in chosen)
        sure = most >= 4 or (most >= 3 and not slip)
        where = Where(
            places=places,
            held=tuple(name for region in regions for name in HELD.get(region.id, ())),
            confidence=0.97 if most >= 4 else 0.9 if sure else 0.8,
            doubtful=bool(found.contradictions)
            or not (countries or self._is_sure_alone(evidence, most, places)),
        )
        if "ru" in countries or russia:
            where = self._said_russian(found, where, regions, russia)
        elif found.contradictions and regions:
            found.alternatives.append(self.of_regions([r for r in regions if r.oblasts] or regions))
        found.where = where

    def _is_sure_alone(self, evidence: Evidence, weight: float, places: tuple[int, ...]) -> bool:
        """Whether a town can be meant where no country is named.

        A small town of an embargoed country may as well be a person's name; a village may,
        unless the text is Ukrainian or Russian and knows one place of the name alone.
        """
        of, people = self._places.country, self._places.population
        if any(of(place) in EMBARGOED and people(place) < 50_000 for place in places):
            return False
        return weight >= 1 or evidence.ukrainian or (evidence.slavic and len(places) == 1)

    def _said_russian(
        self, found: Decision, where: Where, regions: Sequence[Region], russia: bool
    ) -> Where:
        """A town of Ukraine in an address that says Russia."""
        of, people = self._places.country, self._places.population
        ours = tuple(place for place in where.places if of(place) == "ua")
        theirs = tuple(place for place in where.places if of(place) == "ru")
        if not ours:
            return where
        name = self._places.names(ours[0])[0]
        if theirs:
            return replace(where, why="Russia has a place of this name, and Ukraine too")
        found.contradictions.append(f"the country is Russia, and {name} is in Ukraine")
        named = any(set(region.oblasts) & REGIONS for region in regions)
        notable = any(
            people(place) >= NOTABLE or self._places.kinds[place] <= TOWN for place in ours
        )
        if russia and not named:
            if notable:
                found.alternatives.append(replace(where, confidence=0.5))
            return Where(country="ru-proper", confidence=0.7, why="a region or postcode of Russia")
        return replace(where, confidence=0.85, doubtful=not (named or notable))


def _without_streets(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """``Crimea 33, Zirgan``: a name with a house number is a street where another is a place."""
    plain = [each for each in mentions if not each.numbered]
    return plain if any(each.named.places or each.named.regions for each in plain) else mentions


def _is_house(evidence: Evidence, mention: Mention) -> bool:
    """Whether the number after a name is as short as a house's; a postcode's has four digits."""
    if not mention.numbered:
        return False
    texts = (text for text in evidence.texts if text.field == mention.field)
    return any(
        len(text.words[mention.last].folded) < 4 for text in texts if mention in text.mentions
    )
