"""Make FollowTheMoney JSON of a payment's party, as it is screened.

Its names are those of ``joined_names``, its numbers those of ``party_numbers``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from limen.payments.joined_names import PLACEHOLDERS, name_variants
from limen.payments.message import Element, PaymentParty
from limen.payments.party_numbers import broken_wallets, numbers_of

#: Kind of element -> property that takes it as it is.
_PROPERTIES = {
    "bic": "swiftBic",
    "lei": "leiCode",
    "birth_date": "birthDate",
    "birth_country": "birthCountry",
    "country_of_residence": "country",
    "email": "email",
    "phone": "phone",
    "website": "website",
}
#: Kind of element -> property of its address.
_ADDRESS = {
    "street": "street",
    "building": "street2",
    "post_box": "postOfficeBox",
    "postcode": "postalCode",
    "town": "city",
    "district": "state",
    "region": "region",
    "country": "country",
}
_BIRTH = ("birth_date", "birth_place", "birth_region", "birth_country")


def as_party(party: PaymentParty) -> dict[str, Any]:
    """Return a party as FollowTheMoney JSON; ``{}`` where it has nothing to screen."""
    properties: dict[str, list[Any]] = {}
    for name, value in _values(party):
        if value not in properties.setdefault(name, []):
            properties[name].append(value)
    if not properties:
        return {}
    born = any(element.kind in _BIRTH for element in party.elements)
    return {"schema": "Person" if born else "LegalEntity", "properties": properties}


def _values(party: PaymentParty) -> Iterator[tuple[str, Any]]:
    """Yield property and value of everything that a party says of itself."""
    names = name_variants(party)
    yield from (("name", name) for name in names[:1])
    yield from (("alias", name) for name in names[1:])
    for element in party.elements:
        if element.use == "party" and element.text.upper() not in PLACEHOLDERS:
            yield from _of_element(element)
    yield from (("cryptoAddress", wallet) for wallet in broken_wallets(party.elements))
    birth_place = party.values("birth_place", "birth_region")
    if birth_place:
        yield "birthPlace", ", ".join(birth_place)
    yield from (("addressEntity", address) for address in addresses(party))


def _of_element(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the properties of a value that is no name and no part of an address."""
    if element.kind in _PROPERTIES:
        yield _PROPERTIES[element.kind], element.text
    else:
        yield from numbers_of(element)


def addresses(party: PaymentParty) -> list[dict[str, Any]]:
    """Return the addresses of a party: its parts, and its lines, which may say something else."""
    parts: dict[str, list[str]] = {}
    lines = []
    for element in party.elements:
        if element.use != "party" or element.text.upper() in PLACEHOLDERS:
            continue
        if element.kind in _ADDRESS:
            parts.setdefault(_ADDRESS[element.kind], []).append(element.text)
        elif element.kind == "address_line":
            lines.append(element.text)
    found = [{"schema": "Address", "properties": parts}] if parts else []
    if lines:
        whole = ", ".join([*lines, *parts.get("city", ()), *parts.get("country", ())])
        found.append({"schema": "Address", "properties": {"full": [whole]}})
    return found
