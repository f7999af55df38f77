"""Count how many listings have an encoded measure, what it does, and where the list contradicts it.

For `limen regimes coverage` and the table in docs/regimes.md. It decides nothing about a party.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from limen.law.in_force import Clocks
from limen.law.law import Law
from limen.law.listing_measures import Printed, measures_behind
from limen.model import MeasureInForce
from limen.util.text import fold

#: Words by which a list that prints its measures says that assets are frozen.
_FREEZE_WORDS = frozenset({"asset freeze", "targeted financial sanction", "financial sanctions"})
_FREEZE = "asset_freeze"
#: Lists that print for each entry whether it is frozen.
_BLOCKED_PARTIES = frozenset({
    "Specially Designated Nationals (SDN) - Treasury Department",
    "Nonproliferation Sanctions (ISN) - State Department",
})  # fmt: skip
_PRINTING = ("eu_journal", "uk_fcdo", "au_dfat")


class ListShare(msgspec.Struct, frozen=True):
    """The listings of one list, and how many of them have an encoded measure.

    Attributes:
        encoded: listings with a measure that states what it does to the party.
        contradicted: listings given a freeze that the list does not print, or denied one.
        effects: listings by each effect.
        without: tags, acts and measures of listings without, with their number.
    """

    list: str
    version: str
    listings: int
    encoded: int
    contradicted: int
    effects: dict[str, int]
    without: dict[str, int]

    @property
    def share(self) -> float:
        """Return the share of listings with an encoded measure, in percent."""
        return 100.0 * self.encoded / self.listings if self.listings else 0.0


def share_of(
    law: Law, list_id: str, version: str, clocks: Clocks, listings: Iterable[Printed]
) -> ListShare:
    """Return the share of a list's listings at an instant."""
    encoded = contradicted = total = 0
    effects: Counter[str] = Counter()
    without: Counter[str] = Counter()
    for printed, number in Counter(listings).items():
        total += number
        measures = measures_behind(law, printed, clocks)
        if any(_states_effect(each) for each in measures):
            encoded += number
        else:
            without[_described(printed)] += number
        words = {word for each in measures for word in each.prohibits}
        effects.update(dict.fromkeys(words, number))
        contradicted += number * _is_contradicted(printed, words)
    return ListShare(
        list=list_id,
        version=version,
        listings=total,
        encoded=encoded,
        contradicted=contradicted,
        effects=dict(effects.most_common()),
        without=dict(without.most_common(10)),
    )


def _states_effect(measure: MeasureInForce) -> bool:
    """Return whether a measure is encoded, with what it does to the party."""
    return bool(measure.id) and any(effect.prohibits for effect in measure.effects)


def _is_contradicted(printed: Printed, words: set[str]) -> bool:
    """Return whether a freeze is given that the list does not print, or the other way."""
    if printed.list == "us_csl":
        return _FREEZE in words and not set(printed.measures) & _BLOCKED_PARTIES
    if not printed.measures or printed.list not in _PRINTING:
        return False
    prints = any(fold(word) in _FREEZE_WORDS for word in printed.measures)
    return prints != (_FREEZE in words)


def _described(printed: Printed) -> str:
    parts = (*printed.programmes, printed.record, *printed.measures)
    return "; ".join(part for part in parts if part) or "nothing printed"
