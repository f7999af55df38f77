"""Add to the screened elements of a transaction the countries that contradict theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from limen.payment_screening.payment_answer import ConflictingCountry, ScreenedElement
from limen.payments import PaymentParty
from limen.payments.country_conflicts import agent_conflicts, country_conflicts


def with_conflicts(
    elements: Iterable[ScreenedElement], parties: Sequence[PaymentParty]
) -> Iterator[ScreenedElement]:
    """Yield the elements, each with the conflicts of its country with those of others."""
    found: defaultdict[str, list[ConflictingCountry]] = defaultdict(list)
    own = (conflict for party in parties for conflict in country_conflicts(party))
    for each in (*own, *agent_conflicts(parties)):
        found[each.other.path].append(
            ConflictingCountry(
                each.code, each.other_country.upper(), each.country.upper(), each.one.path
            )
        )
    for element in elements:
        conflicts = found.get(element.path)
        yield replace(element, conflicts=tuple(conflicts)) if conflicts else element
