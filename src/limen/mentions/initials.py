"""Find surnames with initials in a run of words: ``V. V. Putin``, ``Putin V.V.``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from limen.mentions.name_runs import Span
from limen.mentions.run_words import Run

#: Initials of one person at most; more single letters are an abbreviation.
_MOST = 3


def initialled(run: Run) -> Iterator[tuple[Span, int, tuple[str, ...]]]:
    """Yield stretches of a run with initials: first and last word, the surname, the initials."""
    single = [len(word) == 1 and word.isalpha() and word.isupper() for word, _, _ in run.places]
    if not any(single):
        return
    for at, word in enumerate(run.words):
        if single[at] or word.small or not word.parts:
            continue
        low = high = at
        while low > 0 and single[low - 1]:
            low -= 1
        while high + 1 < len(single) and single[high + 1]:
            high += 1
        for start, end, first, last in ((low, at, low, at), (at + 1, high + 1, at, high)):
            if 0 < end - start <= _MOST:
                initials = tuple(run.words[place].folded for place in range(start, end))
                yield (first, last), at, initials


def begin_with(texts: Sequence[str], initials: Sequence[str]) -> bool:
    """Return whether names begin with initials, as far as there are names: each with its own."""
    left = list(texts)
    for initial in initials[: len(left)]:
        named = next((text for text in left if text.startswith(initial)), None)
        if named is None:
            return False
        left.remove(named)
    return bool(texts)
