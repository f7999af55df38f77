"""Find runs of words that can be a name: capitalised words and the small words that tie them.

Words of scripts without capitals are all taken. A text is taken apart stretch by stretch, so
that only the words of one stretch are held at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from limen.mentions.vocabulary import text_words
from limen.names.reading.tables import tables
from limen.names.reading.transliterate import read_piece

Span = tuple[int, int]
#: A word of the text with its start and end.
Place = tuple[str, int, int]

#: Words of the longest run; listed names are shorter, and longer runs are cut with overlap.
LONGEST = 14
#: Characters that are taken apart at a time.
_STRETCH = 1 << 16
#: A word goes on after an apostrophe as names do (``Qa'ida``), but for a genitive (``Putin's``).
_LETTERS = r"[^\W_]+(?:['’ʼ`](?![sS](?![^\W_]))[^\W_]+)*"
WORD = re.compile(_LETTERS)
#: A whole word that does not begin with a small Latin letter: the others are skipped unseen.
_NAMING = re.compile(rf"(?<![^\W_])(?![a-z]){_LETTERS}")
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_TYING = frozenset(" \u00a0\u2007\u2009\u202f\u3000\t\n-–.'’‘\"“”&,_|()")
#: What is longer than this keeps two words apart.
_GAP_MOST = 40


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Return a word in small Latin letters, as ``limen.names`` reads it."""
    low = "".join(filter(str.isalnum, word.lower()))
    return low if low.isascii() else "".join(text for text, _, _ in read_piece(low))


def split(text: str) -> list[Place]:
    """Return the words of a text with their places; Han, kana and Hangul character by character."""
    found: list[Place] = []
    for match in WORD.finditer(text):
        found.extend(_placed(match, 0))
    return found


def _placed(match: re.Match[str], at: int) -> list[Place]:
    word, start = match.group(), match.start() + at
    if word.isascii() or not HAN.search(word):
        return [(word, start, match.end() + at)]
    return [(char, start + place, start + place + 1) for place, char in enumerate(word)]


def stretches(text: str) -> Iterator[Span]:
    """Yield the stretches of a text, of bounded size, cut between paragraphs or words."""
    at = 0
    while at < len(text):
        end = min(len(text), at + _STRETCH)
        if end < len(text):
            cuts = (text.rfind(mark, at + _STRETCH // 2, end) for mark in ("\n\n", "\n", " "))
            end = next((cut for cut in cuts if cut > at), end)
        yield at, end
        at = end


def runs_in(text: str, start: int, end: int) -> Iterator[list[Place]]:
    """Yield runs of words that can hold a name; long ones as pieces that overlap."""
    run: list[Place] = []
    stretch = text[start:end]
    for found in _NAMING.finditer(stretch):
        if not _can_name(found.group()[0]):
            continue
        between = _between(text, run[-1][2], found.start() + start) if run else None
        if between is None:
            yield from _pieces(run)
            run = []
        else:
            run.extend(between)
        run.extend(_placed(found, start))
    yield from _pieces(run)


def _can_name(first: str) -> bool:
    return first.isupper() or first.isdigit() or not (first.islower() or first.isupper())


def _between(text: str, before: int, after: int) -> list[Place] | None:
    """Return the small words between two words of one name; ``None`` where they are of two."""
    ties = _ties(text[before:after]) if after - before <= _GAP_MOST else None
    if ties is None:
        return None
    return [(word, low + before, high + before) for word, low, high in ties]


@lru_cache(maxsize=16_384)
def _ties(gap: str) -> tuple[Place, ...] | None:
    """Return the small words of a gap between two words; ``None`` where it parts them."""
    found: list[Place] = []
    at = 0
    for match in WORD.finditer(gap):
        between = gap[at : match.start()]
        hyphened = between == "-" and not at
        if not hyphened and (match.group() not in _ties_known() or not is_tied(between)):
            return None
        found.append((match.group(), match.start(), match.end()))
        at = match.end()
    return tuple(found) if is_tied(gap[at:]) else None


@cache
def _ties_known() -> frozenset[str]:
    """Return the small words that tie names: the particles of ``limen.names`` and some more."""
    return text_words().ties | frozenset(tables().particles)


def is_tied(between: str) -> bool:
    """Return whether a gap is inside one name: blanks, a hyphen, a dot or a comma."""
    if len(between) > 3:
        return not between.strip() and "\n\n" not in between
    return _TYING.issuperset(between) and between.count("\n") < 2


def _pieces(run: list[Place]) -> Iterator[list[Place]]:
    if len(run) <= LONGEST:
        if run:
            yield run
        return
    for at in range(0, len(run) - LONGEST // 2, LONGEST // 2):
        yield run[at : at + LONGEST]
