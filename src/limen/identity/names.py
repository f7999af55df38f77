"""Read names of records as sets of words that can be compared across languages and orders."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from limen.names.reading.normalise import normalise
from limen.names.reading.tokens import INITIAL, NUMBER, WORD, Token

#: Kinds of words that distinguish a name; titles, particles and legal forms do not.
_TELLING = frozenset({WORD, NUMBER, INITIAL})

_WORD = re.compile(r"[^\W_]+")


class Words(NamedTuple):
    """Represents a name as words: as spelled in Latin letters, and as sounds, each sorted.

    ``key`` is the text under which equal names in any order and spelling are filed.
    """

    spelled: tuple[str, ...]
    sounds: tuple[str, ...]
    key: str


@lru_cache(maxsize=1 << 18)
def read_words(name: str, *, person: bool, exact: bool = False) -> Words:
    """Return the distinguishing words of a name; all of its words where it has no others.

    ``exact`` names, of ships and aircraft, sound as they are spelled: ``EP-MNQ`` is no ``EP-MNK``.
    """
    tokens = normalise(name, person=person).tokens
    telling = [token for token in tokens if token.kind in _TELLING] or list(tokens)
    sounds = tuple(sorted(token.text if exact else _sound(token) for token in telling))
    return Words(tuple(sorted(token.text for token in telling)), sounds, " ".join(sounds))


def _sound(token: Token) -> str:
    """Return a word's sound; one that lists spell in many ways, by the class of its names."""
    return f"={min(token.classes) // 2}" if len(token.classes) == 1 else token.sound


@lru_cache(maxsize=1 << 16)
def as_written(name: str) -> tuple[str, ...]:
    """Return the words of a name as printed, case and punctuation aside."""
    return tuple(_WORD.findall(name.casefold()))
