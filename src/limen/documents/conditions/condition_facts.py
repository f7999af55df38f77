"""Propose the facts of a condition: what an event must have to meet it.

The facts are those of the regime files (``facts.yml``). A word that gives no boundary
("further", "again") is proposed as undefined: no event decides it.
"""

from __future__ import annotations

import re
from typing import Any

_FORCES = re.compile(
    r"\b(?:troops?|forces?|units?|soldiers?|army|military|tanks?|toecap|boots?|incursion|invasion|invade)\b",
    re.IGNORECASE,
)
_RUSSIAN = re.compile(r"\b(?:Russia\w*|Moscow|Kremlin|Putin|he|they)\b")
_CROSSING = re.compile(
    r"\b(?:cross\w*|across|over)\b[^.]{0,60}\bborder|\bborder\b[^.]{0,30}\bcross", re.IGNORECASE
)
_HELD = re.compile(
    r"\b(?:Donbas|Donbass|Donetsk|Luhansk|Lugansk|Crimea|republics?|separatist|occupied)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:further|again|more|renewed|significant|additional)\b", re.IGNORECASE)
_RECOGNISES = re.compile(r"\brecogni[sz]\w*\b", re.IGNORECASE)
_SCALES = (
    ("minor", re.compile(r"\bminor\b", re.IGNORECASE)),
    ("limited", re.compile(r"\blimited\b", re.IGNORECASE)),
    ("large", re.compile(r"\blarge\b", re.IGNORECASE)),
    ("full", re.compile(r"\bfull[- ](?:scale|fledged)\b|\bfully fledged\b", re.IGNORECASE)),
)


def facts_of(condition: str, polarity: str) -> dict[str, Any] | None:
    """Return the condition in facts; ``None`` where its words name no fact that is known.

    Args:
        condition: the words.
        polarity: ``"negative"`` where the consequence is denied: the reading then holds for
            everything but what it names.
    """
    facts = _plain(condition)
    if not facts:
        return None
    if polarity == "negative":
        named = {name: value for name, value in facts.items() if name != "actor"}
        if not named:
            return None
        actor = {"actor": facts["actor"]} if "actor" in facts else {}
        return {**actor, "not": named}
    open_word = _OPEN.search(condition)
    if open_word and "crossed_border" not in facts:
        undefined = f'no boundary was given for "{open_word.group().lower()}"'
        return {**facts, "undefined": undefined}
    return facts


def _plain(condition: str) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if _FORCES.search(condition) and _RUSSIAN.search(condition):
        facts["actor"] = "russian_forces"
    if _CROSSING.search(condition):
        facts["crossed_border"] = "true"
    if re.search(r"\bassembled\b", condition, re.IGNORECASE):
        facts["assembled"] = "true"
    if re.search(r"\baggressive\b", condition, re.IGNORECASE):
        facts["aggressive"] = "true"
    if _HELD.search(condition) and "crossed_border" not in facts:
        facts["location_class"] = "already_occupied"
    if _RECOGNISES.search(condition):
        facts["recognises_regions"] = "true"
    for scale, pattern in _SCALES:
        if pattern.search(condition):
            facts["scale"] = scale
    return facts
