"""Lay typed words out as bytes, the form that kernels read.

A word is one record: how many letters and sounds it has, its kind (WORD, INITIAL, NUMBER, LEGAL,
TITLE or PARTICLE; +8 for an abjad, +16 for a word of Han or Hangul characters, +32 for one that
ends as a patronymic), its weight, four
codes of classes, a mask of the letters of its sound, its letters and its sounds. Letters are codes
1 to 36; numbers of more than a byte have their lowest byte first.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from struct import Struct

from limen.names.kernels.evidence.full_names import PATRONYMIC
from limen.names.kernels.word_similarity import ABJAD, HEARD, MAX_LETTERS, RECORD, SYLLABIC
from limen.names.reading.tokens import Token

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_CODES = bytes.maketrans(_LETTERS.encode(), bytes(range(1, 37)))
_TEXTS = bytes.maketrans(bytes(range(1, 37)), _LETTERS.encode())
#: A record of the kernels has room for so many; ``x`` is two, so that a long word may have more.
_MOST_SOUNDS = RECORD - HEARD
#: What comes before the mask: how many letters and sounds, the kind, the weight and the classes.
_HEAD = Struct("<BBB5H")
_MASK = 5
#: The bits of a kind that are the kind; the others mark abjads and Han characters.
_KIND = 7


def encode(text: str) -> bytes:
    """Return a word of ``a-z0-9`` as codes 1 to 36."""
    return text.encode().translate(_CODES)


def packed(tokens: Iterable[Token]) -> bytes:
    """Return the records of some words, end to end."""
    return b"".join(map(record, tokens))


@lru_cache(maxsize=65_536)
def record(token: Token) -> bytes:
    """Return the record of a word, with as many letters and sounds as kernels have room for."""
    letters, sounds = encode(token.text[:MAX_LETTERS]), encode(token.sound[:_MOST_SOUNDS])
    kind = token.kind + ABJAD * token.abjad + SYLLABIC * token.syllabic
    kind += PATRONYMIC * token.patronymic
    classes = (*token.classes, 0, 0, 0, 0)[:4]
    mask = 0
    for code in sounds:
        mask |= 1 << code
    head = _HEAD.pack(len(letters), len(sounds), kind, token.weight, *classes)
    return head + mask.to_bytes(_MASK, "little") + letters + sounds


def unpacked(records: memoryview, at: int) -> tuple[Token, int]:
    """Return the word of the record at a place, and where the record ends."""
    letters, sounds, kind, weight, *classes = _HEAD.unpack_from(records, at)
    start = at + _HEAD.size + _MASK
    middle, end = start + letters, start + letters + sounds
    token = Token(
        decode(records[start:middle]), decode(records[middle:end]), kind & _KIND, weight,
        tuple(filter(None, classes)), bool(kind & ABJAD), bool(kind & SYLLABIC),
    )  # fmt: skip
    return token, end


def decode(codes: memoryview) -> str:
    """Return the word of codes 1 to 36."""
    return codes.tobytes().translate(_TEXTS).decode("ascii")
