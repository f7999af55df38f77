"""Make the keys that a name is found by: what two spellings of one name still have in common.

Each word gives the trigrams of its padded sound, its first and last letter, its consonant
skeleton and its classes of equal names. An edit inside a word leaves its first and last letter;
an edit at one end of a word of five letters or more leaves trigrams at the other: so words
within one edit always share a key, and words within more share one whenever both ends, or three
letters in a row, are left. A word that is split into parts (abd-, -uddin) has the keys of the
whole as well, so that an edit which hides where to split hides no party. Keys do not depend on
neighbours: order never matters, and a name never loses a key by gaining a word.
"""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

from limen.names.kernels.encode import encode
from limen.names.reading.normalise import Name
from limen.names.reading.phonetics import skeletons
from limen.names.reading.tokens import LEGAL, Token

#: The ranges of keys: trigrams of 37 codes, then classes of equal names, then hashed skeletons,
#: few enough that an array over all keys stays small.
TRIGRAMS = 37 * 37 * 37
CLASSES = TRIGRAMS
SKELETONS = CLASSES + 2048
SKELETON_BITS = 17
KEYS = SKELETONS + (1 << SKELETON_BITS)
#: What pads a sound on both sides.
_PAD = b"\0"


@lru_cache(maxsize=65_536)
def token_keys(token: Token) -> tuple[int, ...]:
    """Return the distinct keys of one word, sorted."""
    if token.kind == LEGAL:
        return ()
    keys = {CLASSES + (code >> 1) % 2048 for code in token.classes}
    if not token.abjad:
        keys.update(_sound_keys(token.sound))
        keys.update(_sound_keys(token.whole))
    readings = (token.sound, token.whole) if token.abjad and token.whole else (token.sound,)
    for sounds in readings:
        for bones in skeletons(token.text, sounds):
            keys.add(SKELETONS + (crc32(bones.encode()) & ((1 << SKELETON_BITS) - 1)))
    return tuple(sorted(keys))


def _sound_keys(sounds: str) -> list[int]:
    """Return the trigrams of a padded sound, and its first and last letter around a gap."""
    if not sounds:
        return []
    codes = encode(sounds)
    after, last = codes[1:] + _PAD, codes[-1]
    before = _PAD + codes
    keys = [
        (one * 37 + two) * 37 + three for one, two, three in zip(before, codes, after, strict=False)
    ]
    if len(sounds) > 1:
        keys.append(codes[0] * 37 * 37 + last)
    return keys


def name_keys(name: Name) -> list[int]:
    """Return the distinct keys of a name, sorted."""
    keys: set[int] = set()
    for token in name.tokens:
        keys.update(token_keys(token))
    return sorted(keys)
