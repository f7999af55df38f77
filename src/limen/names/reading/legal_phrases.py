"""Find legal forms of several words that were misspelt: ``LIMITED LIAVILTIY COMPANY``.

A form in words is often the longest part of a name, so it has most of the typing errors. Its
misspelt words would count as words of the name, and contradict every name without them. A phrase
is searched for only around one of its longer words, and only where none was found as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import OSA

from limen.names.reading.tables import tables

#: A phrase of 12 letters is distinct from names even with a wrong letter, one of 20 with two.
LEAST_LETTERS, TWO_ERRORS = 12, 20
#: A word that starts a search has so many letters: shorter ones are too common to start from.
ANCHOR_LETTERS = 5

#: First word, end, class.
Span = tuple[int, int, str]


class _Phrase(NamedTuple):
    """A legal form of several words that may be misspelt.

    Attributes:
        letters: its words without blanks.
        errors: how many letters may be wrong.
        form: its class.
    """

    letters: str
    errors: int
    form: str


#: The phrases around an anchor, by where they start and end, counted from it.
_Around = dict[tuple[int, int], list[_Phrase]]


def is_phrase(spelled: Sequence[str]) -> bool:
    """Return whether a legal form is long enough to be recognised when misspelt."""
    return len(spelled) > 1 and sum(map(len, spelled)) >= LEAST_LETTERS


@cache
def _by_anchor() -> dict[str, dict[str, str]]:
    """Return anchor -> spellings of the phrases that have it, each with its class."""
    by_anchor: dict[str, dict[str, str]] = {}
    for spelling, form in tables().legal_forms.items():
        words = spelling.split(" ") if len(spelling) > LEAST_LETTERS else []
        if is_phrase(words):
            for word in words:
                if len(word) >= ANCHOR_LETTERS:
                    by_anchor.setdefault(word, {})[spelling] = form
    return by_anchor


@cache
def _phrases(anchor: str) -> _Around:
    """Return the phrases to search for around a word, at each place that it has in them."""
    around: _Around = {}
    for spelling, form in _by_anchor()[anchor].items():
        words = spelling.split(" ")
        letters = "".join(words)
        phrase = _Phrase(letters, 2 if len(letters) >= TWO_ERRORS else 1, form)
        for place, word in enumerate(words):
            if word == anchor:
                for span in _spans(place, len(words)):
                    around.setdefault(span, []).append(phrase)
    return around


#: A blank as it should be, more, or less, before and after the anchor.
_BLANKS = ((0, 0), (0, 1), (0, -1), (1, 0), (1, -1), (-1, 0), (-1, 1))


def _spans(place: int, size: int) -> tuple[tuple[int, int], ...]:
    """Return where a phrase of ``size`` words may start and end, counted from its anchor."""
    around = [(-place - before, size - place + after) for before, after in _BLANKS]
    return tuple((start, end) for start, end in around if start <= 0 < end)


def is_anchor(word: str) -> bool:
    """Return whether a phrase is searched for around this word."""
    return word in _by_anchor()


def find_misspelt(words: Sequence[str]) -> Span | None:
    """Return the nearest phrase within its errors, of equally near ones the longest.

    A blank more or less inside the phrase is no error.
    """
    anchors = [at for at, word in enumerate(words) if is_anchor(word)]
    letters_at = [0, *accumulate(map(len, words))] if anchors else [0]
    best: tuple[int, int, Span] | None = None
    for at in anchors:
        for start, end, phrase in _candidates(at, _phrases(words[at]), letters_at):
            errors = _errors(words[start:end], phrase)
            rank = (errors, -len(phrase.letters), (start, end, phrase.form))
            if errors <= phrase.errors and (best is None or rank < best):
                best = rank
    return best[2] if best is not None else None


def _candidates(
    at: int, around: _Around, letters_at: Sequence[int]
) -> Iterator[tuple[int, int, _Phrase]]:
    """Yield the spans around an anchor that have nearly as many letters as one of its phrases."""
    count = len(letters_at) - 1
    for (before, after), phrases in around.items():
        start, end = at + before, at + after
        if start < 0 or end > count:
            continue
        size = letters_at[end] - letters_at[start]
        for phrase in phrases:
            if abs(size - len(phrase.letters)) <= phrase.errors:
                yield start, end, phrase


def _errors(words: Sequence[str], phrase: _Phrase) -> int:
    return int(OSA.distance("".join(words), phrase.letters, score_cutoff=phrase.errors))
