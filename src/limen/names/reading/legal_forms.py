"""Find the legal forms in a name: ``SIS DOO``, ``SIS d.o.o.`` and ``SIS, D O O`` are one name.

A form stands at the end; one of four letters or more, and those that lead in their language, may
stand before the name.
A name that is nothing but legal forms has no word left to compare, and matches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from limen.names.reading.legal_phrases import find_misspelt, is_anchor, is_phrase
from limen.names.reading.tables import tables
from limen.names.reading.tokens import Token, make_token, with_whole

#: Short forms that are also words or names of people; a person's name never loses them.
SURE_LETTERS = 3


@cache
def _forms() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> (words, class), longest first."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for spelling, form in tables().legal_forms.items():
        words = tuple(spelling.split())
        by_first.setdefault(words[0], []).append((words, form))
    for found in by_first.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return by_first


@cache
def _legal_words() -> tuple[str, ...]:
    """In an order of their own, so that of two words equally near the same one is taken always."""
    return tuple(sorted(tables().legal_words))


@lru_cache(maxsize=65_536)
def correct_legal_word(word: str) -> str:
    """The word of a legal form that a misspelt word is, else the word itself."""
    known = tables()
    if len(word) < 6 or word in known.legal_words or word in known.classes:
        return word
    found = process.extractOne(
        word,
        _legal_words(),
        scorer=OSA.distance,
        score_cutoff=2 if len(word) > 9 else 1,
        processor=None,
    )
    return str(found[0]) if found else word


def may_be_legal(word: str) -> bool:
    """Whether a word may belong to a legal form; a name without such words has none."""
    corrected = correct_legal_word(word)
    if _is_legal(word) or (corrected != word and _is_legal(corrected)):
        return True
    return _glued(word) is not None


def _is_legal(word: str) -> bool:
    return word in tables().legal_words or word in _forms() or is_anchor(word)


def find_legal_forms(words: Sequence[str], *, person: bool) -> list[tuple[int, int, str]]:
    """Spans of legal forms in a name's words, in order: ``(start, end, class)``."""
    found = _as_written(words)
    if not person and not any(is_phrase(words[start:end]) for start, end, _ in found):
        misspelt = find_misspelt(words)
        if misspelt is not None:
            start, end, _ = misspelt
            apart = [each for each in found if each[1] <= start or each[0] >= end]
            found = sorted([*apart, misspelt])
    return _standing(found, words, person)


def _as_written(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Every span that is a legal form's words, the longest from each word on."""
    forms = _forms()
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        for spelled, form in forms.get(words[at], ()):
            end = at + len(spelled)
            if tuple(words[at:end]) == spelled:
                found.append((at, end, form))
                at = end
                break
        else:
            at += 1
    return found


def _standing(
    found: Sequence[tuple[int, int, str]], words: Sequence[str], person: bool
) -> list[tuple[int, int, str]]:
    """Of the forms found, those that stand where a form stands; a short one elsewhere is a word.

    VEB is a form of East German companies and, at the beginning, the name of a Russian bank.
    """
    known = tables()
    standing: list[tuple[int, int, str]] = []
    last = len(words)
    for start, end, form in reversed(found):
        letters = sum(len(word) for word in words[start:end])
        if person:
            stands = letters >= SURE_LETTERS and end == len(words) and start >= 2
        else:
            written = "".join(words[start:end])
            leads = start == 0 and written in known.legal_leading
            sure = letters > SURE_LETTERS or written in known.legal_anywhere
            stands = sure or end == last or leads
        if stands:
            standing.append((start, end, form))
            last = start if end == last else last
    return standing[::-1]


_GLUED = re.compile(r"(?<=[a-z]{2})(?:limited|company|corporation|gmbh|ltd|llc)$")


def _glued(text: str) -> int | None:
    """Where a legal form begins that is written together with the word before it."""
    found = _GLUED.search(text)
    if found is None or text in tables().weights or text in tables().legal_forms:
        return None
    return found.start()


def unglue(
    words: list[Token], spans: list[tuple[int, int]]
) -> tuple[list[Token], list[tuple[int, int]]]:
    """Take a legal form off the word it was written together with: ``HKLIMITED``."""
    apart: list[Token] = []
    places: list[tuple[int, int]] = []
    for word, span in zip(words, spans, strict=True):
        start = _glued(word.text)
        parts: tuple[Token, ...] = (word,)
        if start is not None:
            stem = make_token(word.text[:start])
            parts = (with_whole(stem, word.text), make_token(word.text[start:]))
        apart += parts
        places += (span,) * len(parts)
    return apart, places
