"""Find the legal forms in a name: ``SIS DOO``, ``SIS d.o.o.`` and ``SIS, D O O`` are one name.

A form is at the end of a name. One of four letters or more, or one that leads in its language, may
also come first or in the middle. A word of a form with a wrong letter or two is corrected first
(``correct_legal_word``); misspelt phrases are found in ``legal_phrases``.
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

#: A form of at most so many letters may also be a word or a person's name (SA, AB, VEB), so it
#: counts only where a form is usual; a person's name loses none that is shorter.
SURE_LETTERS = 3


@cache
def _by_first_word() -> dict[str, list[str]]:
    """Return first word -> the spellings of the legal forms that begin with it."""
    by_first: dict[str, list[str]] = {}
    for spelling in tables().legal_forms:
        by_first.setdefault(spelling.partition(" ")[0], []).append(spelling)
    return by_first


@cache
def _forms(first: str) -> list[tuple[tuple[str, ...], str]]:
    """Return the words and the class of each legal form with this first word, longest first."""
    forms = tables().legal_forms
    entries = [(tuple(text.split(" ")), forms[text]) for text in _by_first_word()[first]]
    return sorted(entries, key=lambda entry: -len(entry[0]))


@cache
def _legal_words() -> tuple[str, ...]:
    """Return the words of legal forms, sorted, so that of two equally near ones the first wins."""
    return tuple(sorted(tables().legal_words))


@lru_cache(maxsize=65_536)
def correct_legal_word(word: str) -> str:
    """Return the word of a legal form that a misspelt word was meant to be, else the word itself.

    Words of fewer than six letters are an edit away from too many others to be corrected.
    """
    data = tables()
    if len(word) < 6 or word in data.legal_words or word in data.classes:
        return word
    nearest = process.extractOne(
        word,
        _legal_words(),
        scorer=OSA.distance,
        score_cutoff=2 if len(word) > 9 else 1,
        processor=None,
    )
    return str(nearest[0]) if nearest else word


def may_be_legal(word: str) -> bool:
    """Return whether a word may belong to a legal form; a name without such words has none."""
    corrected = correct_legal_word(word)
    if _is_legal(word) or (corrected != word and _is_legal(corrected)):
        return True
    return _glued(word) is not None


def _is_legal(word: str) -> bool:
    return word in tables().legal_words or word in _by_first_word() or is_anchor(word)


def find_legal_forms(words: Sequence[str], *, person: bool) -> list[tuple[int, int, str]]:
    """Return the legal forms in a name's words, in order: ``(start, end, class)``."""
    spans = _as_written(words)
    if not person and not any(is_phrase(words[start:end]) for start, end, _ in spans):
        misspelt = find_misspelt(words)
        if misspelt is not None:
            start, end, _ = misspelt
            others = [span for span in spans if span[1] <= start or span[0] >= end]
            spans = sorted([*others, misspelt])
    return _in_place(spans, words, person=person)


def _as_written(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return every span that is a legal form's words, the longest from each word on."""
    first_words = _by_first_word()
    spans: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        for spelled, form in _forms(words[at]) if words[at] in first_words else ():
            end = at + len(spelled)
            if tuple(words[at:end]) == spelled:
                spans.append((at, end, form))
                at = end
                break
        else:
            at += 1
    return spans


def _in_place(
    spans: Sequence[tuple[int, int, str]], words: Sequence[str], *, person: bool
) -> list[tuple[int, int, str]]:
    """Return the spans that are where a form may be; a short form elsewhere is a word.

    VEB is a form of East German companies and, at the beginning, the name of a Russian bank.
    """
    data = tables()
    accepted: list[tuple[int, int, str]] = []
    last = len(words)
    for start, end, form in reversed(spans):
        letters = sum(len(word) for word in words[start:end])
        if person:
            in_place = letters >= SURE_LETTERS and end == len(words) and start >= 2
        else:
            written = "".join(words[start:end])
            leads = start == 0 and written in data.legal_leading
            sure = letters > SURE_LETTERS or written in data.legal_anywhere
            in_place = sure or end == last or leads
        if in_place:
            accepted.append((start, end, form))
            last = start if end == last else last
    return accepted[::-1]


#: The forms that are often written together with the word before them.
_GLUED_FORMS = ("limited", "company", "corporation", "gmbh", "ltd", "llc")
_GLUED = re.compile(rf"(?<=[a-z]{{2}})(?:{'|'.join(_GLUED_FORMS)})$")


def _glued(text: str) -> int | None:
    """Return where a legal form begins that is joined to the word before it; ``None`` for none."""
    form = _GLUED.search(text) if text.endswith(_GLUED_FORMS) else None
    if form is None or text in tables().weights or text in tables().legal_forms:
        return None
    return form.start()


def unglue(
    words: list[Token], spans: list[tuple[int, int]]
) -> tuple[list[Token], list[tuple[int, int]]]:
    """Split a legal form off the word that it was joined to: ``HKLIMITED``."""
    if not any(word.text.endswith(_GLUED_FORMS) for word in words):
        return words, spans
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
