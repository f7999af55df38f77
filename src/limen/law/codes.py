"""Compare the law's words for sectors, goods and services with the codes that portfolios have.

A code of a portfolio is of a word where it begins like one of the word's codes in
``classifications.yml``; a code that is less exact than these may be, and that is unknown.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from limen.law.law import Law
from limen.model import InputError
from limen.util.lazy_patterns import lazy
from limen.util.text import fold

Scheme = Literal["nace", "naics", "hs", "word"]

#: ``64.19``, ``K64.19``, ``64``: a division of NACE, and what follows it.
_NACE = lazy(r"[A-Ua-u]?\s?(\d{2})(?:\.?(\d{1,2}))?(?:\.\d{1,2})?")
_NAICS = lazy(r"\d{2,6}")
_HS = lazy(r"\d{2}(?:[ .]?\d{2}){0,4}")
#: Chapters of the Harmonised System: 1 to 97, and 77 is reserved.
_LAST_CHAPTER, _RESERVED = 97, 77
#: Words of provisions that reach everything of a territory.
_EVERYTHING = frozenset({"all", "originating there"})


class Code(msgspec.Struct, frozen=True):
    """One value of a portfolio: its scheme and its digits, or folded words."""

    scheme: Scheme
    text: str


def read_sector(text: str, scheme: Scheme | None = None) -> Code:
    """Read a sector: a NACE or NAICS code, or words.

    A number without a scheme is NACE with a dot or a letter, and NAICS with three digits or more.
    """
    bare = text.strip()
    found = _NACE.fullmatch(bare)
    if scheme != "naics" and found and (scheme == "nace" or not bare.isdigit() or len(bare) < 3):
        return Code("nace", found[1] + (found[2] or ""))
    if scheme != "nace" and _NAICS.fullmatch(bare):
        return Code("naics", bare)
    return Code("word", fold(text))


def read_goods(text: str) -> Code:
    """Read goods: a code of the Harmonised System or the Combined Nomenclature, or words.

    Raises:
        InputError: a number that is no such code.
    """
    bare = text.strip()
    if not bare[:1].isdigit():
        return Code("word", fold(text))
    chapter = int(bare[:2]) if bare[:2].isdigit() else 0
    if not _HS.fullmatch(bare) or not 1 <= chapter <= _LAST_CHAPTER or chapter == _RESERVED:
        raise InputError(
            f"{text!r} is no HS or CN code",
            where="goods",
            why="they have 2, 4, 6, 8 or 10 digits, and chapters 01 to 97 without 77",
            hint="write 2709, 2709 00 or 270900; a leading 0 belongs to the code",
        )
    return Code("hs", "".join(char for char in bare if char.isdigit()))


def is_of(law: Law, word: str, code: Code) -> bool | None:
    """Return whether a code is of a word of the law; ``None`` where that is unknown."""
    if word in _EVERYTHING:
        return True
    codes = law.classifications.get(word)
    if code.scheme == "word":
        names = (word, *codes.also) if codes else (word,)
        return any(f" {fold(name)} " in f" {code.text} " for name in names)
    beginnings = getattr(codes, code.scheme) if codes else ()
    if not beginnings:
        return None
    if any(code.text.startswith(each) for each in beginnings):
        return True
    return None if any(each.startswith(code.text) for each in beginnings) else False
