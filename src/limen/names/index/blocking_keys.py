"""The keys a name is found by: whatever two spellings of one name may still have in common.

Each word gives the trigrams of its padded sound, its first and last letter, its consonant
skeleton and its classes of equal names. An edit inside a word leaves its first and last letter;
an edit at one end of a word of five letters or more leaves trigrams at the other: so words
within one edit always share a key, and words within more share one whenever both ends, or three
letters in a row, are left. A word that is read as parts of it (abd-, -uddin) has the keys of the
whole as well, so that an edit which hides the seam hides no party. Words do not see their
neighbours: order never matters, and a name never loses a key by gaining a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

from limen.names.kernels.encode import encode
from limen.names.reading.normalise import Name
from limen.names.reading.phonetics import skeletons
from limen.names.reading.tokens import LEGAL, Token

TRIGRAMS = 37 * 37 * 37
CLASSES = TRIGRAMS
SKELETONS = CLASSES + 2048
SKELETON_BITS = 17
KEYS = SKELETONS + (1 << SKELETON_BITS)


@lru_cache(maxsize=262_144)
def token_keys(token: Token) -> tuple[int, ...]:
    """The keys of one word, each once, in order."""
    if token.kind == LEGAL:
        return ()
    keys = {CLASSES + (code >> 1) % 2048 for code in token.classes}
    if not token.abjad:
        keys.update(_sound_keys(token.sound))
        keys.update(_sound_keys(token.whole))
    heard = (token.sound, token.whole) if token.abjad and token.whole else (token.sound,)
    for sounds in heard:
        for bones in skeletons(token.text, sounds):
            keys.add(SKELETONS + (crc32(bones.encode()) & ((1 << SKELETON_BITS) - 1)))
    return tuple(sorted(keys))


def _sound_keys(heard: str) -> Iterator[int]:
    """The trigrams of a padded sound, and its first and last letter around a gap; none of none."""
    if not heard:
        return
    codes = (0, *encode(heard), 0)
    for at in range(len(codes) - 2):
        yield (codes[at] * 37 + codes[at + 1]) * 37 + codes[at + 2]
    if len(heard) > 1:
        yield (codes[1] * 37) * 37 + codes[-2]


def name_keys(name: Name) -> list[int]:
    """The keys of a name, each once, in order."""
    keys: set[int] = set()
    for token in name.tokens:
        keys.update(token_keys(token))
    return sorted(keys)
