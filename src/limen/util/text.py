"""Fold text to compare it: one place for case, accents, punctuation and blanks.

For headings, labels, countries and search boxes. Names of parties are read by
``limen.names.reading``, which knows scripts, and are never folded here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

#: Letters and digits, as ``str.isalnum`` has them.
_WORD = re.compile(r"[^\W_]+")


def without_accents(text: str) -> str:
    """Return text in lower case and compatibility form, without combining marks."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Return the words of a text: lower case, no accents, one blank between words.

    Letters and digits of every script count; everything else parts words
    (``"São-Tomé (city)"`` -> ``"sao tome city"``).
    """
    return " ".join(_WORD.findall(without_accents(text)))


def squash(text: str) -> str:
    """Return a folded text without blanks: ``"Date of Birth"`` -> ``"dateofbirth"``."""
    return "".join(_WORD.findall(without_accents(text)))


def single_spaced(text: str) -> str:
    """Return text in lower case with single blanks; accents and punctuation stay."""
    return " ".join(text.split()).casefold()


def repeated(names: Iterable[str]) -> list[str]:
    """Return the names that are there more than once, in the order of their first place."""
    return [name for name, count in Counter(names).items() if count > 1]
