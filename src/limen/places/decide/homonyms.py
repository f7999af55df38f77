"""Tell the town from the region of one name: ``Kherson`` the city, ``Kherson`` the oblast.

An address that names a smaller town first and a capital behind it means the capital's oblast, and
one whose region is in Russia proper means the Russian village Krym, not Crimea. What an address
says apart from its names decides; without it, the name keeps both meanings.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from limen.places.decide.evidence_model import Evidence
from limen.places.decide.namesakes import REGIONS
from limen.places.gazetteer.gazetteer import CITY, TOWN, VILLAGE, Gazetteer, Named, Region
from limen.places.query.name_mentions import Mention

#: Mentions that may settle what another one means: no address has more, and a text that is made to
#: would take quadratic time.
_MOST = 64


class Homonyms:
    """Settles names that are both a town's and a region's, against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._places = gazetteer

    def settle(self, mentions: Sequence[Mention], evidence: Evidence) -> list[Mention]:
        """Return the mentions, each name with the meaning that the others leave it."""
        return [self._settled(mention, mentions[:_MOST], evidence) for mention in mentions]

    def _settled(
        self, mention: Mention, mentions: Sequence[Mention], evidence: Evidence
    ) -> Mention:
        others = [other for other in mentions if other.text != mention.text]
        oblast = self._oblast_of_capital(mention)
        if oblast and (
            _is_region_field(mention, evidence)
            or any(self._is_town_before(other, mention, oblast) for other in others)
        ):
            return replace(mention, named=Named(regions=(Region(mention.text, (oblast,)),)))
        russian = self._in_russia(mention)
        if russian and mention.named.regions and any(map(_names_russia_proper, others)):
            return replace(mention, named=Named(places=russian))
        return mention

    def _oblast_of_capital(self, mention: Mention) -> int:
        """Return the oblast whose largest city a mention names without a word for its size."""
        if mention.size or mention.named.regions:
            return 0
        for place in mention.named.places:
            oblast = int(self._places.oblasts[place])
            if oblast in REGIONS and self._places.kinds[place] == CITY:
                return oblast if self._is_largest(place, oblast) else 0
        return 0

    def _is_largest(self, place: int, oblast: int) -> bool:
        people = self._places.population(place)
        cities = (self._places.oblasts == oblast) & (self._places.kinds == CITY)
        return all(self._places.population(int(other)) <= people for other in cities.nonzero()[0])

    def _is_town_before(self, other: Mention, capital: Mention, oblast: int) -> bool:
        """Return whether a mention is a town of the oblast, and no street of its capital.

        A village counts where nothing else stands between the two breaks around it.
        """
        if other.numbered or other.named.regions:
            return False
        if other.field == capital.field and other.start > capital.start:
            return False
        least = VILLAGE if other.whole else TOWN
        return any(
            int(self._places.oblasts[place]) == oblast and self._places.kinds[place] <= least
            for place in other.named.places
        )

    def _in_russia(self, mention: Mention) -> tuple[int, ...]:
        return tuple(place for place in mention.named.places if self._places.country(place) == "ru")


def _is_region_field(mention: Mention, evidence: Evidence) -> bool:
    return any(text.default == "region" and mention in text.mentions for text in evidence.texts)


def _names_russia_proper(mention: Mention) -> bool:
    return any(not region.oblasts for region in mention.named.regions)
