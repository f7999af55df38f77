"""Several values written into one cell: ``1) Saudi Arabia 2) Qatar``, ``(a) 1960, (b) 1961``."""

from __future__ import annotations

import re
from string import ascii_lowercase

_MARK = re.compile(r"(?<![\w(])\(?(\d{1,2}|[A-Za-z])\)(?:\s*-\s*\(?(\d{1,2})\))?[\s:.]*")
_EDGES = " ,;\u00a0"


def split_enumerated(text: str) -> tuple[str, ...]:
    """The values a cell enumerates, or the whole cell where it enumerates nothing.

    Numbers and letters must count up from the first; words before the first mark are a value
    of their own. ``(1)-(5) Tunisia (6)-(7) Algeria`` is two values.
    """
    starts: list[tuple[int, int]] = []
    due = 1
    for mark in _MARK.finditer(text):
        place = _place(mark[1])
        if place == due or (due == 1 and place == 2 and _between(text, mark)):
            starts.append(mark.span())
            due = int(mark[2] or place) + 1
    if not starts:
        return (text.strip(),) if text.strip() else ()
    cuts = [(0, 0), *starts, (len(text), len(text))]
    pieces = (text[cuts[i][1] : cuts[i + 1][0]].strip(_EDGES) for i in range(len(cuts) - 1))
    return tuple(piece for piece in pieces if piece)


def _between(text: str, mark: re.Match[str]) -> bool:
    """Whether words stand on both sides, so that a ``(b)`` can follow an unmarked first value."""
    return bool(text[: mark.start()].strip(_EDGES) and text[mark.end() :].strip(_EDGES))


def _place(mark: str) -> int:
    return int(mark) if mark.isdigit() else ascii_lowercase.index(mark.lower()) + 1
