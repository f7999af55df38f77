"""Prove what a column holds by its values alone: check digits, shapes, dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from limen.batch.columns.dates import Order, portfolio_date
from limen.model.identifiers import canonical, valid_bic, valid_imo, valid_lei

#: Of the values, the share that has to fit: files have typing errors.
_MOST = 0.9

_WALLET = re.compile(
    r"0x[0-9a-fA-F]{40}"  # Ethereum and its kin
    r"|(?:bc1|ltc1)[0-9a-z]{25,71}"  # bech32
    r"|[13][1-9A-HJ-NP-Za-km-z]{25,34}"  # Bitcoin, base58
    r"|T[1-9A-HJ-NP-Za-km-z]{33}"  # Tron
    r"|[48][1-9A-HJ-NP-Za-km-z]{94}"  # Monero
)
_IMO = re.compile(r"IMO\s*\d{7}", re.IGNORECASE)


def is_wallet(text: str) -> bool:
    """Return whether a text has the shape of a wallet address."""
    return _WALLET.fullmatch(text) is not None


def is_lei(text: str) -> bool:
    """Return whether a text is an LEI with right check digits."""
    return valid_lei(canonical("leiCode", text))


def is_imo(text: str) -> bool:
    """Return whether a text is labelled as an IMO number and has the right check digit."""
    return _IMO.fullmatch(text) is not None and valid_imo(text)


def is_date(text: str) -> bool:
    """Return whether a text is a date to the day, in either order."""
    return _is_day(text, "dmy") or _is_day(text, "mdy")


def _is_day(text: str, order: Order) -> bool:
    try:
        return len(portfolio_date(text, order)) == len("1962-11-23")
    except ValueError:
        return False


_PROOFS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("leiCode", is_lei),
    ("cryptoAddress", is_wallet),
    ("imoNumber", is_imo),
)


def proven_property(values: Sequence[str]) -> str | None:
    """Return the identifier property that nearly all of the values prove to be, if any."""
    for name, proof in _PROOFS:
        if values and sum(map(proof, values)) >= _MOST * len(values):
            return name
    return None


def property_of(number: str) -> str:
    """Return the property of an identifier, by its shape and check digits.

    Passports, tax and national numbers are compared with one another, so that they need not be
    distinguished.
    """
    text = number.strip()
    if is_lei(text):
        return "leiCode"
    if is_wallet(text):
        return "cryptoAddress"
    if is_imo(text) or (text.isdecimal() and valid_imo(text)):
        return "imoNumber"
    if valid_bic(text):
        return "swiftBic"
    return "idNumber"


def are_dates(values: Sequence[str]) -> bool:
    """Return whether nearly all of the values are days."""
    return bool(values) and sum(map(is_date, values)) >= _MOST * len(values)


def name_likeness(values: Sequence[str]) -> float:
    """Return how much a column looks like names, 0 to 1: words of letters, few repeated."""
    if not values:
        return 0.0
    named = sum(map(_is_name, values)) / len(values)
    return named * len(set(values)) / len(values)


def _is_name(text: str) -> bool:
    words = text.split()
    if len(words) < 2 or "@" in text or "://" in text:
        return False
    letters = sum(char.isalpha() for char in text)
    return letters >= 0.7 * sum(not char.isspace() for char in text)
