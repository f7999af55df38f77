"""Fictional vessels, for the alert rate of things: the words that ships are named with.

Ships all over the world are called Ocean Star or Lady Maria; a name that a listed ship happens to
bear is an alert here too, and the name alone cannot tell.
"""

from __future__ import annotations

import random

from benchmarks.search.companies import families, places

_FIRST = (
    "Ocean", "Sea", "Pacific", "Atlantic", "Nordic", "Baltic", "Stolt", "Maersk", "Cape", "Star",
    "Golden", "Silver", "Royal", "Grand", "New", "Great", "Southern", "Eastern", "Lady", "Princess",
    "King", "Captain", "Saint", "Bulk", "Front", "Glory", "Asian", "Viking", "Crystal", "Blue",
)  # fmt: skip
_SECOND = (
    "Star", "Pride", "Glory", "Spirit", "Dream", "Wave", "Breeze", "Pioneer", "Trader", "Carrier",
    "Express", "Harmony", "Venture", "Fortune", "Hope", "Eagle", "Falcon", "Dolphin", "Pearl",
    "Horizon", "Navigator", "Leader", "Victory", "Grace", "Sun", "Moon", "Light", "Queen", "Wind",
    "Island",
)  # fmt: skip
_NUMBERS = (
    "1",
    "2",
    "3",
    "5",
    "7",
    "8",
    "9",
    "11",
    "12",
    "21",
    "88",
    "I",
    "II",
    "III",
    "IV",
    "VII",
)


def vessels(count: int, seed: int = 2026) -> list[str]:
    """That many names of fictional vessels."""
    chance = random.Random(seed)
    family, place = families(), places()
    made = []
    for _ in range(count):
        first, second = chance.choice(_FIRST), chance.choice(_SECOND)
        pattern = chance.choice(
            (
                f"{first} {second}",
                f"{first} {second} {chance.choice(_NUMBERS)}",
                f"{chance.choice(place)} {second}",
                f"{first} {chance.choice(family)}",
                f"{chance.choice(family)} {chance.choice(_NUMBERS)}",
                f"MV {chance.choice(place)} {chance.choice(_NUMBERS)}",
            )
        )
        made.append(pattern)
    return made
