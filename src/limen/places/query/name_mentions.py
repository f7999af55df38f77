"""A text of an address, its words, and the names that were read in it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from limen.places.gazetteer.gazetteer import Named

Default = Literal["", "place", "street", "name", "country", "region", "birthplace"]
Size = Literal["", "city", "town", "village"]
Role = Literal["place", "street", "name", "government", "birthplace"]


@dataclass(slots=True)
class Word:
    """A word with its place in the text. ``glued`` says that a hyphen joins it to the next."""

    text: str
    folded: str
    start: int
    end: int
    part: int
    glued: bool
    roles: frozenset[str]

    @property
    def number(self) -> bool:
        return self.folded[:1].isdigit()


@dataclass(slots=True)
class Mention:
    """A name that was read: words ``first`` to ``last`` (exclusive) of a text."""

    first: int
    last: int
    named: Named
    role: Role
    size: Size  # what a word before it says of the settlement that follows
    whole: bool  # it is all there is between two breaks, numbers aside
    ending: bool  # it ends its part of the address
    numbered: bool  # nothing but a house number follows: it may be a street without its word
    start: int
    end: int
    text: str
    field: str
    slip: str = ""


@dataclass(slots=True)
class Text:
    """One text of an address, read."""

    field: str
    text: str
    default: Default
    words: list[Word]
    mentions: list[Mention] = dataclasses.field(default_factory=list)
    slavic: bool = False
    ukrainian: bool = False

    @property
    def taken(self) -> set[int]:
        return {at for each in self.mentions for at in range(each.first, each.last)}
