"""Which countries an address names: in fields, in words, by its way of writing, or beside it."""

from __future__ import annotations

from collections.abc import Sequence

from limen.places.decide.evidence_model import Decision, Evidence, Where
from limen.places.decide.namesakes import CITY_WEIGHT, EMBARGOED, Namesakes
from limen.places.gazetteer.gazetteer import Gazetteer
from limen.places.query.name_mentions import Mention
from limen.places.query.numbers import STATES


class Nations:
    """Reads the countries of an address against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer, alike: Namesakes) -> None:
        self._places = gazetteer
        self._alike = alike

    def take_from_beside(
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
            what = f"{told.text} is not in {code.upper()}, the party's country"
            found.contradictions.append(what)
            if code in EMBARGOED:
                found.alternatives.append(Where(country=code, confidence=0.6))

    def _city_elsewhere(self, mentions: Sequence[Mention], code: str) -> Mention | None:
        """A city of other countries alone, named as a whole part of the address."""
        for each in mentions:
            meant = self._alike.largest(each.named.places)
            if not (each.whole or each.ending) or not meant:
                continue
            here = any(self._places.country(place) == code for place in each.named.places)
            if not here and self._alike.weight(meant) >= CITY_WEIGHT and not each.named.countries:
                return each
        return None

    def named(self, evidence: Evidence, mentions: Sequence[Mention]) -> tuple[list[str], set[int]]:
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


def _before_a_state(evidence: Evidence, country: Mention) -> bool:
    """``Syria, VA 22743``: what stands before a state and its postcode is a town."""
    for text in evidence.texts:
        if text.field == country.field and 0 < country.last < len(text.words):
            return text.words[country.last].text in STATES
    return False
