"""Compare the countries that a payment shows of a party: address, address lines, IBAN, BIC, agent.

A country that is filled must not be trusted alone: an address line may name another. An account
in another country than its owner or its bank is often right, and a reason to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from limen.model.countries import country_code
from limen.payments.message import Element, PaymentParty

#: Shorter words are also codes of states and abbreviations: ``CA``, ``DE``, ``CO``.
_SHORTEST_NAME = 4
#: The longest name of a country has 56 characters and eight words; a line may have many more.
_LONGEST_NAME = 60
_MOST_WORDS = 8
#: Customers whose accounts their agents hold.
_HELD_BY = ("debtor", "creditor")
#: Parts of a country with codes of their own in BICs, whose IBANs are the country's.
_PARTS = {
    "ax": "fi", "gg": "gb", "im": "gb", "je": "gb",
    "bl": "fr", "gf": "fr", "gp": "fr", "mf": "fr", "mq": "fr", "nc": "fr", "pf": "fr", "pm": "fr",
    "re": "fr", "wf": "fr", "yt": "fr",
}  # fmt: skip


class CountryConflict(NamedTuple):
    """Represents two elements that name different countries, by their codes.

    ``code`` is ``country-conflict`` where an address contradicts itself, else
    ``country-differs-from-iban``, ``country-differs-from-bic`` or ``iban-differs-from-bic``.
    """

    code: str
    one: Element
    country: str
    other: Element
    other_country: str


def country_conflicts(party: PaymentParty) -> Iterator[CountryConflict]:
    """Yield the countries of a party that differ from that of its address."""
    filled = next((each for each in party.elements if each.kind == "country"), None)
    country = country_code(filled.text) if filled else None
    if filled is None or country is None:
        return
    for element in party.elements:
        other, code = _named(element)
        if other and other != country:
            yield CountryConflict(code, filled, country, element, other)


def agent_conflicts(parties: Sequence[PaymentParty]) -> Iterator[CountryConflict]:
    """Yield the IBANs that none of the agents that hold the account shares the country of."""
    for role in _HELD_BY:
        agents = _countries(parties, role, "_agent", "bic")
        for iban, country in _countries(parties, role, "", "iban"):
            if agents and country not in {other for _, other in agents}:
                bic, other = agents[0]
                yield CountryConflict("iban-differs-from-bic", bic, other, iban, country)


def _countries(
    parties: Sequence[PaymentParty], role: str, suffix: str, kind: str
) -> list[tuple[Element, str]]:
    """Return the elements of a kind that name a country, of the parties of a role."""
    named = (
        (element, _country(_named(element)[0]))
        for party in parties
        if party.role == role + suffix
        for element in party.elements
        if element.kind == kind
    )
    return [(element, country) for element, country in named if country]


def _country(code: str | None) -> str | None:
    """Return the country whose IBANs a part of it uses."""
    return _PARTS.get(code or "", code)


def _named(element: Element) -> tuple[str | None, str]:
    """Return the country that an element names, and the code of a conflict with it."""
    if element.kind == "address_line":
        return _of_line(element.text), "country-conflict"
    if element.kind == "iban":
        return country_code(element.text[:2]), "country-differs-from-iban"
    if element.kind == "bic":
        return country_code(element.text[4:6]), "country-differs-from-bic"
    return None, ""


def _of_line(line: str) -> str | None:
    """Return the country at the end of an address line: the last part, or its last words."""
    last = line.rpartition(",")[2].strip(" .")
    words = last[-_LONGEST_NAME:].split()[-_MOST_WORDS:]
    for count in range(len(words), 0, -1):
        name = " ".join(words[-count:])
        if len(name) >= _SHORTEST_NAME and (code := country_code(name)):
            return code
    return None
