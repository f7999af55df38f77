"""Values grouped by the script they are written in, for people who read one of them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

_TITLES = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
_RIGHT_TO_LEFT = ("Arabic", "Hebrew", "Syriac", "Thaana")


def script_of(text: str) -> str:
    """The script most letters of a text are of: ``"Cyrillic"``; ``"Other"`` without letters."""
    found = Counter(
        unicodedata.name(char, "OTHER").partition(" ")[0].partition("-")[0]
        for char in text
        if char.isalpha()
    )
    if not found:
        return "Other"
    script = found.most_common(1)[0][0]
    return _TITLES.get(script, script.capitalize())


def by_script(texts: Iterable[str]) -> dict[str, list[str]]:
    """Texts by their script, Latin first, each text once."""
    groups: dict[str, list[str]] = {}
    for text in dict.fromkeys(texts):
        groups.setdefault(script_of(text), []).append(text)
    return dict(sorted(groups.items(), key=lambda group: (group[0] != "Latin", group[0])))


def direction(script: str) -> str:
    """How a script runs, as HTML says it."""
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"
