"""Reduce a Latin spelling to its coarse sound, so that transliterations of one name agree.

``sound("sergej") == sound("serguei") == sound("sergey")``. The rules merge on purpose: equal
sounds are evidence for a transliteration, weighed below equal letters, and never an identity.
Source: the passport and library standards named in ``data/characters.yml``.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Longest first. Upper case letters are sounds that one Latin letter does not write.
_DIGRAPHS = {
    "schtsch": "s", "shtch": "s", "stsch": "s", "shch": "s", "tsch": "c", "dsch": "j",
    "sch": "s", "tj": "c", "tch": "c", "dzh": "j", "dj": "j", "zh": "j", "kh": "h", "gh": "g",
    "ph": "f", "th": "t", "dh": "d", "sh": "s", "ch": "c", "cz": "c", "ck": "k", "sz": "s",
    "rh": "r", "ou": "u", "oo": "u", "ee": "i", "ei": "ei", "ii": "i", "iy": "i", "ij": "i",
    "yy": "i", "yi": "i", "iu": "u", "yu": "u", "ia": "a", "ya": "a", "ie": "e", "ye": "e",
    "io": "o", "yo": "o", "ay": "ei", "ai": "ei", "ey": "ei", "ej": "ei", "aj": "ei",
    "oy": "oi", "oj": "oi", "uy": "ui", "gui": "gi", "gue": "ge", "ts": "c", "tz": "c",
    "dz": "z", "x": "ks", "q": "k", "qu": "k", "w": "v", "y": "i", "ae": "e", "oe": "o",
    "ue": "u", "aa": "a", "uu": "u", "eo": "o", "eu": "u", "ow": "u", "hs": "s", "j": "j",
}  # fmt: skip
_RULE = re.compile("|".join(sorted(_DIGRAPHS, key=lambda spelling: (-len(spelling), spelling))))
#: ``c`` is a ``k`` except before these letters.
_HARD_C = re.compile(r"c(?![eiyhz])")
_FIRST_X = re.compile(r"^x(?=[aeiou])")  # Xi is Hsi, Xavier is Javier; Alexis has both sounds
#: ``j`` between a consonant and a vowel only softens: Gorbatjov.
_SOFT_J = re.compile(r"(?<=[lnrtdvbpz])j(?=[aeou])")
_DOUBLED = re.compile(r"(.)\1+")
_SILENT_H = re.compile(r"(?<=[aeiou])h(?=[^aeiou]|$)")
#: An abjad leaves vowels out, and writes voiced and voiceless consonants by one letter.
_CONSONANTS = str.maketrans("gdbzcjq", "ktpsssk", "aeiouyw")


@lru_cache(maxsize=65_536)
def sound(text: str) -> str:
    """Return the sound of a Latin word of ``a-z0-9``; where no sound is left, the word itself."""
    if len(text) < 2 or text.isdigit():
        return text
    reduced = text
    if reduced[0] == "x":
        reduced = _FIRST_X.sub("s", reduced)
    if "c" in reduced:
        reduced = _HARD_C.sub("k", reduced)
    if "j" in reduced:
        reduced = _SOFT_J.sub("", reduced)
    reduced = _RULE.sub(_replace, reduced)
    if "h" in reduced:
        reduced = _SILENT_H.sub("", reduced)
    return _once(reduced) or text


def _replace(match: re.Match[str]) -> str:
    return _DIGRAPHS[match.group()]


def _once(letters: str) -> str:
    """Return letters with each run of one letter as that letter."""
    return _DOUBLED.sub(_first, letters)


def _first(match: re.Match[str]) -> str:
    return match[0][0]


def skeletons(text: str, sounds: str) -> tuple[str, ...]:
    """Return the consonants of a word, voiced and voiceless as one, alike in abjads and Latin.

    A first vowel counts as one letter, because an abjad writes that there is one. ``v`` is
    written with waw, which is also a vowel, or with feh: a word with ``v`` has both skeletons.

    Args:
        text: the word in Latin letters.
        sounds: its sound; for a word read from an abjad, its text.
    """
    if sounds.isdigit():
        return (sounds,)
    bare = sounds.translate(_CONSONANTS)
    lead = "a" if text[:1] in "aeiou" else ""
    if "v" in bare:
        return (_finish(lead, bare.replace("v", "")), _finish(lead, bare.replace("v", "f")))
    return (_finish(lead, bare),)


def _finish(lead: str, consonants: str) -> str:
    if len(consonants) > 1 and consonants.endswith("h"):
        consonants = consonants[:-1]
    return _once(lead + consonants)
