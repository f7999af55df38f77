"""Identifiers: which properties carry them, their canonical form, and their checksums.

An identifier is compared exactly, on a canonical form that drops what people type differently
(``limen.model.identifier_text`` reads it out of the printed value). Checksums
distinguish a mistyped number from another party's number; python-stdnum computes them, and is
loaded by the first check, because it takes longer to load than a name to screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from limen.model.countries import country_code
from limen.model.identifier_text import (
    PlainValue,
    plain_value,
    read_number,
    unlabelled,
    wallets,
)
from limen.model.party import Party
from limen.model.schemata import NAME_PROPERTIES

Strength = Literal["unique", "document", "contact"]


class Scheme(msgspec.Struct, frozen=True):
    """Represents a kind of identifier.

    ``unique`` schemes name one party in the world; ``document`` numbers may repeat between
    countries and issuers, so they weigh less; a ``contact`` (e-mail, telephone, website) may be
    shared by those who work together. ``space`` says which numbers may be compared: a passport
    number is looked for among all documents, an IMO number among IMO numbers.
    """

    name: str
    strength: Strength
    space: str
    valid: Callable[[str], bool] | None = None


def valid_imo(text: str) -> bool:
    """Return whether a text has seven digits, the last one the check digit of an IMO number."""
    from stdnum import imo

    return bool(imo.is_valid(text))


def is_of_ship(scheme: str, text: str) -> bool:
    """Return whether a number is a ship's: an MMSI, or an IMO number with a ship's check digit.

    The IMO numbers of companies have a check digit of their own.
    """
    return scheme == "mmsi" or (scheme == "imo" and valid_imo("".join(filter(str.isdigit, text))))


def valid_lei(text: str) -> bool:
    """Return whether a text is an LEI: 20 characters, the number of which is one modulo 97."""
    from stdnum.iso7064 import mod_97_10

    return bool(re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", text) and mod_97_10.is_valid(text))


def valid_bic(text: str) -> bool:
    """Return whether a text is shaped like a BIC: bank, country, place, and a branch or none."""
    return re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", text) is not None


def valid_isin(text: str) -> bool:
    """Return whether a text is an ISIN: a prefix, nine characters and a Luhn digit.

    The prefix may be any two letters: new ones are allotted, and not to countries alone.
    """
    from stdnum import luhn

    if not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{9}[0-9]", text):
        return False
    return bool(luhn.is_valid("".join(str(int(char, 36)) for char in text)))


def valid_inn(text: str) -> bool:
    """Return whether a text is an INN: ten digits (companies) or twelve (people)."""
    from stdnum.ru import inn

    return bool(text.isdecimal() and inn.is_valid(text))


def valid_ogrn(text: str) -> bool:
    """Return whether a text is an OGRN: thirteen digits (companies) or fifteen (traders).

    python-stdnum refuses traders' numbers with a remainder of ten or more, which are valid with
    the remainder's last digit; so the rule is written here.
    """
    if not text.isdecimal() or len(text) not in (13, 15):
        return False
    divisor = 11 if len(text) == 13 else 13
    return int(text[:-1]) % divisor % 10 == int(text[-1])


def valid_mmsi(text: str) -> bool:
    """Return whether a text has nine digits, as an MMSI has."""
    return text.isdecimal() and len(text) == 9


_IMO = Scheme("imo", "unique", "imo", valid_imo)
_TAX = Scheme("tax number", "document", "document")

#: FollowTheMoney property -> scheme.
SCHEMES: dict[str, Scheme] = {
    "imoNumber": _IMO,
    "mmsi": Scheme("mmsi", "unique", "mmsi", valid_mmsi),
    "leiCode": Scheme("lei", "unique", "lei", valid_lei),
    "swiftBic": Scheme("bic", "unique", "bic", valid_bic),
    "innCode": Scheme("inn", "unique", "document", valid_inn),
    "ogrnCode": Scheme("ogrn", "unique", "document", valid_ogrn),
    "isin": Scheme("isin", "unique", "isin", valid_isin),
    "isinCode": Scheme("isin", "unique", "isin", valid_isin),
    "uscCode": Scheme("unified social credit code", "unique", "document"),
    "dunsCode": Scheme("duns", "unique", "document"),
    "uniqueEntityId": Scheme("uei", "unique", "document"),
    "npiCode": Scheme("npi", "unique", "document"),
    "cryptoAddress": Scheme("wallet", "unique", "wallet"),
    "publicKey": Scheme("wallet", "unique", "wallet"),
    "passportNumber": Scheme("passport", "document", "document"),
    "idNumber": Scheme("national id", "document", "document"),
    "socialSecurityNumber": Scheme("social security number", "document", "document"),
    "taxNumber": _TAX,
    "vatCode": _TAX,
    "registrationNumber": Scheme("registration number", "document", "document"),
    "licenseNumber": Scheme("licence number", "document", "document"),
    "okpoCode": Scheme("okpo", "document", "document"),
    "kppCode": Scheme("kpp", "document", "kpp"),
    "bikCode": Scheme("bik", "document", "bik"),
    "callSign": Scheme("call sign", "document", "mark"),
    "icaoCode": Scheme("transponder code", "document", "mark"),
    "email": Scheme("e-mail address", "contact", "email"),
    "phone": Scheme("telephone number", "contact", "phone"),
    "website": Scheme("website", "contact", "website"),
    "serialNumber": Scheme("serial number", "document", "serial number"),
}

#: Parties whose registration is a mark on a hull or a tail, in their own short space.
_VEHICLES = frozenset({"Vehicle", "Vessel", "Airplane"})
#: A mark as registers give it: ``EP-PUS``, ``RA-96019``, ``9HSKY``.
_MARK = re.compile(r"[A-Z0-9]{1,3}-?[A-Z0-9]{2,5}")
_REGISTRATIONS = ("registrationNumber", "serialNumber", "idNumber")
#: What parts the groups of a number.
_APART = re.compile(r"[\s./-]+")
#: Spaces whose numbers can be recognised wherever they are written, each with its check.
_RECOGNISED: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("lei", valid_lei),
    ("bic", lambda key: country_code(key[4:6]) is not None),
    ("email", lambda _: True),
    ("website", lambda _: True),
)
#: Of numbers that are digits alone, only an LEI can be recognised.
_LEI_LENGTH = 20
_PHONE = re.compile(r"\+[\d\s()./-]+")
_WEBSITE = re.compile(r"https?://|www[.]", re.IGNORECASE)
#: What a name must have to be a number: a digit, an at sign, a host, or the letters of a BIC alone.
#: A shorter number of a country's register is had by too many to tell a party.
FEWEST_DIGITS = 5
#: A number that more records have is no evidence of one party.
MOST_BEARERS = 25
_MAY_BE_NUMBER = re.compile(r"\d|@|[.]\w|^\s*[A-Z]{8}(?:[A-Z]{3})?\s*$")
_NUMBER_AS_NAME = Scheme("number given as a name", "document", "document")


class Identifier(msgspec.Struct, frozen=True, gc=False):
    """Represents one identifier of a party.

    Attributes:
        property: the FollowTheMoney property it was given in.
        printed: the value as it came.
        scheme: what kind of number it is.
        keys: (space, canonical form), under each of which it is compared; at least one.
        unread: why no key could be read; empty when one was.
    """

    property: str
    printed: str
    scheme: Scheme
    keys: tuple[tuple[str, str], ...]
    unread: str = ""

    def is_valid(self) -> bool | None:
        """Return whether the number passes its scheme's check; ``None`` if there is none.

        Of several numbers in one value, one that passes is enough.
        """
        if self.scheme.valid is None:
            return None
        return any(self.scheme.valid(key) for space, key in self.keys if space == self.scheme.space)


def is_dummy(key: str) -> bool:
    """Return whether a number is one that forms are filled with: ``000000``, ``123456``."""
    digits = "".join(filter(str.isdigit, key))
    return len(set(digits)) <= 1 or digits in "01234567890123456789"


def canonical(property_name: str, printed: str) -> str:
    """Return the form compared, or ``""`` when nothing can be compared.

    Wallet addresses keep their case (base58 is case-sensitive), except hexadecimal ones. A BIC
    is its first eight characters, since a branch belongs to its bank.
    """
    keys = read_number(SCHEMES[property_name].space, printed).keys
    return keys[0] if keys else ""


def identifiers(party: Party) -> Iterator[Identifier]:
    """Yield every identifier of a party that can be compared."""
    return (each for each in read_identifiers(party) if each.keys)


def read_identifiers(party: Party) -> Iterator[Identifier]:
    """Yield every identifier of a party; one that says why it is unread cannot be compared.

    A placeholder (``N/A``) is no value, and is left out.
    """
    vehicle = party.schema in _VEHICLES
    for name, values in party.properties.items():
        scheme = SCHEMES.get(name)
        if scheme is None:
            continue
        for printed in values:
            number = _read(name, printed, scheme, vehicle=vehicle)
            if number.keys or number.unread:
                yield number


def _read(name: str, printed: str, scheme: Scheme, *, vehicle: bool) -> Identifier:
    value = plain_value(printed)
    read = value.read(scheme.space)
    keys = [(scheme.space, key) for key in read.keys]
    if name in _REGISTRATIONS:
        keys += [("mark", key) for key in _marks(value, printed, vehicle=vehicle)]
    if scheme.space == "document":
        keys += [("wallet", address) for address in wallets(printed)]
        keys += _recognised(value)
        if vehicle:
            keys += [(space, key) for space in ("imo", "mmsi") for key in value.keys(space)]
    unread = "" if keys else read.unread
    return Identifier(name, printed, scheme, tuple(dict.fromkeys(keys)), unread)


def numbers_as_names(party: Party) -> Iterator[Identifier]:
    """Yield the numbers that a query gives instead of a name, of every kind that they may be."""
    for name in NAME_PROPERTIES:
        for printed in party.properties.get(name, ()):
            keys = _given_as_name(printed) if _MAY_BE_NUMBER.search(printed) else []
            if keys:
                yield Identifier(name, printed, _NUMBER_AS_NAME, tuple(dict.fromkeys(keys)))


def _given_as_name(printed: str) -> list[tuple[str, str]]:
    value = plain_value(printed)
    keys = [*_recognised(value), *(("wallet", key) for key in wallets(printed))]
    if _is_number(value.text):
        keys += [(space, key) for space in ("document", "imo", "mmsi") for key in value.keys(space)]
    return keys


def _is_number(text: str) -> bool:
    """Return whether a name is a number: four digits, each group with one or of three letters."""
    groups = [group for group in _APART.split(text) if group]
    return sum(map(str.isdigit, text)) >= 4 and all(
        group.isalnum() and (len(group) <= 3 or any(map(str.isdigit, group))) for group in groups
    )


def _recognised(value: PlainValue) -> list[tuple[str, str]]:
    """Return the keys of numbers that show by their form what they are; one alone in a value."""
    if _PHONE.fullmatch(value.text):
        return [("phone", key) for key in value.keys("phone")]
    if len(value.text.split()) != 1 or (value.text.isdecimal() and len(value.text) < _LEI_LENGTH):
        return []
    return [
        (space, key)
        for space, check in _RECOGNISED
        if _has_form(space, value.text)
        for key in value.keys(space)
        if check(key)
    ]


def _has_form(space: str, text: str) -> bool:
    """Return whether a value is written as numbers of a space are; any word may be a code."""
    if space == "website":
        return _WEBSITE.match(text) is not None
    return "@" in text if space == "email" else text == text.upper()


def _marks(value: PlainValue, printed: str, *, vehicle: bool) -> Iterator[str]:
    """Yield the marks on hulls and tails that a registration may be, labelled or not."""
    if vehicle:
        yield from value.keys("mark")
        return
    for mark in dict.fromkeys((printed.strip(), *unlabelled(value.text))):
        if _MARK.fullmatch(mark.upper()):
            yield from read_number("mark", mark).keys
