"""Weigh what was read and settle where an address lies, or say what is missing.

The rules, in the order they are applied (docs/places.md tells them to users):

1. A country that is neither Ukraine nor Russia decides, unless nothing in the text belongs to
   it and a town or region of an embargoed territory does: then somebody has to look.
2. Region words, raions and postcodes narrow the places that a name may mean.
3. Of places with one name, a city is meant that is larger than all others together; another
   city counts beside it from a quarter of its size.
4. Where country and town contradict each other, the town is believed and the contradiction
   is told: ``Simferopol, Russia`` is in Crimea.
5. A village whose name others carry too is told apart by a region, raion or postcode only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from limen.places.gazetteer import TOWN, Gazetteer, Region
from limen.places.namesakes import EMBARGOED, NOTABLE, REGIONS, Namesakes
from limen.places.numbers import STATES, Number
from limen.places.reading import Mention
from limen.places.weighing import HELD, HOLDERS, Decision, Evidence, Where

#: The weight of a city.
_CITY = 3
_EAST = frozenset({"ua", "ru", "by", "kz", "md"})


class Decider:
    """Weighs the evidence against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._places = gazetteer
        self._alike = Namesakes(gazetteer)

    def decide(self, evidence: Evidence) -> Decision:
        """Settle where an address lies."""
        found = Decision()
        found.governments = [
            code for each in evidence.mentions("government") for code in each.named.countries
        ]
        mentions = evidence.mentions()
        self._take_from_beside(found, evidence, mentions)
        countries, used = self._countries(evidence, mentions)
        rest = [each for each in mentions if id(each) not in used]
        foreign = [code for code in countries if code not in ("ua", "ru")]
        if foreign:
            self._abroad(found, evidence, rest, countries, foreign)
        else:
            self._east(found, evidence, rest, countries)
        return found

    # -- countries ---------------------------------------------------------------------------

    def _take_from_beside(
        self, found: Decision, evidence: Evidence, mentions: Sequence[Mention]
    ) -> None:
        """The one country named elsewhere counts, unless the address itself tells another."""
        if len(evidence.beside) != 1 or evidence.declared or evidence.writing:
            return
        (code,) = evidence.beside
        if any(
            each.named.countries and (each.whole or self._follows_its_town(evidence, each))
            for each in mentions
        ):
            return
        told = self._city_elsewhere(mentions, code)
        ours = told and any(self._places.country(place) == "ua" for place in told.named.places)
        if told is None or (code == "ru" and ours):
            evidence.declared = [code]
        else:
            found.contradictions.append(
                f"{told.text} is not in {code.upper()}, the party's country"
            )

    def _city_elsewhere(self, mentions: Sequence[Mention], code: str) -> Mention | None:
        """A city of other countries alone, named as a whole part of the address."""
        for each in mentions:
            meant = self._alike.largest(each.named.places)
            if not (each.whole or each.ending) or not meant:
                continue
            here = any(self._places.country(place) == code for place in each.named.places)
            if not here and self._alike.weight(meant) >= _CITY and not each.named.countries:
                return each
        return None

    def _countries(
        self, evidence: Evidence, mentions: Sequence[Mention]
    ) -> tuple[list[str], set[int]]:
        """Countries that were named, the likeliest first, and the mentions that named them."""
        written = [
            each
            for each in mentions
            if each.named.countries
            and (each.whole or each.ending or evidence.slavic)
            and not (each.size and each.named.places)
            and not (evidence.writing and _before_a_state(evidence, each))
        ]
        written = self._whole_before_partial(evidence, written)
        others = [*evidence.declared, *([evidence.writing] if evidence.writing else [])]
        others += [code for each in written[1:] for code in each.named.countries]
        if any(region.oblasts for each in mentions for region in each.named.regions):
            others.append("ua")
        used: set[int] = set()
        codes = list(evidence.declared)
        for mention in reversed(written):
            own = mention.named.countries[0]
            namesake = any(self._places.country(p) in others for p in mention.named.places)
            if own not in others and namesake:
                continue
            used.add(id(mention))
            codes.append(own)
        if evidence.writing and not codes:
            codes.append(evidence.writing)
        return list(dict.fromkeys(codes)), used

    def _whole_before_partial(
        self, evidence: Evidence, written: Sequence[Mention]
    ) -> list[Mention]:
        """``Almonacid de la Cuba, España``: a whole part of the address names the country."""
        whole = [each for each in written if each.whole and not each.numbered]
        if not whole and not evidence.declared and not evidence.writing:
            return list(written)
        return [each for each in written if each in whole or self._follows_its_town(evidence, each)]

    def _follows_its_town(self, evidence: Evidence, country: Mention) -> bool:
        """``Tehran Iran``: the word before is a town of that country."""
        return any(
            each.last == country.first
            and each.field == country.field
            and any(self._places.country(p) in country.named.countries for p in each.named.places)
            for each in evidence.mentions()
        )

    def _abroad(
        self,
        found: Decision,
        evidence: Evidence,
        mentions: Sequence[Mention],
        countries: Sequence[str],
        foreign: Sequence[str],
    ) -> None:
        first = (
            countries[0] if countries[0] not in ("ua", "ru") or evidence.declared else foreign[0]
        )
        at_home = self._is_at_home(evidence, mentions, first)
        found.where = Where(country=first, confidence=0.95, why=f"the country is {first.upper()}")
        named = [code for code in countries if code != first]
        for code in named:
            both = f"countries {first.upper()} and {code.upper()} are both named"
            found.contradictions.append(both)
            if code not in EMBARGOED and (code not in ("ua", "ru") or first in EMBARGOED):
                continue
            if at_home and (code not in EMBARGOED or not self._has_town(mentions, code)):
                continue  # Syria, Virginia, USA: the word is a place of the other country
            other = self._inner(evidence, mentions, [code])
            if other.where.known:
                found.alternatives.append(other.where)
        if first in EMBARGOED or at_home or evidence.writing == first:
            return
        for where, what in self._notable(mentions):
            found.alternatives.append(where)
            found.contradictions.append(f"{what} is not in {first.upper()}")

    def _is_at_home(self, evidence: Evidence, mentions: Sequence[Mention], country: str) -> bool:
        """Whether something else in the text belongs to a country: a town, or a state of it."""
        named = [each for each in evidence.mentions() if country in each.named.countries]
        return len(named) > 1 or any(
            self._places.country(place) == country
            for each in mentions
            for place in each.named.places
        )

    def _has_town(self, mentions: Sequence[Mention], country: str) -> bool:
        return any(
            self._places.country(place) == country
            for each in mentions
            for place in self._alike.largest(each.named.places)
        )

    def _inner(self, evidence: Evidence, mentions: Sequence[Mention], codes: list[str]) -> Decision:
        inner = Decision()
        if codes[0] in EMBARGOED:
            inner.where = Where(country=codes[0], confidence=0.6)
        else:
            self._east(inner, evidence, mentions, codes)
        return inner

    def _notable(self, mentions: Sequence[Mention]) -> Iterable[tuple[Where, str]]:
        """Towns and regions under embargo that a country cannot explain away."""
        for each in mentions:
            beside = each.ending and any(other.last == each.first for other in mentions)
            if each.numbered or not (each.whole or each.size or beside):
                continue
            for region in each.named.regions:
                if region.id in ("crimea", "sevastopol", *HELD):
                    yield self._of_regions([region]), each.text
            towns = self._alike.largest(each.named.places)
            if towns and all(self._alike.is_notable(place) for place in towns):
                yield Where(places=towns, confidence=0.6), each.text

    # -- Ukraine, Russia, or no country ------------------------------------------------------

    def _east(
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
            return self._of_regions(regions)
        oblasts = tuple(dict.fromkeys(o for number in codes for o in number.oblasts))
        why = f"postcode {codes[0].text}"
        return Where(oblasts=oblasts, held=held, confidence=0.85, why=why)

    def _of_regions(self, regions: Sequence[Region]) -> Where:
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
            found.alternatives.append(
                self._of_regions([r for r in regions if r.oblasts] or regions)
            )
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


def _before_a_state(evidence: Evidence, country: Mention) -> bool:
    """``Syria, VA 22743``: what stands before a state and its postcode is a town."""
    for text in evidence.texts:
        if text.field == country.field and 0 < country.last < len(text.words):
            return text.words[country.last].text in STATES
    return False
