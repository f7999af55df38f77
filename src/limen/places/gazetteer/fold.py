"""Fold the spellings of a place name into one key.

A name is written with or without accents, apostrophes, hyphens and capitals; a key is not.
Scripts stay apart: what joins them is that the gazetteer holds every name in each of them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from hashlib import blake2b

#: Letters that decompose into nothing, and marks that are no letters.
_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ə": "a", "þ": "th",
        "ґ": "г", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ـ": "",
        **dict.fromkeys("'’ʼ`´ʹʺ‘′ʻ\u200c\u200d\u00ad", ""),
    }
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower case, without accents and apostrophes, words apart by one space."""
    if text.isascii() and text.isalnum():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).translate(_LETTERS)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


@lru_cache(maxsize=1 << 16)
def key(folded: str) -> int:
    """The 64-bit key of a folded name."""
    return int.from_bytes(
        blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "little"
    )
