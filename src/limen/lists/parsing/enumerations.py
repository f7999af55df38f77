"""Split a cell that enumerates values: ``1) Saudi Arabia 2) Qatar``, ``(a) 1960, (b) 1961``."""

from __future__ import annotations

import re
from string import ascii_lowercase

_MARK = re.compile(r"(?<![\w(])\(?(\d{1,2}|[A-Za-z])\)(?:\s*-\s*\(?(\d{1,2})\))?[\s:.]*")
_EDGES = " ,;\u00a0"


def split_enumerated(text: str) -> tuple[str, ...]:
    """Return the values a cell enumerates, or the whole cell where it enumerates none.

    Numbers and letters must count up from the first; words before the first mark are a value
    of their own. ``(1)-(2) Tunisia (3) Algeria`` is three values, as another cell counts them.
    """
    if ")" not in text:
        return (trimmed,) if (trimmed := text.strip()) else ()
    starts: list[tuple[int, int, int]] = []
    due = 1
    for mark in _MARK.finditer(text):
        place = _place(mark[1])
        if place == due or (due == 1 and place == 2 and _between(text, mark)):
            last = int(mark[2] or place)
            starts.append((*mark.span(), max(last - place + 1, 1)))
            due = last + 1
    if not starts:
        return (text.strip(),) if text.strip() else ()
    cuts = [(0, 0, 1), *starts]
    ends = [start for start, _, _ in starts] + [len(text)]
    return tuple(
        piece
        for (_, begin, times), end in zip(cuts, ends, strict=True)
        if (piece := text[begin:end].strip(_EDGES))
        for _ in range(times)
    )


def _between(text: str, mark: re.Match[str]) -> bool:
    """Return whether a mark has words on both sides, so that ``(b)`` can follow an unmarked (a)."""
    return bool(text[: mark.start()].strip(_EDGES) and text[mark.end() :].strip(_EDGES))


def _place(mark: str) -> int:
    return int(mark) if mark.isdigit() else ascii_lowercase.index(mark.lower()) + 1
