"""Identifiers: which properties carry them, their canonical form, and their checksums.

An identifier is compared exactly, on a canonical form that drops what people type differently
(blanks, dashes, case). Checksums tell a mistyped number from another party's number; the
algorithms are the issuers' own: IMO resolution A.1117(30), ISO 17442 (LEI), ISO 6166 (ISIN),
ISO 9362 (BIC, a shape without check digit), the Russian tax service (INN, OGRN).
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
    countries and issuers, so they weigh less. ``space`` says which numbers may be compared:
    a passport number is looked for among all documents, an IMO number among IMO numbers.
    """

    name: str
    strength: Strength
    space: str
    valid: Callable[[str], bool] | None = None


def _digits_only(text: str) -> str:
    return re.sub(r"\D", "", text)


def valid_imo(text: str) -> bool:
    """Seven digits, the last the weighted sum of the six before, modulo ten."""
    digits = _digits_only(text)
    if len(digits) != 7:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(7, 1, -1), strict=False))
    return total % 10 == int(digits[6])


def valid_lei(text: str) -> bool:
    """Twenty characters whose number is one modulo 97."""
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", text):
        return False
    return int("".join(str(int(char, 36)) for char in text)) % 97 == 1


def valid_bic(text: str) -> bool:
    """Four letters, a country, two characters, and a branch of three or none."""
    return re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", text) is not None


def valid_isin(text: str) -> bool:
    """Two letters, nine characters and a Luhn digit over their base-36 digits."""
    if not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{9}[0-9]", text):
        return False
    digits = "".join(str(int(char, 36)) for char in text)
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value // 10 + value % 10
    return total % 10 == 0


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return (
        sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11 % 10
    )


def valid_inn(text: str) -> bool:
    """Ten digits (companies) or twelve (people), with one or two check digits."""
    if not text.isdecimal():
        return False
    if len(text) == 10:
        return _weighted(text, (2, 4, 10, 3, 5, 9, 4, 6, 8)) == int(text[9])
    if len(text) == 12:
        first = _weighted(text, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        second = _weighted(text, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        return first == int(text[10]) and second == int(text[11])
    return False


def valid_ogrn(text: str) -> bool:
    """Thirteen digits (companies) or fifteen (traders), the last a remainder."""
    if not text.isdecimal() or len(text) not in (13, 15):
        return False
    divisor = 11 if len(text) == 13 else 13
    return int(text[:-1]) % divisor % 10 == int(text[-1])


def valid_mmsi(text: str) -> bool:
    """Nine digits."""
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

#: Below this many characters a document number says nothing ("12345" is everywhere).
_SHORTEST_DOCUMENT = 6
_IMO_PREFIX = re.compile(r"^IMO\s*(?:NO\.?|NUMBER)?\s*[:#]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier of a party.

    ``key`` is the canonical form within its space; ``valid`` is ``None`` where the scheme has
    no check.
    """

    property: str
    printed: str
    scheme: Scheme
    key: str
    valid: bool | None


def canonical(property_name: str, printed: str) -> str:
    """The form compared: no blanks or punctuation, upper case; ``""`` when nothing is left.

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
    """Every identifier of a party that can be compared."""
    for name, values in party.properties.items():
        scheme = SCHEMES.get(name)
        if scheme is None:
            continue
        for printed in values:
            key = canonical(name, printed)
            if key and _says_something(scheme, key):
                valid = scheme.valid(key) if scheme.valid else None
                yield Identifier(name, printed, scheme, key, valid)


def _says_something(scheme: Scheme, key: str) -> bool:
    if scheme.space != "document":
        return len(key) >= 4
    return len(key) >= _SHORTEST_DOCUMENT and any(char.isdigit() for char in key)
