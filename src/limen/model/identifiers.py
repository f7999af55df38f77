"""Identifiers: the properties that carry them, their canonical form, and their checksums.

An identifier is compared exactly, on a canonical form that drops what people type differently
(blanks, dashes, case). Checksums distinguish a mistyped number from another party's number; the
algorithms are the issuers' own: IMO resolution A.1117(30), ISO 17442 (LEI), ISO 6166 (ISIN),
ISO 9362 (BIC, a shape without check digit), the Russian tax service (INN, OGRN). python-stdnum
computes them; it takes longer to load than a name to screen, so it is loaded by the first check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from limen.model.party import Party

Strength = Literal["unique", "document"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A kind of identifier.

    ``unique`` schemes name one party in the world; ``document`` numbers may repeat between
    countries and issuers, so they weigh less. Numbers of the same ``space`` are compared:
    a passport number is searched among all documents, an IMO number among IMO numbers.
    """

    name: str
    strength: Strength
    space: str
    valid: Callable[[str], bool] | None = None


def _digits_only(text: str) -> str:
    return re.sub(r"\D", "", text)


def valid_imo(text: str) -> bool:
    """Return whether a text has seven digits, the last one the check digit of an IMO number."""
    from stdnum import imo

    return bool(imo.is_valid(_digits_only(text)))


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
    "callSign": Scheme("call sign", "document", "call sign"),
    "serialNumber": Scheme("serial number", "document", "serial number"),
}

#: Below this many characters a document number identifies no party ("12345" is everywhere).
_SHORTEST_DOCUMENT = 6
_IMO_PREFIX = re.compile(r"^IMO\s*(?:NO\.?|NUMBER)?\s*[:#]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier of a party; ``key`` is its canonical form within its space."""

    property: str
    printed: str
    scheme: Scheme
    key: str

    def is_valid(self) -> bool | None:
        """Return whether the number passes its scheme's check; ``None`` if there is none."""
        return self.scheme.valid(self.key) if self.scheme.valid else None


def canonical(property_name: str, printed: str) -> str:
    """Return the form compared: no blanks or punctuation, upper case; ``""`` when none is left.

    Wallet addresses keep their case (base58 is case-sensitive), except hexadecimal ones. A BIC
    is its first eight characters, since a branch belongs to its bank.
    """
    space = SCHEMES[property_name].space
    text = printed.strip()
    if space == "wallet":
        return text.lower() if text[:2].lower() == "0x" else text
    if space == "imo":
        return _digits_only(_IMO_PREFIX.sub("", text))
    plain = "".join(char for char in text if char.isalnum()).upper()
    return plain[:8] if space == "bic" and len(plain) == 11 else plain


def identifiers(party: Party) -> Iterator[Identifier]:
    """Yield every identifier of a party that can be compared."""
    for name, values in party.properties.items():
        scheme = SCHEMES.get(name)
        if scheme is None:
            continue
        for printed in values:
            key = canonical(name, printed)
            if key and _is_specific(scheme, key):
                yield Identifier(name, printed, scheme, key)


def _is_specific(scheme: Scheme, key: str) -> bool:
    if scheme.space != "document":
        return len(key) >= 4
    return len(key) >= _SHORTEST_DOCUMENT and any(char.isdigit() for char in key)
