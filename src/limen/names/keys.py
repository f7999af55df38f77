"""The keys a name is found by: whatever two spellings of one name may still have in common.

Each word gives the trigrams of its padded sound, its consonant skeleton and its classes of
equal names. A sound of n letters has n padded trigrams and an edit of one letter touches three
of them, so words of five letters and more within one edit, of eight and more within two, share
a key; shorter ones also share the key of their first and last letter. Words do not see their
neighbours: order never matters, and a name never loses a key by gaining a word.
"""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

from limen.names.normalise import Name
from limen.names.pack import encode
from limen.names.sounds import skeletons
from limen.names.tokens import LEGAL, Token

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
    codes = (0, *encode(token.sound), 0)
    if not token.abjad:
        keys.update(
            (codes[at] * 37 + codes[at + 1]) * 37 + codes[at + 2] for at in range(len(codes) - 2)
        )
        if 2 <= len(token.sound) <= 4:
            keys.add(codes[1] * 37 * 37 + codes[-2])  # first and last letter around a gap
    for bones in skeletons(token.text, token.sound):
        keys.add(SKELETONS + (crc32(bones.encode()) & ((1 << SKELETON_BITS) - 1)))
    return tuple(sorted(keys))


def name_keys(name: Name) -> list[int]:
    """The keys of a name, each once, in order."""
    keys: set[int] = set()
    for token in name.tokens:
        keys.update(token_keys(token))
    return sorted(keys)
