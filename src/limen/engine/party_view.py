"""Define a party as an analyst reads it: names, facts, listings, and why its records are one."""

from __future__ import annotations

from typing import Any

import msgspec


class NameOnLists(msgspec.Struct, frozen=True):
    """Represents a name with the records that print it; ``weak`` where all of them call it weak."""

    text: str
    script: str
    records: tuple[str, ...]
    weak: bool


class Fact(msgspec.Struct, frozen=True):
    """Represents a value with the records that print it, and those that print another instead."""

    property: str
    value: str
    records: tuple[str, ...]
    contradicted_by: tuple[str, ...]


class ListedPeriod(msgspec.Struct, frozen=True):
    """Represents a listing: ISO days or instants, ``None`` where open or not known.

    ``since_basis`` is where the start is from; with ``on_or_before`` and ``first_seen`` it is a
    bound. ``applies`` is whether it applied at the instant of the view.
    """

    authority: str
    list: str
    record: str
    since: str | None
    since_basis: str
    until: str | None
    applies: bool
    programmes: tuple[str, ...]
    measures: tuple[str, ...]
    acts: tuple[str, ...]


class Relation(msgspec.Struct, frozen=True):
    """Represents evidence between two records: what agrees, and the ISO day it is known since.

    ``because`` says what forbids the join, where that is so.
    """

    one: str
    other: str
    by: str
    points: int
    since: str
    reasons: tuple[str, ...]
    because: str = ""


class PartyChange(msgspec.Struct, frozen=True):
    """Represents a day on which a record came from one party to another: a merge or a split."""

    day: str
    record: str
    before: str
    after: str
    why: str


class PartyRecord(msgspec.Struct, frozen=True):
    """Represents a record of a party, and the version of its list that it is read from."""

    id: str
    list: str
    authority: str
    caption: str
    version: str
    sha256: str


class PartyView(msgspec.Struct, frozen=True):
    """Represents a party as of one instant and as known at another.

    ``joins`` are why its records are one, ``possible`` what may be the same and is not joined,
    ``refused`` what would be but for a contradiction; ``changes`` have the day on which each record
    came to it or left. All are as known at the instant.
    """

    id: str
    caption: str
    schema: str
    as_of: str
    known_at: str
    records: tuple[PartyRecord, ...]
    names: tuple[NameOnLists, ...]
    facts: tuple[Fact, ...]
    listings: tuple[ListedPeriod, ...]
    joins: tuple[Relation, ...]
    possible: tuple[Relation, ...]
    refused: tuple[Relation, ...]
    changes: tuple[PartyChange, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the view as JSON values."""
        document: dict[str, Any] = msgspec.to_builtins(self)
        return document
