"""The result of a simulation: the hits, what each measure can reach, and each reading's share."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from limen.law.suppose.supposed import EvaluatedReading, Supposed

SCHEMA_VERSION = "2"

HitBy = Literal[
    "party", "programme", "ownership", "territory", "sector", "goods", "service", "licence_ended",
]  # fmt: skip


class Hit(msgspec.Struct, frozen=True):
    """One row that a supposed measure would reach.

    Attributes:
        newly: whether no measure of the authority hit the row before.
        widened: whether it was under a partial measure of the authority, and would be frozen.
        imposed_before: what the authority imposed on it before.
        under: the statements of the readings that suppose the measure; empty where assumed.
    """

    row: int
    label: str
    measure: str
    authority: str
    instrument: str
    prohibits: tuple[str, ...]
    target: str
    by: HitBy
    certainty: Literal["hit", "review", "cannot_say"]
    score: float | None
    newly: bool
    before: str
    hindsight: bool
    amount: float | None
    why: str
    provision: str = ""
    widened: bool = False
    imposed_before: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    stamp: Literal["simulation"] = "simulation"


class Reach(msgspec.Struct, frozen=True):
    """Whom one supposed provision can reach in this portfolio.

    Attributes:
        by: the kinds of targets that it has.
        hits: rows it would reach, and newly.
        cannot_be_assessed: rows for which the data do not say.
        why: what is missing in them.
    """

    measure: str
    provision: str
    authority: str
    prohibits: tuple[str, ...]
    by: tuple[str, ...]
    hits: int
    cannot_be_assessed: int
    why: str


class ReadingResult(msgspec.Struct, frozen=True):
    """One reading, and the rows that would be newly hit or frozen if it is the one that counts."""

    reading: EvaluatedReading
    newly_hit: dict[str, int]
    widened: dict[str, int]


class WhatIf(msgspec.Struct, frozen=True):
    """The result of a simulation.

    ``hits`` holds a line for every row and provision; ``newly_hit``, ``widened`` and ``amounts``
    count rows that were no hit of the same authority before, or no freeze, each once for an
    authority. ``disagreement`` maps statement to value where the readings differ, and ``nothing``
    says why the event supposes nothing.
    """

    stamp: Literal["simulation"]
    event: str | None
    at: str
    known_at: str
    snapshot: str
    assumptions: tuple[str, ...]
    nothing: str
    readings: tuple[ReadingResult, ...]
    disagreement: dict[str, str]
    supposed: tuple[Supposed, ...]
    reaches: tuple[Reach, ...]
    rows: int
    hit_before: int
    newly_hit: dict[str, int]
    widened: dict[str, int]
    amounts: dict[str, float]
    cannot_say: int
    hits: tuple[Hit, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form, of plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return {"schema_version": SCHEMA_VERSION, **plain}
