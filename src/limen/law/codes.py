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
#: The last heading of each chapter of the Harmonised System, 1 to 97; 77 is reserved. Headings
#: that an edition dropped in between are taken: acts of that time name them.
_LAST_HEADINGS = (
    6, 10, 9, 10, 11, 4, 14, 14, 10, 8, 9, 14, 2, 4, 22, 5, 4, 6, 5, 9,
    6, 9, 9, 4, 30, 21, 16, 53, 42, 6, 5, 15, 7, 7, 7, 6, 7, 27, 26, 17,
    15, 6, 4, 21, 4, 2, 7, 23, 11, 7, 13, 12, 11, 8, 16, 9, 5, 11, 11, 6,
    17, 17, 10, 6, 7, 3, 4, 15, 14, 20, 18, 29, 26, 19, 8, 16, 0, 6, 7, 7,
    13, 15, 11, 87, 49, 9, 16, 7, 8, 33, 14, 9, 7, 6, 8, 20, 6,
)  # fmt: skip
#: Words of provisions that reach everything of a territory.
EVERYTHING = frozenset({"all", "originating there"})


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
    digits = "".join(char for char in bare if char.isdigit())
    if not _HS.fullmatch(bare):
        raise InputError(
            f"{text!r} is no HS or CN code",
            where="goods",
            why="they have 2, 4, 6, 8 or 10 digits, and chapters 01 to 97 without 77",
            hint="write 2709, 2709 00 or 270900; a leading 0 belongs to the code",
        )
    nearest = _nearest_heading(digits)
    if not digits.startswith(nearest):
        raise InputError(
            f"there is no HS or CN code {text!r}",
            where="goods",
            why="the chapters are 01 to 97 without 77, each with its own headings",
            hint=f"did you mean {nearest}?",
        )
    return Code("hs", digits)


def _nearest_heading(digits: str) -> str:
    """Return the chapter or heading of a code, or the nearest one where there is none."""
    chapter = min(max(int(digits[:2]), 1), len(_LAST_HEADINGS))
    if not _LAST_HEADINGS[chapter - 1]:
        chapter -= 1
    if len(digits) == 2:
        return f"{chapter:02}"
    last = _LAST_HEADINGS[chapter - 1]
    heading = int(digits[2:4]) if chapter == int(digits[:2]) else last
    return f"{chapter:02}{min(max(heading, 1), last):02}"


def is_of(law: Law, word: str, code: Code) -> bool | None:
    """Return whether a code is of a word of the law; ``None`` where that is unknown."""
    if word in EVERYTHING:
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
