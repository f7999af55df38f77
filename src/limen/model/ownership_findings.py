"""The part of an answer about ownership: a party that listed parties own, by one rule."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from limen.model.features import Feature, Level


class OwnershipStep(msgspec.Struct, frozen=True, gc=False):
    """Represents one stake of the path from the party up to its listed owners.

    Attributes:
        by: whether the owner is listed, is itself owned, or controls.
        held_from: the first day of the stake; ``None`` where it is not stated.
        held_to: the day from which it is no longer held.
        source: where the stake is from, in the words of the file.
    """

    owner: str
    owned: str
    percent: float | None
    by: Literal["listed", "owned", "control"]
    held_from: str | None
    held_to: str | None
    source: str


class OwnershipFinding(msgspec.Struct, frozen=True, gc=False, tag_field="kind", tag="ownership"):
    """Represents that listed parties own the party of the query, or may, by one authority's rule.

    ``kind`` is ``"ownership"``. The party itself need not be listed.

    Attributes:
        id: authority, rule and entity: ``"US:us-50:Leasing Ltd"``.
        caption: the entity of the file of stakes that the party is.
        score: how like their names are, 0 to 1.
        level: ``"hit"`` where it is owned and the names are equal enough, else ``"review"``.
        rule: the rule used; empty where the authority has none that is encoded.
        verdict: ``"owned"``, or ``"undecided"`` where a stake, control, an owner's listing or
            the rule itself is not known.
        percent: the share that counts by the rule; ``at_most`` with all that is not known.
        path: the stakes up to the listed owners, the nearest first.
        measures: the measures of the listed owners that the rule carries on.
        stakes: the file of stakes, and the beginning of its SHA-256.
    """

    id: str
    caption: str
    score: float
    level: Level
    why: str
    features: tuple[Feature, ...]
    authority: str
    rule: str
    rule_confidence: str
    verdict: Literal["owned", "undecided"]
    percent: float
    at_most: float
    path: tuple[OwnershipStep, ...]
    measures: tuple[str, ...]
    stakes: str

    @property
    def kind(self) -> Literal["ownership"]:
        return "ownership"

    @property
    def schema(self) -> str:
        """Return the schema of what a finding of this kind is about."""
        return "LegalEntity"

    def to_dict(self) -> dict[str, Any]:
        wire: dict[str, Any] = msgspec.to_builtins(self)
        return wire
