"""Lay typed words out as arrays of integers, the form that kernels read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from struct import Struct
from typing import Any, NamedTuple

import numpy as np

from limen.names.kernels.arrays import Pack
from limen.names.kernels.word_similarity import ABJAD, HEARD, MAX_LETTERS, RECORD, SYLLABIC
from limen.names.reading.tokens import Token

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_CODES = bytes.maketrans(_LETTERS.encode(), bytes(range(1, 37)))
#: The types of a pack's arrays, in the order of its fields.
_TYPES = ("u1", "i4", "u1", "i4", "u1", "i2", "i2", "i8", "i4")
#: A record of the kernels has room for so many; ``x`` is two, so that a long word may have more.
_MOST_SOUNDS = RECORD - HEARD
#: A word's letters, sounds, kind, weight and classes; its mask, letters and sounds follow.
_HEAD = Struct("<BBB5H")


def encode(text: str) -> bytes:
    """Return a word of ``a-z0-9`` as codes 1 to 36."""
    return text.encode().translate(_CODES)


def decode(codes: Iterable[int]) -> str:
    """Return the word of codes 1 to 36."""
    return "".join(_LETTERS[code - 1] for code in codes)


def packed(tokens: Iterable[Token]) -> bytes:
    """Lay the words of one name out in bytes, as ``load_words`` reads them."""
    return b"".join(map(_bytes_of, tokens))


@lru_cache(maxsize=262_144)
def _bytes_of(token: Token) -> bytes:
    word = _word(token)
    sizes = len(word.letters), len(word.sounds)
    head = _HEAD.pack(*sizes, word.kind, token.weight, *word.classes)
    return head + word.mask.to_bytes(5, "little") + word.letters + word.sounds


class _Word(NamedTuple):
    """A token as its numbers."""

    letters: bytes
    sounds: bytes
    kind: int
    classes: tuple[int, ...]
    mask: int


@lru_cache(maxsize=262_144)
def _word(token: Token) -> _Word:
    """Return a token's numbers, as many letters and sounds as a record of the kernels holds."""
    sounds, mask = encode(token.sound[:_MOST_SOUNDS]), 0
    for code in sounds:
        mask |= 1 << code
    kind = token.kind + ABJAD * token.abjad + SYLLABIC * token.syllabic
    letters = encode(token.text[:MAX_LETTERS])
    return _Word(letters, sounds, kind, (*token.classes, 0, 0, 0, 0)[:4], mask)


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
