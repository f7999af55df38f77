"""Weigh the evidence and settle where an address is, or name what is missing.

The rules, in the order they are applied (docs/places.md explains them to users):

1. A country that is neither Ukraine nor Russia decides, unless nothing in the text belongs to
   it and a town or region of an embargoed territory does: then the address is for review.
2. Region words, raions and postcodes narrow the places that a name may mean.
3. Of places with one name, a city is meant that is larger than all others together; another
   city counts in addition from a quarter of its size.
4. Where country and town contradict each other, the town is believed and the contradiction
   is reported: ``Simferopol, Russia`` is in Crimea.
5. A village that shares its name is identified by a region, raion or postcode only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from limen.places.decide.countries import CountryReader
from limen.places.decide.evidence_model import HELD, Decision, Evidence, Where
from limen.places.decide.namesakes import EMBARGOED, Namesakes
from limen.places.decide.ukraine_russia import UkraineRussia
from limen.places.gazetteer.gazetteer import Gazetteer
from limen.places.query.name_mentions import Mention


class Resolver:
    """Weighs the evidence against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._places = gazetteer
        self._namesakes = Namesakes(gazetteer)
        self._countries_named = CountryReader(gazetteer, self._namesakes)
        self._ukraine_russia = UkraineRussia(gazetteer, self._namesakes)

    def decide(self, evidence: Evidence) -> Decision:
        """Decide where an address is."""
        found = Decision()
        found.governments = [
            code for each in evidence.mentions("government") for code in each.named.countries
        ]
        mentions = evidence.mentions()
        self._countries_named.take_party_country(found, evidence, mentions)
        countries, used = self._countries_named.named(evidence, mentions)
        rest = [each for each in mentions if id(each) not in used]
        foreign = [code for code in countries if code not in ("ua", "ru")]
        if foreign:
            self._abroad(found, evidence, rest, countries, foreign)
        else:
            self._ukraine_russia.settle(found, evidence, rest, countries)
        return found

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
            contradiction = f"countries {first.upper()} and {code.upper()} are both named"
            found.contradictions.append(contradiction)
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
        """Return whether something else in the text belongs to a country: a town, or a state."""
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
            for place in self._namesakes.largest(each.named.places)
        )

    def _inner(self, evidence: Evidence, mentions: Sequence[Mention], codes: list[str]) -> Decision:
        inner = Decision()
        if codes[0] in EMBARGOED:
            inner.where = Where(country=codes[0], confidence=0.6)
        else:
            self._ukraine_russia.settle(inner, evidence, mentions, codes)
        return inner

    def _notable(self, mentions: Sequence[Mention]) -> Iterable[tuple[Where, str]]:
        """Yield towns and regions under embargo that the country does not explain."""
        for each in mentions:
            follows = each.ending and any(other.last == each.first for other in mentions)
            if each.numbered or not (each.whole or each.size or follows):
                continue
            for region in each.named.regions:
                if region.id in ("crimea", "sevastopol", *HELD):
                    yield self._ukraine_russia.of_regions([region]), each.text
            towns = self._namesakes.largest(each.named.places)
            if towns and all(self._namesakes.is_notable(place) for place in towns):
                yield Where(places=towns, confidence=0.6), each.text
