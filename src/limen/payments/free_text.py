"""Decide which values, of those that may hold anything, are screened as text.

Sets no score: a value that is left out here has too few letters to name a party or a place.
"""

from __future__ import annotations

import re

#: A word in a reference: four letters in a row, as generated ones rarely have; or a ship's number.
_WORD = re.compile(r"[^\W\d_]{4}|IMO", re.IGNORECASE)


def may_be_text(text: str, *, reference: bool = False) -> bool:
    """Return whether a value may hold a name: three Latin letters, or one of another script.

    A reference must have a word: most are made of a prefix and digits, and each is another one.
    """
    if not text.isascii():
        return any(map(str.isalpha, text))
    if reference:
        return _WORD.search(text) is not None
    return sum(map(str.isalpha, text)) >= 3
