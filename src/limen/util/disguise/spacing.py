"""Put letters together and words apart, as a person who sees a text does.

``V l a d i m i r   P u t i n``, ``P.u.t.i.n``, ``VladimirPutin``, a word cut at the end of a line.
"""

from __future__ import annotations

import re

from limen.util.lazy_patterns import lazy

#: Fewer single letters than this may be initials or an abbreviation.
_LEAST_SPACED = 5
#: Marks that are written between all letters, and a text in which they may be.
MARKS = ".-_*/|~·•:,'"
_MARKED_OUT = lazy(rf"(?<![^\W_])[^\W_][{re.escape(MARKS)}][^\W_](?![^\W_])")
#: Between words that are run together (``OmskUnionJSC``, ``PARSAEIReza``); not in ``McDonald``, and
#: not before a last letter, which is no word (``GmbH``).
_RUN_TOGETHER = lazy(
    r"(?<=[a-z\u0430-\u045f]{2})(?=[A-Z\u0400-\u042f][^\W\d_])|(?<=[A-Z]{3})(?=[A-Z][a-z]{2})"
)
_LINE_CUT = lazy(r"(?<=[^\W\d_])-[ \t]*\r?\n\s*(?=[^\W\d_])")


def may_hide(text: str) -> bool:
    """Return whether words may be hidden in how plain letters are put together."""
    return bool(_is_spaced(text) or _MARKED_OUT.search(text) or _RUN_TOGETHER.search(text))


def closed_up(text: str) -> str:
    """Close up letters that are all spaced; wider gaps are the gaps between words."""
    if not _is_spaced(text):
        return text
    words = re.split(r"\s{2,}", text.strip())
    return " ".join("".join(word.split()) for word in words)


def parted(text: str) -> str:
    """Part words that are run together, by their capitals."""
    return _RUN_TOGETHER.sub(" ", text)


def times_parted(text: str) -> int:
    """Return how many blanks :func:`parted` puts into a text."""
    return sum(1 for _ in _RUN_TOGETHER.finditer(text))


def uncut(text: str) -> str:
    """Join words that are cut at the end of a line."""
    return _LINE_CUT.sub("", text)


def without_marks(text: str) -> str:
    """Close up words with one mark between all letters: ``P.u.t.i.n``."""
    if not _MARKED_OUT.search(text):
        return text
    words = text.split()
    for mark in MARKS:
        letters = [_letters_between(word, mark) for word in words]
        counts = [len(each) for each in letters]
        least = 2 if all(counts) and sum(counts) >= _LEAST_SPACED else _LEAST_SPACED
        if max(counts) >= least:
            pairs = zip(words, letters, strict=True)
            return " ".join(own if len(own) >= least else word for word, own in pairs)
    return text


def _is_spaced(text: str) -> bool:
    words = text.split()
    single = sum(len(word) == 1 for word in words)
    return single >= _LEAST_SPACED and single == len(words)


def _letters_between(word: str, mark: str) -> str:
    """Return the letters of a word with a mark between each two; empty for another word."""
    word = word.rstrip(",;") if mark != "," else word
    bare = word.removeprefix(mark) if word[1:2] != mark else word
    return bare[::2] if set(bare[1::2]) <= {mark} and bare[:1] != mark else ""
