"""A case: one listed party, written in one way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """A listed party, as the snapshot holds it.

    Attributes:
        id: ``list:record``.
        schema: its FollowTheMoney schema.
        name: a strong name of it, the one that is written.
        properties: everything the list says of it.
    """

    id: str
    schema: str
    name: str
    properties: dict[str, tuple[str, ...]]

    def first(self, name: str) -> str:
        """Return the first value of a property, or an empty text."""
        return next(iter(self.properties.get(name, ())), "")


@dataclass(frozen=True, slots=True)
class Case:
    """One variant of a target.

    Attributes:
        kind: the way it is written: ``"invisible character in a word"``.
        target: who it is.
        schema: the schema it is sent with.
        properties: the properties it is sent with.
        certain: a person who sees it would call it a certain hit.
    """

    kind: str
    target: Target
    schema: str
    properties: dict[str, Any] = field(default_factory=dict)
    certain: bool = True

    def wire(self) -> dict[str, Any]:
        """Return the party as FollowTheMoney JSON."""
        return {"schema": self.schema, "properties": self.properties}
