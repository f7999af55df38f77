"""Represent evidence: facts that two records share or differ in, and how far they reach."""

from __future__ import annotations

from typing import Literal, NamedTuple

Strength = Literal["judged", "reference", "number", "attributes", "possible"]
#: Evidence by how far it reaches, the strongest first.
STRENGTHS: tuple[Strength, ...] = ("judged", "reference", "number", "attributes", "possible")
#: Points of a judgement, a reference and a number.
CERTAIN = 100


class Reason(NamedTuple):
    """Represents one fact that two records share, or differ in: both values as printed."""

    what: str
    points: int
    one: str = ""
    other: str = ""


class Evidence(NamedTuple):
    """Represents what speaks for two records being of one party."""

    strength: Strength
    points: int
    reasons: tuple[Reason, ...]
