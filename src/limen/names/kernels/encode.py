"""Lay typed names out as sequences of integers, the form that kernels read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from limen.names.kernels.word_similarity import ABJAD, SYLLABIC
from limen.names.reading.tokens import Token

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_CODES = {letter: at + 1 for at, letter in enumerate(_LETTERS)}

Lists = tuple[list[int], ...]


@lru_cache(maxsize=262_144)
def encode(text: str) -> tuple[int, ...]:
    """A word of ``a-z0-9`` as codes 1 to 36."""
    return tuple(_CODES[letter] for letter in text)


def decode(codes: Iterable[int]) -> str:
    """The word that codes 1 to 36 write."""
    return "".join(_LETTERS[code - 1] for code in codes)


@lru_cache(maxsize=262_144)
def _mask(heard: str) -> int:
    mask = 0
    for code in encode(heard):
        mask |= 1 << code
    return mask


def pack(tokens: Iterable[Token], words: Iterable[int] | None = None) -> Lists:
    """A pack of plain lists; ``words`` are the places of names, by default the tokens in order."""
    letters: list[int] = []
    at = [0]
    heard: list[int] = []
    heard_at = [0]
    kinds: list[int] = []
    weights: list[int] = []
    classes: list[int] = []
    masks: list[int] = []
    for token in tokens:
        letters.extend(encode(token.text))
        at.append(len(letters))
        heard.extend(encode(token.sound))
        heard_at.append(len(heard))
        kinds.append(token.kind + ABJAD * token.abjad + SYLLABIC * token.syllabic)
        weights.append(token.weight)
        classes.extend((*token.classes, 0, 0, 0, 0)[:4])
        masks.append(_mask(token.sound))
    places = list(range(len(kinds))) if words is None else list(words)
    return letters, at, heard, heard_at, kinds, weights, classes, masks, places


def as_arrays(lists: Lists) -> tuple[NDArray[np.int64], ...]:
    """The same pack as arrays, for the compiled kernels."""
    import numpy as np

    return tuple(np.asarray(part, dtype=kind) for part, kind in zip(lists, KINDS, strict=True))


KINDS = ("u1", "i4", "u1", "i4", "u1", "i2", "i2", "i8", "i4")
