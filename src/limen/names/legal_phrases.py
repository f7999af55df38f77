"""Find legal forms of several words that were misspelt: ``LIMITED LIAVILTIY COMPANY``.

A form in words is often the longest part of a name, so most slips of a pen fall into it. What is
left of it would then stand as words of the name, and contradict every name without them. A phrase
is looked for only where one of its longer words stands, and no such phrase was found as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from limen.names.tables import tables

#: A phrase of so many letters is told from names though a letter is wrong; a longer one, two.
LEAST_LETTERS, TWO_ERRORS = 12, 20
#: A word that starts a search has so many letters.
ANCHOR_LETTERS = 5

Found = tuple[int, int, str]


class _Phrase(NamedTuple):
    """A form's words together, how many they are, which of them is the anchor, and the class."""

    letters: str
    size: int
    place: int
    form: str

    @property
    def errors(self) -> int:
        return 2 if len(self.letters) >= TWO_ERRORS else 1


def is_phrase(spelled: Sequence[str]) -> bool:
    """Whether a legal form is long enough to be known misspelt."""
    return len(spelled) > 1 and sum(map(len, spelled)) >= LEAST_LETTERS


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """An anchor to the phrases that it stands in."""
    by_word: dict[str, list[_Phrase]] = {}
    for spelling, form in tables().legal_forms.items():
        words = spelling.split()
        if not is_phrase(words):
            continue
        for place, word in enumerate(words):
            if len(word) >= ANCHOR_LETTERS:
                phrase = _Phrase("".join(words), len(words), place, form)
                by_word.setdefault(word, []).append(phrase)
    return by_word


def find_misspelt(words: Sequence[str]) -> Found | None:
    """The nearest phrase within its errors, the longest of equally near ones: its span and class.

    A blank more or less inside the phrase is no error.
    """
    known = _phrases()
    best: tuple[int, int, Found] | None = None
    for at, word in enumerate(words):
        for phrase in known.get(word, ()):
            for start, end in _spans(at, phrase, len(words)):
                errors = _errors(words[start:end], phrase)
                rank = (errors, -len(phrase.letters), (start, end, phrase.form))
                if errors <= phrase.errors and (best is None or rank < best):
                    best = rank
    return best[2] if best is not None else None


def _spans(at: int, phrase: _Phrase, count: int) -> Iterator[tuple[int, int]]:
    """Where a phrase may stand around its anchor, with a blank more, less, or as it should be."""
    for before in (0, 1, -1):
        for after in (0, 1, -1):
            start = at - phrase.place - before
            end = at + phrase.size - phrase.place + after
            if abs(before + after) < 2 and start >= 0 and at < end <= count and start <= at:
                yield start, end


def _errors(words: Sequence[str], phrase: _Phrase) -> int:
    letters = "".join(words)
    if abs(len(letters) - len(phrase.letters)) > phrase.errors:
        return phrase.errors + 1
    return int(OSA.distance(letters, phrase.letters, score_cutoff=phrase.errors))
