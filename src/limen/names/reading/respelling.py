"""Spell a name as English lists would: Russian in German, French or Polish, Korean in Hangul.

``limen-2`` compares these spellings besides the name itself, so that they can only add a match.
Sources: Duden's transcription of Russian, the French and Polish press's, and the Revised
Romanisation of Korean (2000) with the family names as passports print them.
"""

from __future__ import annotations

import re

from limen.util.lazy_patterns import lazy

#: By language: signs of a transcription, then the spellings and what English writes.
_LANGUAGES = (
    (
        lazy(r"schtsch|tsch|dsch|sch|w(?:itsch|ski)|[aeou]jew|ow\b|ew\b|jow|\bj[aeu]|\bw[aeilos]"),
        (
            ("schtsch", "shch"), ("dsch", "j"), ("tsch", "ch"), ("sch", "sh"), ("jo", "yo"),
            ("ja", "ya"), ("ju", "yu"), ("je", "ye"), ("ij", "iy"), ("ej", "ey"), ("aj", "ay"),
            ("oj", "oy"), ("w", "v"), ("j", "y"),
        ),
    ),
    (
        lazy(r"tch|ou|dj|guin|guei|oï|aï|ine\b"),
        (
            ("chtch", "s\0"), ("tch", "\0"), ("kh", "\1"), ("ch", "sh"), ("\0", "ch"), ("\1", "kh"),
            ("dj", "j"),
            ("ou", "u"), ("guei", "gei"), ("gui", "gi"), ("oï", "oy"), ("aï", "ay"),
            ("eï", "ey"), ("ine ", "in "),
        ),
    ),
    (
        lazy(r"sz|cz|[lł]ow|wicz|\bw[lł]|rz|ski(?:j|)\b"),
        (
            ("szcz", "shch"), ("sz", "sh"), ("cz", "ch"), ("rz", "r"),
            ("ju", "yu"), ("ja", "ya"), ("je", "ye"), ("j", "y"), ("w", "v"), ("ł", "l"),
            ("ż", "zh"),
        ),
    ),
)  # fmt: skip
_HANGUL = lazy("[가-힣]+")
_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k",
             "t", "p", "h")  # fmt: skip
_VOWELS = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo",
           "we", "wi", "yu", "eu", "ui", "i")  # fmt: skip
_FINALS = ("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "l", "l", "m", "p",
           "p", "t", "t", "ng", "t", "t", "k", "t", "p", "")  # fmt: skip
#: Family names whose passports do not follow the romanisation.
_FAMILIES = {"김": "kim", "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang",
             "조": "cho", "윤": "yoon", "임": "lim", "노": "roh", "우": "woo", "문": "moon",
             "유": "yoo", "리": "ri", "구": "koo", "권": "kwon", "고": "ko"}  # fmt: skip
#: ``Abdul`` and ``Abdel`` with two letters exchanged.
_ABDUL = lazy(r"\b(?:adb[ue]l|bad[ue]l|ab[ue]dl|abdl[ue])(?=[\s-])", re.IGNORECASE)
#: Given names of so few letters are spelt as legal forms are.
_LIKE_A_FORM = 5
#: Arabic letters; the sign that keeps two of them apart; and the parts that compounds are made of:
#: ``خيرالله``, ``عباسعلی``, ``محمدرضا``, the article before two letters, ``رحیم پور``.
_ARABIC, _NO_JOINER = lazy("[\u0621-\u06d3]"), "\u200c"
_LAST_PART = lazy(r"(?<!\w)(\w{2,})(الله|اللہ|عل[یيى])\b")
_FIRST_PART = lazy(r"\b(محمد|عل[یي]|غلام|عبد)(\w{3,})")
_ARTICLE = lazy(r"\bال(\w{2})\b")
_POUR = lazy(r" (?=(?:پور|زاده|نیا|فر)\b)")
#: Longer names are no person's.
_MOST = 80


def respelled(raw: str, *, person: bool) -> tuple[str, ...]:
    """Return the spellings of a name that an English list would print, if they are others."""
    if len(raw) > _MOST:
        return ()
    if person and not raw.isascii() and (run := _HANGUL.search(raw)) is not None:
        return (raw.replace(run[0], _romanised(run[0])),)
    if not person:
        return ()
    folded = raw.casefold()
    found: dict[str, None] = {}
    for signs, spellings in _LANGUAGES:
        if signs.search(folded):
            spelled = f"{folded} "
            for written, english in spellings:
                spelled = spelled.replace(written, english)
            found[spelled.rstrip()] = None
    return tuple(found)


def corrected(raw: str) -> tuple[str, ...]:
    """Return a person's name without a misspelt ``Abdul``, and with its last words first.

    ``Adbul`` is no part of a name that is split, and a short word behind a comma may be read as a
    legal form: ``AL-TIKRITI, SA'D``.
    """
    found = []
    spelled = _ABDUL.sub("abdul", raw)
    if spelled != raw:
        found.append(spelled)
    family, comma, given = raw.rpartition(",")
    if comma and family and 1 < len(given.strip()) <= _LIKE_A_FORM:
        found.append(f"{given.strip()} {family}")
    return tuple(found)


def apart(raw: str) -> tuple[str, ...]:
    """Return a name in Arabic letters with its compounds in parts, and those in parts in one."""
    if raw.isascii() or _ARABIC.search(raw) is None:
        return ()
    whole = _ARTICLE.sub(r"ال \1", raw.replace(_NO_JOINER, ""))
    parts = _LAST_PART.sub(r"\1 \2", whole)
    found = (whole, parts, _FIRST_PART.sub(r"\1 \2", parts), _POUR.sub("", parts))
    return tuple(dict.fromkeys(reading for reading in found if reading != raw))


def _romanised(run: str) -> str:
    """Return Hangul in Latin letters, the family name apart from the given name."""
    if not 2 <= len(run) <= 4:
        return "".join(map(_syllable, run))
    family = _FAMILIES.get(run[0]) or _syllable(run[0])
    return f"{family} {' '.join(map(_syllable, run[1:]))}"


def _syllable(character: str) -> str:
    index = ord(character) - 0xAC00
    vowel, final = divmod(index % 588, 28)
    return _INITIALS[index // 588] + _VOWELS[vowel] + _FINALS[final]
