"""Find the channel of a statement: a call, a tweet, a written statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from limen.documents.text.quotes import Quote
from limen.documents.text.sentences import MASK
from limen.documents.text.vocabulary import words


def channel_of(text: str, quotes: Sequence[Quote], at: int) -> str | None:
    """Return the channel a sentence names outside its quotations."""
    plain = text
    for quote in quotes:
        low, high = quote.outer[0] - at, quote.outer[1] - at
        plain = plain[:low] + MASK * (min(high, len(text)) - low) + plain[high:]
    folded = " ".join(plain.lower().split())
    anything, kinds = _channel_words()
    if anything.search(folded) is None:
        return None
    return next((kind for kind, pattern in kinds if pattern.search(folded)), None)


@cache
def _channel_words() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """Return a pattern for any channel, and one for each, the most telling first."""
    kinds = [(kind, "|".join(map(re.escape, phrases))) for kind, phrases in words().channels]
    every = "|".join(phrases for _, phrases in kinds)
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)"), tuple(
        (kind, re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")) for kind, phrases in kinds
    )
