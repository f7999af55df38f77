"""Find words that mix alphabets by letters that look alike, and read them in one.

``Роман Aбрамович`` has a Latin A; ``PUTIN Vlаdimir`` a Cyrillic а; ``ООО`` next to Russian words
is Russian and stays.
"""

from __future__ import annotations

import re
from functools import lru_cache

from limen.util.disguise.look_alikes import LETTERS, TO_LATIN
from limen.util.lazy_patterns import lazy

_RUN = lazy(r"[^\W\d_]+")
_LOOK_ALIKES = frozenset(LETTERS)
_LATIN = lazy("[A-Za-z\u00c0-\u024f]")
#: Alphabets that have the same kinds of names as Latin; Greek letters are signs in Latin names.
_OTHER_LETTERS = (
    "[\u0400-\u058f\u10a0-\u10ff\u13a0-\u167f\u16a0-\u16ff\u2c00-\u2dff\ua4d0-\ua4ff\ua640-\ua69f]"
)
_OTHER = lazy(_OTHER_LETTERS)
_TO_CYRILLIC = {ord(latin): chr(char) for char, latin in TO_LATIN.items() if 0x400 <= char < 0x460}
_CYRILLIC = lazy("[\u0400-\u045f]+")
_ASCII = lazy("[\x00-\x7f]")
#: A letter of another alphabet that no Latin one looks like.
_FOREIGN = lazy(f"(?![{LETTERS}]){_OTHER_LETTERS}")


@lru_cache(maxsize=64)  # a repair asks several times for one text
def in_one_alphabet(text: str, *, in_latin: bool = False) -> str:
    """Return a text with each word of look-alikes in the alphabet that it looks to be in.

    A word that mixes alphabets is read in the one that it can be read in. A word of look-alikes
    alone is Latin next to Latin words, unless another word is certainly not; and where all words
    are look-alikes.

    Args:
        text: any text.
        in_latin: whether words are Latin wherever they can be, whatever the others are.
    """
    if text.isascii():
        return text
    words = _RUN.findall(text)
    foreign = not in_latin and any(_is_foreign(word) for word in words)
    alone = all(map(_LOOK_ALIKES.issuperset, words))
    with_latin = any(map(_has_ascii, words))

    def read(match: re.Match[str]) -> str:
        word = match[0]
        if _has_ascii(word):
            return _unmixed(word, prefers_latin=not foreign)
        if foreign or not (alone or with_latin) or not _LOOK_ALIKES.issuperset(word):
            return word
        return word.translate(TO_LATIN)

    return _RUN.sub(read, text)


def mixes(text: str) -> bool:
    """Return whether a word has Latin letters, and others that look like Latin ones."""
    return not text.isascii() and any(
        _has_ascii(word) and not _LOOK_ALIKES.isdisjoint(word) for word in _RUN.findall(text)
    )


def is_of_two(text: str) -> bool:
    """Return whether a word has letters of two alphabets, whatever they look like."""
    return not text.isascii() and any(
        _LATIN.search(word) and _OTHER.search(word) for word in _RUN.findall(text)
    )


def _has_ascii(word: str) -> bool:
    return _ASCII.search(word) is not None


def _is_foreign(word: str) -> bool:
    """Return whether a letter of another alphabet is in a word that no Latin one looks like."""
    return _FOREIGN.search(word) is not None


def _unmixed(word: str, *, prefers_latin: bool) -> str:
    """Return a word of two alphabets in one, where each of its letters has a look-alike there."""
    if word.isascii():
        return word
    latin, cyrillic = word.translate(TO_LATIN), word.translate(_TO_CYRILLIC)
    readings = [each for each in (latin,) if each.isascii()]
    readings += [each for each in (cyrillic,) if _CYRILLIC.fullmatch(each)]
    return (readings[0] if prefers_latin else readings[-1]) if readings else word
