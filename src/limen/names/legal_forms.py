"""Find the legal forms in a name: ``SIS DOO``, ``SIS d.o.o.`` and ``SIS, D O O`` are one name.

A form stands at the end; one of four letters or more, and those that lead in their language, may
stand before the name.
A name that is nothing but legal forms has no word left to compare, and matches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from limen.names.legal_phrases import find_misspelt, is_anchor, is_phrase
from limen.names.tables import tables

#: Short forms that are also words or names of people; a person's name never loses them.
SURE_LETTERS = 3
#: Short forms that stand before the name: Russian, Ukrainian, Kazakh, Baltic, Balkan, Indonesian.
LEADING = frozenset(
    ("ooo", "oao", "zao", "pao", "ao", "jsc", "llc", "ip", "chp", "tov", "pat", "tdv", "pp", "dp",
     "too", "as", "ou", "uab", "sia", "pt", "cv", "ud", "odo", "gup", "mup", "npo", "spk", "sp",
     "doo", "ad", "dd")
)  # fmt: skip


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
def mend(word: str) -> str:
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
    mended = mend(word)
    return _is_legal(word) or (mended != word and _is_legal(mended))


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
    standing: list[tuple[int, int, str]] = []
    last = len(words)
    for start, end, form in reversed(found):
        letters = sum(len(word) for word in words[start:end])
        if person:
            stands = letters >= SURE_LETTERS and end == len(words) and start >= 2
        else:
            leads = start == 0 and "".join(words[:end]) in LEADING
            stands = letters > SURE_LETTERS or end == last or leads
        if stands:
            standing.append((start, end, form))
            last = start if end == last else last
    return standing[::-1]
