"""Prove what a column holds by its values alone: check digits, shapes, dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from limen.batch.columns.dates import Order, portfolio_date
from limen.model.identifiers import canonical, valid_bic, valid_imo, valid_lei
from limen.util.lazy_patterns import lazy

#: Of the values, the share that has to fit: files have typing errors.
_MOST = 0.9

_WALLET = lazy(
    r"0x[0-9a-fA-F]{40}"  # Ethereum and its kin
    r"|(?:bc1|ltc1)[0-9a-z]{25,71}"  # bech32
    r"|[13][1-9A-HJ-NP-Za-km-z]{25,34}"  # Bitcoin, base58
    r"|T[1-9A-HJ-NP-Za-km-z]{33}"  # Tron
    r"|[48][1-9A-HJ-NP-Za-km-z]{94}"  # Monero
)
#: Names of Chinese, Japanese and Korean script are written without blanks.
_UNSPACED = lazy(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,12}")
#: By the ITU's rules: a prefix with a letter in its first two signs, three to seven signs.
_CALL_SIGN = lazy(r"(?:[A-Z][A-Z0-9]|[0-9][A-Z])[A-Z0-9]{1,5}")
_DIGITS = lazy(r"\d+")
_GENDERS = frozenset(
    (
        "m", "f", "w", "x", "d", "male", "female", "man", "woman", "men", "women", "boy", "girl",
        "other", "divers", "mann", "frau", "männlich", "weiblich", "homme", "femme", "masculin",
        "féminin", "hombre", "mujer", "maschio", "femmina", "м", "ж", "муж", "жен", "мужской",
        "женский",
    )
)  # fmt: skip
_IMO = lazy(r"IMO\s*\d{7}", re.IGNORECASE)


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
    """Return how much a column looks like names, 0 to 1: words of letters, few repeated.

    What differs in its digits alone (``Account 17``, ``Account 18``) is one name.
    """
    if not values:
        return 0.0
    letters = {_DIGITS.sub("", value) for value in values}
    return share(values, is_name) * len(letters) / len(values)


def share(values: Sequence[str], test: Callable[[str], object]) -> float:
    """Return the share of values that pass a test; 0 of none."""
    return sum(1 for value in values if test(value)) / len(values) if values else 0.0


def is_name(text: str) -> bool:
    """Return whether a text looks like a name: two words of letters, or a Chinese or Korean one."""
    if "@" in text or "://" in text:
        return False
    words = text.split()
    if len(words) < 2 and not _UNSPACED.fullmatch(text):
        return False
    letters = sum(char.isalpha() for char in text)
    return letters >= 0.7 * sum(not char.isspace() for char in text)


def is_code(text: str) -> bool:
    """Return whether a text looks like a code: no letter at all, or one word with digits."""
    if not any(char.isalpha() for char in text):
        return True
    digits = sum(char.isdecimal() for char in text)
    return len(text.split()) == 1 and digits >= 2 and digits * 3 >= len(text)


def has_digit(text: str) -> bool:
    """Return whether a text has a digit, as every number and date has."""
    return any(char.isdecimal() for char in text)


def is_call_sign(text: str) -> bool:
    """Return whether a text is shaped like a radio call sign: three to seven letters and digits."""
    return _CALL_SIGN.fullmatch(text.strip().upper()) is not None


def is_gender(text: str) -> bool:
    """Return whether a text names a gender in a word or a letter."""
    return text.strip().casefold() in _GENDERS
