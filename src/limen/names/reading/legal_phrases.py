"""Find legal forms of several words that were misspelt: ``LIMITED LIAVILTIY COMPANY``.

A form in words is often the longest part of a name, so most slips of a pen fall into it. What is
left of it would then stand as words of the name, and contradict every name without them. A phrase
is looked for only where one of its longer words stands, and no such phrase was found as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import OSA

from limen.names.reading.tables import tables

#: A phrase of so many letters is told from names though a letter is wrong; a longer one, two.
LEAST_LETTERS, TWO_ERRORS = 12, 20
#: A word that starts a search has so many letters.
ANCHOR_LETTERS = 5

Found = tuple[int, int, str]


class _Phrase(NamedTuple):
    """A form's words together, how many letters may be wrong, the class, and where it may start
    and end, counted from its anchor.
    """

    letters: str
    errors: int
    form: str
    spans: tuple[tuple[int, int], ...]


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
                letters = "".join(words)
                errors = 2 if len(letters) >= TWO_ERRORS else 1
                phrase = _Phrase(letters, errors, form, _spans(place, len(words)))
                by_word.setdefault(word, []).append(phrase)
    return by_word


#: A blank as it should be, more, or less, before and after the anchor.
_BLANKS = ((0, 0), (0, 1), (0, -1), (1, 0), (1, -1), (-1, 0), (-1, 1))


def _spans(place: int, size: int) -> tuple[tuple[int, int], ...]:
    """Where a phrase of so many words may start and end, counted from the anchor's place in it."""
    around = [(-place - before, size - place + after) for before, after in _BLANKS]
    return tuple((start, end) for start, end in around if start <= 0 < end)


def is_anchor(word: str) -> bool:
    """Whether a phrase is looked for where this word stands."""
    return word in _phrases()


def find_misspelt(words: Sequence[str]) -> Found | None:
    """The nearest phrase within its errors, the longest of equally near ones: its span and class.

    A blank more or less inside the phrase is no error.
    """
    known = _phrases()
    anchors = [at for at, word in enumerate(words) if word in known]
    letters_at = [0, *accumulate(map(len, words))] if anchors else [0]
    best: tuple[int, int, Found] | None = None
    for at in anchors:
        for phrase in known[words[at]]:
            if len(phrase.letters) > letters_at[-1] + phrase.errors:
                continue
            for start, end in _standing(at, phrase, letters_at):
                errors = _errors(words[start:end], phrase)
                rank = (errors, -len(phrase.letters), (start, end, phrase.form))
                if errors <= phrase.errors and (best is None or rank < best):
                    best = rank
    return best[2] if best is not None else None


def _standing(at: int, phrase: _Phrase, letters_at: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where there are nearly as many letters around an anchor as the phrase has."""
    wanted, errors, last = len(phrase.letters), phrase.errors, len(letters_at) - 1
    for before, after in phrase.spans:
        start, end = at + before, at + after
        if start < 0 or end > last:
            continue
        if abs(letters_at[end] - letters_at[start] - wanted) <= errors:
            yield start, end


def _errors(words: Sequence[str], phrase: _Phrase) -> int:
    return int(OSA.distance("".join(words), phrase.letters, score_cutoff=phrase.errors))
