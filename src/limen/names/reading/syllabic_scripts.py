"""Read syllabic scripts, kana and the scripts of India, as Latin letters.

Kana follow Hepburn: a small vowel joins the syllable before it (ジョ is jo, ティ is ti), a small
tsu doubles the consonant after it, a long vowel is not written. A letter of a Brahmic script is
its consonant and an ``a``, unless a vowel sign or a virama follows, or the word ends. Sources:
the Japanese foreign ministry's rules for passports; The Unicode Standard, chapter 12.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_KANA = re.compile("[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]+")
#: The nine blocks that are laid out alike, from Devanagari to Malayalam.
_BRAHMIC = re.compile("[\u0900-\u0d7f]+")
_BLOCK = 0x80
#: Their places within a block, by The Unicode Standard, chapter 12.
_CONSONANTS, _SIGNS, _VIRAMA = range(0x15, 0x3A), range(0x3E, 0x4D), 0x4D
_KEPT = frozenset((0x3C,))  # a nukta changes the consonant, not its vowel


def read_syllables(piece: str) -> str:
    """Replace kana and Brahmic letters by Latin ones, and leave the rest as it is."""
    if max(piece) < "\u0900":
        return piece
    return _BRAHMIC.sub(_brahmic, _KANA.sub(_kana, piece))


@cache
def _letter(character: str) -> str:
    from anyascii import anyascii

    return "".join(letter for letter in anyascii(character).lower() if letter.isalpha())


def _kana(match: re.Match[str]) -> str:
    """Read a run of kana by Hepburn, without the marks of length."""
    read = ""
    doubled = False
    for character in unicodedata.normalize("NFKC", match.group()):
        if character in "ッっ":
            doubled = True
        elif character in "ャュョゃゅょ" and read.endswith("i"):
            glide = "" if read.endswith(("shi", "chi", "ji")) else "y"
            read = read[:-1] + glide + _letter(character)[1:]
        elif character in "ァィゥェォぁぃぅぇぉ" and read[-1:] in ("u", "e", "i", "o"):
            read = (read[:-1] or "w") + _letter(character)
        else:
            letters = _letter(character)
            read += letters[:1] + letters if doubled else letters
            doubled = False
    return read


def _brahmic(match: re.Match[str]) -> str:
    text = unicodedata.normalize("NFC", match.group())
    read = ""
    for at, character in enumerate(text):
        read += _letter(character)
        place = ord(character) % _BLOCK
        after = [
            ord(other) % _BLOCK for other in text[at + 1 :] if ord(other) % _BLOCK not in _KEPT
        ]
        if place in _CONSONANTS and after and after[0] != _VIRAMA and after[0] not in _SIGNS:
            read += "a"
    return read
