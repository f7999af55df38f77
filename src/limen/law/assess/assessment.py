"""What an assessment says: every reading with its value and why, and where they part.

A reading that is met is "condition met", never "in force": only a measure's own status says that.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from limen.law.assess.policies import View
from limen.law.in_force import MeasureView

SCHEMA_VERSION = "1"

Word = Literal["true", "false", "unknown"]


class Turn(msgspec.Struct, frozen=True):
    """One fact that, were it so, would change a reading."""

    fact: str
    asks: str
    value: str
    becomes: Word


class Read(msgspec.Struct, frozen=True):
    """One reading applied to the event.

    ``said_at`` is as exact as the source, and ``zone`` that of its days.

    ``standing`` is ``"superseded"`` where the same authority has replaced the words since; they
    stay on record, and out of the disagreement.
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
    value: Word
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


class Asked(msgspec.Struct, frozen=True):
    """One trigger: its question, who decides, and under whose readings its condition is met."""

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
    """A reading that says nothing about such an event."""

    statement: str
    trigger: str
    why: str


class Assessment(msgspec.Struct, frozen=True):
    """What everybody's words come to, applied to one event at one instant.

    ``disagreement`` holds, of each trigger whose active readings do not all come to the same,
    statement -> value. ``condition_met`` is true where every active reading is.
    """

    event: str
    slug: str
    title: str
    event_known: bool
    at: str
    known_at: str
    readings: tuple[Read, ...]
    silent: tuple[Silent, ...]
    disagreement: dict[str, Word]
    condition_met: bool
    triggers: tuple[Asked, ...]
    in_force: tuple[MeasureView, ...]
    prepared: tuple[MeasureView, ...]
    proposed: tuple[MeasureView, ...]
    policy: str | None
    views: dict[str, View]

    def to_dict(self) -> dict[str, Any]:
        """The wire form, of plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return {"schema_version": SCHEMA_VERSION, **plain}
