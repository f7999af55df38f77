"""Read the words that decide whether text can be a listed name: ``data/text_names.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from limen.util.located_yaml import locate_packaged


class _Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    words: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ties: _Group
    spared: _Group
    neighbours: _Group
    ordinary: _Group
    places: _Group
    acronyms: _Group
    craft: _Group
    labels: _Group
    number_labels: _Group


class TextWords(msgspec.Struct, frozen=True):
    """Represents the words, in lower case.

    Attributes:
        ties: small words inside names.
        spared: what may be missing where one word means a name.
        neighbours: what may be next to a name of one word.
        common: words that alone name no party.
        acronyms: of three letters, that name one listed body.
        craft: what shows that a ship or an aircraft is spoken of.
        labels: what forms put before a part of a name.
        number_labels: what says that a number follows which is no amount, date or page.
    """

    ties: frozenset[str]
    spared: frozenset[str]
    neighbours: frozenset[str]
    common: frozenset[str]
    acronyms: frozenset[str]
    craft: frozenset[str]
    labels: frozenset[str]
    number_labels: frozenset[str]


@cache
def text_words() -> TextWords:
    """Return the words, read once."""
    file = locate_packaged("limen.mentions.data", "text_names.yml").decode(_File)
    return TextWords(
        ties=_set(file.ties),
        spared=_set(file.spared),
        neighbours=_set(file.neighbours),
        common=_set(file.ordinary) | _set(file.places),
        acronyms=_set(file.acronyms),
        craft=_set(file.craft),
        labels=_set(file.labels),
        number_labels=_set(file.number_labels),
    )


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of whole words in any case that searches a long text fast.

    It begins with the set of their first letters, by which all other characters are skipped; a
    word boundary, or case that is ignored throughout, would be tried at every character.

    Args:
        words: in small letters.
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    firsts = "".join(sorted({char for word in longest_first for char in word[0] + word[0].upper()}))
    rest = "|".join(
        f"(?<=[{word[0]}{word[0].upper()}])(?i:{re.escape(word[1:])})" for word in longest_first
    )
    return rf"[{firsts}](?<!\w.)(?:{rest})(?!\w)"


def _set(group: _Group) -> frozenset[str]:
    return frozenset(group.words.split())
