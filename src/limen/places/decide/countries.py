"""Find the countries an address names: in fields, in words, or by its way of writing."""

from __future__ import annotations

from collections.abc import Sequence

from limen.places.decide.evidence_model import Decision, Evidence, Where
from limen.places.decide.namesakes import CITY_WEIGHT, EMBARGOED, Namesakes
from limen.places.gazetteer.gazetteer import Gazetteer
from limen.places.query.name_mentions import Mention
from limen.places.query.numbers import STATES


class CountryReader:
    """Reads the countries of an address against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer, namesakes: Namesakes) -> None:
        self._places = gazetteer
        self._namesakes = namesakes

    def take_party_country(
        self, decision: Decision, evidence: Evidence, mentions: Sequence[Mention]
    ) -> None:
        """Take the one country the party names elsewhere, unless the address names another."""
        if len(evidence.other_countries) != 1 or evidence.declared or evidence.writing:
            return
        (code,) = evidence.other_countries
        if any(
            each.named.countries and (each.whole or self._follows_its_town(evidence, each))
            for each in mentions
        ):
            return
        city = self._city_elsewhere(mentions, code)
        in_ukraine = city and any(
            self._places.country(place) == "ua" for place in city.named.places
        )
        if city is None or (code == "ru" and in_ukraine):
            evidence.declared = [code]
        else:
            contradiction = f"{city.text} is not in {code.upper()}, the party's country"
            decision.contradictions.append(contradiction)
            if code in EMBARGOED:
                decision.alternatives.append(Where(country=code, confidence=0.6))

    def _city_elsewhere(self, mentions: Sequence[Mention], code: str) -> Mention | None:
        """Return a city of other countries alone, named as a whole part of the address."""
        for each in mentions:
            meant = self._namesakes.largest(each.named.places)
            if not (each.whole or each.ending) or not meant:
                continue
            here = any(self._places.country(place) == code for place in each.named.places)
            if (
                not here
                and self._namesakes.weight(meant) >= CITY_WEIGHT
                and not each.named.countries
            ):
                return each
        return None

    def named(self, evidence: Evidence, mentions: Sequence[Mention]) -> tuple[list[str], set[int]]:
        """Return the named countries, the likeliest first, and the ids of their mentions."""
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
        """Prefer countries that are a whole part: ``Almonacid de la Cuba, España``."""
        whole = [each for each in written if each.whole and not each.numbered]
        if not whole and not evidence.declared and not evidence.writing:
            return list(written)
        return [each for each in written if each in whole or self._follows_its_town(evidence, each)]

    def _follows_its_town(self, evidence: Evidence, country: Mention) -> bool:
        """Return whether the word before is a town of that country, as in ``Tehran Iran``."""
        return any(
            each.last == country.first
            and each.field == country.field
            and any(self._places.country(p) in country.named.countries for p in each.named.places)
            for each in evidence.mentions()
        )


def _before_a_state(evidence: Evidence, country: Mention) -> bool:
    """Return whether a name precedes a state, so that it is a town: ``Syria, VA 22743``."""
    for text in evidence.texts:
        if text.field == country.field and 0 < country.last < len(text.words):
            return text.words[country.last].text in STATES
    return False
