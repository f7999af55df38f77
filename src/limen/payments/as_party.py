"""Make FollowTheMoney JSON of a payment's party, as it is screened.

A name that fills its field may go on in the address, in the middle of a word or after it; so it is
also given joined with the next line, both ways, as an alias. Numbers get the property of their
scheme; one without a scheme is an ``idNumber``, which is compared with every kind of document.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from limen.model.identifier_text import wallets
from limen.payments.message import Element, PaymentParty
from limen.payments.transliterated import from_rur

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
    "tax_number": "taxNumber",
}
#: External codes of identification schemes -> property. A customer's or employer's number (CUST,
#: EMPL, BANK) is its issuer's own, and no number of a list.
_SCHEMES = {
    "CCPT": "passportNumber",
    "NIDN": "idNumber",
    "SOSE": "socialSecurityNumber",
    "TXID": "taxNumber",
    "DRLC": "licenseNumber",
    "COID": "registrationNumber",
    "CINC": "registrationNumber",
    "BOID": "registrationNumber",
    "SREN": "registrationNumber",
    "SRET": "registrationNumber",
    "DUNS": "dunsCode",
    "ARNU": "idNumber",
    "CUST": "",
    "EMPL": "",
    "BANK": "",
    "more": "idNumber",
    "TELE": "phone",
    "MBNO": "phone",
    "EMAL": "email",
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
#: Values that stand for none.
PLACEHOLDERS = frozenset({"NOTPROVIDED", "NOT PROVIDED", "CUTOVER2026", "NONREF", "N/A", "NA"})
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
    birth_place = party.values("birth_place", "birth_region")
    if birth_place:
        yield "birthPlace", ", ".join(birth_place)
    yield from (("addressEntity", address) for address in addresses(party))


def _of_element(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the properties of a value that is no name and no part of an address."""
    text = element.text
    if element.kind in _PROPERTIES:
        yield _PROPERTIES[element.kind], text
    elif element.kind in ("number", "proxy"):
        name = _SCHEMES.get(element.scheme, "idNumber")
        if name:
            yield name, text
        if element.kind == "number" and element.country:
            yield "country", element.country
    if element.kind in ("account", "proxy", "number"):
        yield from (("cryptoAddress", wallet) for wallet in wallets(text))


def name_variants(party: PaymentParty) -> tuple[str, ...]:
    """Return the names of a party: as written, then as they may go on in the next lines."""
    names = [each for each in party.elements if each.kind == "name"]
    lines = [each for each in party.elements if each.kind == "address_line"]
    others = party.values("account_name", "branch_name", "care_of", "contact_name")
    found = [" ".join(each.text for each in names)] if len(names) > 1 else []
    found += [each.text for each in names]
    if names and lines:
        found += _running_on(names[-1], " ".join(each.text for each in names), lines[0])
    for first, second in pairwise(names):
        if first.cut_at:
            found.append(first.text.removesuffix("+") + second.text)
    found += others
    written = [name for name in found if name.upper() not in PLACEHOLDERS]
    return tuple(dict.fromkeys([*written, *filter(None, map(from_rur, written))]))


def _running_on(last: Element, name: str, line: Element) -> list[str]:
    """Return a name joined with the line below: certain where it is cut, likely without a digit."""
    bare = name.removesuffix("+")
    if last.cut_at:
        return [bare + line.text, f"{bare} {line.text}"]
    if len(line.text) > 3 and not any(map(str.isdigit, line.text)):
        return [f"{name} {line.text}"]
    return []


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
