"""Match equal words only, whatever their order, case, accents and punctuation: ``exact``."""

from __future__ import annotations

from limen.names.reading.normalise import Name

#: Its scores are 0 and 1 alone.
THRESHOLD = 1.0
DESCRIPTION = (
    "The same words in any order, after case, accents, punctuation, script and legal form are "
    "made one. Nothing else matches."
)


def score(one: Name, two: Name, mode: int) -> int:
    """Return 1000 where the words are the same, else 0."""
    del mode
    same = bool(one.tokens) and sorted(one.key) == sorted(two.key)
    return 1000 if same else 0
