"""Fold the spellings of a place name into one key.

A name is written with or without accents, apostrophes, hyphens and capitals; a key is not.
Scripts stay apart: the gazetteer holds every name in each of them. ``limen.util.text`` folds less:
names of places also need the letters below, and the keys of the gazetteer depend on every step.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from limen.util.text import without_accents

#: Letters that decompose into nothing, and marks that are no letters.
_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ə": "a", "þ": "th",
        "ґ": "г", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ـ": "",
        **dict.fromkeys("'’ʼ`´ʹʺ‘′ʻ\u200c\u200d\u00ad", ""),
    }
)  # fmt: skip
_ASCII_WORD = re.compile("[a-z0-9]+")


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return text in lower case, without accents and apostrophes, one space between words."""
    if text.isascii() and text.isalnum():
        return text.lower()
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower().replace("'", "").replace("`", "")))
    plain = without_accents(text.casefold().translate(_LETTERS)).translate(_LETTERS)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


@lru_cache(maxsize=1 << 16)
def key(folded: str) -> int:
    """Return the 64-bit key of a folded name."""
    return int.from_bytes(
        blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "little"
    )
