"""A payment's party as it is screened: with the names inside its names, and without its country.

The country of an address is no nationality: compared as one it would lower the score of a listed
party that pays from abroad. Addresses have theirs, and a country that is all there is of one is a
question of its own. Lines of an address that fill their field are read without a break between.
"""

from __future__ import annotations

from typing import Any

from limen.model.identifiers import SCHEMES, canonical
from limen.payment_screening.listed_names.further_names import further_names
from limen.payments import Element, PaymentParty, addresses, as_party

#: Kinds of elements that hold a name.
NAMES = ("name", "account_name", "care_of", "contact_name", "branch_name")
_COUNTRIES = ("country", "country_of_residence")
#: Kinds of elements that say where a party is.
PLACES = frozenset(
    ("address_line", "street", "building", "post_box", "postcode", "town", "district", "region",
     *_COUNTRIES)
)  # fmt: skip
#: Numbers that anyone may give out, as to a customer. One that is too short, or has no digit, is no
#: listed number and no reason against a clear.
_ANYBODYS = frozenset(name for name, scheme in SCHEMES.items() if scheme.strength != "unique")
#: Characters of a line after which the next goes on with its words, of lines of 35.
_NEARLY_FULL = 33
_SCHEMA = "LegalEntity"


def wire_of(party: PaymentParty) -> dict[str, Any]:
    """Return a party with all readings of its names, for :meth:`limen.engine.Engine.screen`."""
    wire = as_party(party)
    properties: dict[str, Any] = {
        name: [value for value in values if name not in _ANYBODYS or canonical(name, value)]
        for name, values in wire.get("properties", {}).items()
        if name not in ("country", "addressEntity")
    }
    names = [*properties.get("name", ()), *properties.get("alias", ())]
    further = dict.fromkeys(name for value in names for name in further_names(value))
    aliases = [*properties.get("alias", ()), *(name for name in further if name not in names)]
    properties |= {"alias": aliases} if aliases else {}
    return {"schema": wire.get("schema", _SCHEMA), "properties": properties | _places(party)}


def places_of(party: PaymentParty) -> dict[str, Any]:
    """Return where a party is and no more, for one that may not be verified."""
    return {"schema": _SCHEMA, "properties": _places(party)}


def only_countries(party: PaymentParty) -> tuple[Element, ...]:
    """Return the countries of a party that gives no more of its address."""
    given = [element for element in party.elements if element.kind in PLACES]
    countries = tuple(element for element in given if element.kind in _COUNTRIES)
    return countries if len(countries) == len(given) else ()


def _places(party: PaymentParty) -> dict[str, Any]:
    if only_countries(party):
        return {}
    found = [each for each in addresses(party) if each["properties"].keys() != {"country"}]
    lines = [element for element in party.elements if element.kind == "address_line"]
    if any(len(line.text) >= _NEARLY_FULL for line in lines[:-1]):
        full = "".join(line.text + _break(line) for line in lines).rstrip(", ")
        rest = party.values("town", "country")
        found[-1] = {"schema": "Address", "properties": {"full": [", ".join((full, *rest))]}}
    return {"addressEntity": found} if found else {}


def _break(line: Element) -> str:
    """Return what parts a line of an address from the next: nothing where it is full."""
    if line.cut_at:
        return ""
    return " " if len(line.text) >= _NEARLY_FULL else ", "
