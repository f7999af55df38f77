"""Find where letters of a text are lost for good, so that no name can be found there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from limen.util.disguise.repair import repair
from limen.util.disguise.suspects import damages

#: A web address has question marks and no lost letters.
_WEB = re.compile(r"[/=@]")
#: Places named one by one; more are counted.
_NAMED = 12


def lost_letters(text: str) -> Iterator[str]:
    """Yield the places of a text where letters are lost, in words.

    Args:
        text: any length of it.
    """
    places = _places(text)
    for at, word, why in islice(places, _NAMED):
        line = text.count("\n", 0, at) + 1
        yield f"line {line}: of {word[:60]!r} {why}"
    more = sum(1 for _ in places)
    if more:
        yield f"letters are lost in {more} more places"


def _places(text: str) -> Iterator[tuple[int, str, str]]:
    for start, stop in damages(text):
        word = text[start:stop]
        lost = "" if _WEB.search(word) and "\ufffd" not in word else repair(word).lost
        if lost:
            yield start, word, lost
