"""The record types of a read address text: its words, and the names in it."""

from __future__ import annotations

from typing import Literal

import msgspec

from limen.places.gazetteer.gazetteer import Named

Default = Literal["", "place", "street", "name", "country", "region", "birthplace"]
Size = Literal["", "city", "town", "village"]
Role = Literal["place", "street", "name", "government", "birthplace"]


class Word(msgspec.Struct):
    """A word with its place in the text; ``glued`` is true where a hyphen joins it to the next."""

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


class Mention(msgspec.Struct):
    """A name in a text: words ``first`` to ``last`` (exclusive) of a text."""

    first: int
    last: int
    named: Named
    role: Role
    size: Size  # of the settlement, by a word before the name
    whole: bool  # it is all there is between two breaks, numbers aside
    ending: bool  # it ends its part of the address
    numbered: bool  # nothing but a house number follows: it may be a street without its word
    start: int
    end: int
    text: str
    field: str
    slip: str = ""


class Text(msgspec.Struct):
    """One text of an address, with the words and names in it."""

    field: str
    text: str
    default: Default
    words: list[Word]
    mentions: list[Mention] = []
    slavic: bool = False
    ukrainian: bool = False

    @property
    def taken(self) -> set[int]:
        return {at for each in self.mentions for at in range(each.first, each.last)}
