"""Read names of records as sets of words that can be compared across languages and orders."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from limen.names.reading.normalise import normalise
from limen.names.reading.tokens import INITIAL, NUMBER, WORD, Token

#: Kinds of words that distinguish a name; titles, particles and legal forms do not.
_TELLING = frozenset({WORD, NUMBER, INITIAL})

#: Tenths of a power of ten of a word that few listed names have or none; and thousandths of a
#: word's weight in one (``benchmarks/names/weights.py``). The words of one language go together,
#: so that a rare word counts for less than its share of all names would.
RAREST_WORD, WEIGHT = 26, 23

_WORD = re.compile(r"[^\W_]+")
#: An abbreviation in brackets behind a name: ``Foreign Trade Bank (FTB)``.
_BRACKETED = re.compile(r" \(([A-Z]{2,8})\)$")


class Words(NamedTuple):
    """Represents a name as words: as spelled in Latin letters, and as sounds, each sorted.

    ``key`` is the text under which equal names in any order and spelling are filed. ``rarity`` is
    how rare its words are among listed names, in tenths of a power of ten.
    """

    spelled: tuple[str, ...]
    sounds: tuple[str, ...]
    key: str
    rarity: int


@lru_cache(maxsize=1 << 18)
def read_words(name: str, *, person: bool, exact: bool = False) -> Words:
    """Return the distinguishing words of a name; all of its words where it has no others.

    ``exact`` names, of ships and aircraft, sound as they are spelled: ``EP-MNQ`` is no ``EP-MNK``.
    """
    tokens = normalise(name, person=person).tokens
    telling = [token for token in tokens if token.kind in _TELLING] or list(tokens)
    sounds = tuple(sorted(token.text if exact else _sound(token) for token in telling))
    spelled = tuple(sorted(token.text for token in telling))
    rarity = sum(_rarity(token) for token in telling if len(token.text) > 1)
    return Words(spelled, sounds, " ".join(sounds), round(rarity))


def _rarity(token: Token) -> float:
    """Return how rare a word is; a weight falls with the number of names that have the word."""
    return max(RAREST_WORD - (1000 - token.weight) / WEIGHT, 0.0)


def _sound(token: Token) -> str:
    """Return a word's sound; one that lists spell in many ways, by the class of its names."""
    return f"={min(token.classes) // 2}" if len(token.classes) == 1 else token.sound


def without_initials(name: str) -> str:
    """Return a name without the abbreviation of it that lists print in brackets behind it."""
    found = _BRACKETED.search(name)
    if found is None:
        return name
    longer = name[: found.start()]
    words = [word[0].upper() for word in _WORD.findall(longer)]
    return longer if len(words) > 1 and _in_order(found.group(1), words) else name


def _in_order(initials: str, words: list[str]) -> bool:
    """Return whether the words' first letters have all but one of the initials, in order."""
    left = iter(words)
    return (
        initials[0] == words[0] and sum(letter in left for letter in initials) >= len(initials) - 1
    )


@lru_cache(maxsize=1 << 16)
def as_written(name: str) -> tuple[str, ...]:
    """Return the words of a name as printed, case and punctuation aside."""
    return tuple(_WORD.findall(name.casefold()))
