"""Find the countries that a payment's text names: in words, in codes of reporting, in accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from limen.model.countries import country_code

#: The words of the longest name of a country that is looked for, and the letters of the shortest:
#: shorter ones are words (IN, TO, DE) or initials.
_LONGEST, _SHORTEST = 4, 4
#: Words of a name in front of a country that is no part of it.
_NAME_WORDS = 2
#: Capitals of countries that have been under embargo as a whole, which texts name alone.
_CAPITALS = {
    "tehran": "ir", "teheran": "ir", "pyongyang": "kp", "havana": "cu", "la habana": "cu",
    "damascus": "sy", "khartoum": "sd",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
#: The country of residence in field 77B, and a BIC that the text calls one.
_RESIDENT = re.compile(r"/(?:BENEFRES|ORDERRES)/([A-Z]{2})(?![A-Z])")
_BIC = re.compile(r"\b(?:BIC|SWIFT)\W{1,3}[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b")
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}")


def countries_in(text: str) -> Iterator[str]:
    """Yield the codes of the countries that a text names, each once."""
    found = (*_named(text), *_coded(text), *ibans_in(text))
    yield from dict.fromkeys(found)


def countries_in_name(name: str) -> Iterator[str]:
    """Yield the countries that a name has behind two words of its own or more.

    People are called Iran and Israel; ``HELLO TRADING LTD TEHRAN IRAN`` says where it is.
    """
    words = _WORD.findall(name)
    yield from dict.fromkeys(_named(" ".join(words[_NAME_WORDS:])))


def ibans_in(text: str) -> Iterator[str]:
    """Yield the countries of the account numbers in a text that have the form of an IBAN.

    Check digits are not looked at: a slip in one does not move the account to another country.
    """
    for match in _IBAN.finditer(text.upper()):
        if code := country_code(match[0][:2]):
            yield code


def _coded(text: str) -> Iterator[str]:
    for pattern in (_RESIDENT, _BIC):
        for match in pattern.finditer(text.upper()):
            if code := country_code(match[1]):
                yield code


def _named(text: str) -> Iterator[str]:
    words = _WORD.findall(text)
    for at in range(len(words)):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            wording = " ".join(words[at : at + size])
            code = _CAPITALS.get(wording.casefold()) or country_code(wording)
            if len(wording) >= _SHORTEST and code:
                yield code
                break
