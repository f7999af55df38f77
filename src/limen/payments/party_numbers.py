"""Give each number of a party the FollowTheMoney property of its scheme.

A number without a scheme is an ``idNumber``, which is compared with every kind of document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from limen.model.identifier_text import wallets
from limen.model.identifiers import valid_inn, valid_ogrn
from limen.payments.message import Element

#: External codes of identification schemes -> property.
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
    "more": "idNumber",
    "TELE": "phone",
    "MBNO": "phone",
    "EMAL": "email",
}
#: A customer's or employer's number is its issuer's own, and no number of a list, unless its check
#: digits are those of a Russian tax or state register.
_OF_THE_ISSUER = frozenset({"CUST", "EMPL", "BANK"})
#: A number behind the name of its scheme: ``INN7706107510``.
_LABELLED = re.compile(
    r"(?:INN|OGRN|OGRNIP|OKPO|KPP|TIN|UNP|BIN|ИНН|ОГРН|ОГРНИП|ОКПО|КПП|УНП|БИН)\W*(\d{7,15})",
    re.IGNORECASE,
)
#: A Russian bank's code (BIK), as a clearing code: ``044525225``, ``RU044525225.``
_BIK = re.compile(r"(RU)?(04\d{7})")
_NUMBERS = frozenset({"number", "proxy", "account", "tax_number"})


def numbers_of(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the properties of a value that is a number, and the country that issued it."""
    kind, text = element.kind, element.text
    labelled = _LABELLED.fullmatch(text) if kind in _NUMBERS else None
    if labelled:
        yield "idNumber", labelled[1]
    elif kind == "tax_number":
        yield "taxNumber", text
    elif kind in ("number", "proxy"):
        yield from _of_scheme(element.scheme, text)
    elif kind in ("clearing_member", "account"):
        yield from _bik(kind, text)
    if kind == "number" and element.country:
        yield "country", element.country
    if kind in _NUMBERS:
        yield from (("cryptoAddress", wallet) for wallet in wallets(text))


def _of_scheme(scheme: str, text: str) -> Iterator[tuple[str, str]]:
    if scheme not in _OF_THE_ISSUER:
        yield _SCHEMES.get(scheme, "idNumber"), text
    elif valid_inn(text) or valid_ogrn(text):
        yield "idNumber", text


def _bik(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield a BIK as lists have it, among the registration numbers; an account says ``RU``."""
    code = _BIK.fullmatch("".join(filter(str.isalnum, text)).upper())
    if code and (code[1] or kind == "clearing_member"):
        yield "registrationNumber", code[2]


def broken_wallets(elements: Iterable[Element]) -> Iterator[str]:
    """Yield the addresses of wallets that are longer than the line of an account."""
    for first, second in pairwise(elements):
        if first.kind == "account" and second.kind == "name":
            yield from wallets(first.text + second.text)
