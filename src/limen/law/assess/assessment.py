"""The answer of an assessment: every reading with its value and why, and where they differ.

A reading that is met is "condition met", never "in force": only a measure's own status says that.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from limen.law.assess.policies import View
from limen.law.in_force import MeasureView

SCHEMA_VERSION = "1"

TruthWord = Literal["true", "false", "unknown"]


class Turn(msgspec.Struct, frozen=True):
    """One fact that would change a reading if it had another value."""

    fact: str
    asks: str
    value: str
    becomes: TruthWord


class AppliedReading(msgspec.Struct, frozen=True):
    """One reading applied to the event.

    The moment is as exact as the source, and ``zone`` that of its days.

    ``standing`` is ``"superseded"`` where the same authority has replaced the statement since; it
    stays on record, and out of the disagreement.
    """

    statement: str
    trigger: str
    authority: str
    speaker: str
    role: str
    rank: str
    attribution: str
    kind: str
    said_at: str
    zone: str
    quote: str
    reading: str
    value: TruthWord
    grade: Literal["full", "lesser", "none"]
    why: str
    missing: tuple[str, ...]
    asks: tuple[str, ...]
    turns: tuple[Turn, ...]
    whose_word: str
    standing: Literal["active", "superseded"]
    superseded_by: tuple[str, ...]
    clarifies: tuple[str, ...]
    contradicts: tuple[str, ...]
    source: tuple[str, ...]


class TriggerResult(msgspec.Struct, frozen=True):
    """One trigger: its question, who decides, and under which readings its condition is met."""

    id: str
    question: str
    determiner: str
    consequence: str
    condition_met: Literal["every", "some", "none"]
    met_under: tuple[str, ...]
    not_met_under: tuple[str, ...]
    unknown_under: tuple[str, ...]
    prepared: tuple[str, ...]


class Silent(msgspec.Struct, frozen=True):
    """A reading that does not apply to events of this kind."""

    statement: str
    trigger: str
    why: str


class Assessment(msgspec.Struct, frozen=True):
    """All readings applied to one event at one instant.

    ``disagreement`` maps statement to value for each trigger with active readings of different
    values. ``condition_met`` is true where every active reading is.
    """

    event: str
    slug: str
    title: str
    event_known: bool
    at: str
    known_at: str
    readings: tuple[AppliedReading, ...]
    silent: tuple[Silent, ...]
    disagreement: dict[str, TruthWord]
    condition_met: bool
    triggers: tuple[TriggerResult, ...]
    in_force: tuple[MeasureView, ...]
    prepared: tuple[MeasureView, ...]
    proposed: tuple[MeasureView, ...]
    policy: str | None
    views: dict[str, View]

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form, of plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return {"schema_version": SCHEMA_VERSION, **plain}
