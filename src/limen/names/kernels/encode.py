"""Lay typed words out as arrays of integers, the form that kernels read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from limen.names.kernels.arrays import Pack
from limen.names.kernels.word_similarity import ABJAD, SYLLABIC
from limen.names.reading.tokens import Token

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_CODES = {letter: at + 1 for at, letter in enumerate(_LETTERS)}
#: The types of a pack's arrays, in the order of its fields.
_TYPES = ("u1", "i4", "u1", "i4", "u1", "i2", "i2", "i8", "i4")


@lru_cache(maxsize=262_144)
def encode(text: str) -> tuple[int, ...]:
    """Return a word of ``a-z0-9`` as codes 1 to 36."""
    return tuple(_CODES[letter] for letter in text)


def decode(codes: Iterable[int]) -> str:
    """Return the word of codes 1 to 36."""
    return "".join(_LETTERS[code - 1] for code in codes)


class _Word(NamedTuple):
    """A token as its numbers."""

    letters: tuple[int, ...]
    sounds: tuple[int, ...]
    kind: int
    classes: tuple[int, ...]
    mask: int


@lru_cache(maxsize=262_144)
def _word(token: Token) -> _Word:
    sounds, mask = encode(token.sound), 0
    for code in sounds:
        mask |= 1 << code
    kind = token.kind + ABJAD * token.abjad + SYLLABIC * token.syllabic
    return _Word(encode(token.text), sounds, kind, (*token.classes, 0, 0, 0, 0)[:4], mask)


def pack(tokens: Iterable[Token], words: Iterable[int] | None = None) -> Pack:
    """Lay tokens out; ``words`` are the places of names, by default the tokens in order."""
    letters: list[int] = []
    letters_at = [0]
    sounds: list[int] = []
    sounds_at = [0]
    kinds: list[int] = []
    weights: list[int] = []
    classes: list[int] = []
    masks: list[int] = []
    for token in tokens:
        word = _word(token)
        letters += word.letters
        letters_at.append(len(letters))
        sounds += word.sounds
        sounds_at.append(len(sounds))
        kinds.append(word.kind)
        weights.append(token.weight)
        classes += word.classes
        masks.append(word.mask)
    places = list(range(len(kinds))) if words is None else list(words)
    lists = (letters, letters_at, sounds, sounds_at, kinds, weights, classes, masks, places)
    return Pack(*(_array(numbers, kind) for numbers, kind in zip(lists, _TYPES, strict=True)))


def _array(numbers: list[int], kind: str) -> Any:
    return np.array(numbers, dtype=kind)
