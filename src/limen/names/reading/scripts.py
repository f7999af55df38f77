"""Group values by the script they are written in, for readers who know one of them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

_TITLES = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
_RIGHT_TO_LEFT = ("Arabic", "Hebrew", "Syriac", "Thaana")


def script_of(text: str) -> str:
    """Return the script of most letters of a text: ``"Cyrillic"``; ``"Other"`` without letters."""
    counts = Counter(
        unicodedata.name(char, "OTHER").partition(" ")[0].partition("-")[0]
        for char in text
        if char.isalpha()
    )
    if not counts:
        return "Other"
    script = counts.most_common(1)[0][0]
    return _TITLES.get(script, script.capitalize())


def by_script(texts: Iterable[str]) -> dict[str, list[str]]:
    """Group texts by script, Latin first, each text once."""
    groups: dict[str, list[str]] = {}
    for text in dict.fromkeys(texts):
        groups.setdefault(script_of(text), []).append(text)
    return dict(sorted(groups.items(), key=lambda group: (group[0] != "Latin", group[0])))


def direction(script: str) -> str:
    """Return a script's direction as HTML's ``dir``."""
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"
