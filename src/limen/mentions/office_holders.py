"""Find the places where an office means the person who holds it: ``the president``.

An office means the person whom the text named with it last, listed or not: behind ``President
Biden``, ``the president`` is no longer the president of Russia.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from limen.documents.text.vocabulary import words
from limen.mentions.name_runs import Span, folded
from limen.mentions.vocabulary import any_of

_NAME = r"(?P<name>(?:[A-Z][\w.’'-]*\s+){0,3}[A-Z][\w’'-]+)"

#: People named with an office that are looked back at.
_LOOKED_BACK = 40


@dataclass(frozen=True, slots=True)
class _Holder:
    """Represents a person named with an office: where, by which surname, in which words."""

    at: int
    surname: str
    office: frozenset[str]


@cache
def _heads() -> str:
    return "|".join(sorted(word for word in words().offices if "-" not in word))


@cache
def _head() -> re.Pattern[str]:
    return re.compile(any_of(word for word in words().offices if "-" not in word))


#: The words of an office before its head, and the name behind it: ``Russian President X``.
_OFFICE = re.compile(r"(?:[A-Z][\w’'-]*\s+){0,4}\Z")
_NAMED = re.compile(rf"\s+{_NAME}")
#: A name with the office behind it: ``X, the Russian president,``.
_APPOSED = re.compile(rf"{_NAME},\s+(?:the\s+|an?\s+|its\s+)?(?P<office>(?:[\w’'-]+\s+){{0,4}})\Z")
_CLOSED = re.compile(r"[\w\s]{0,30}[,.]")


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(
        rf"[Tt](?<!\w.)he\s+(?P<office>(?:[\w’'-]+\s+){{0,2}}?(?:{_heads()}))\b(?!\s+(?:of|for|[A-Z])|-|,\s+[A-Z])"
    )


def titles_in(text: str) -> Iterator[tuple[str, Span]]:
    """Yield every office that is used alone, with the folded surname of its last holder."""
    holders = sorted(_holders(text), key=lambda holder: holder.at)
    if not holders:
        return
    starts = [holder.at for holder in holders]
    for found in _alone().finditer(text):
        needed = _words_of(found["office"])
        last = bisect_left(starts, found.start())
        before = reversed(holders[max(0, last - _LOOKED_BACK) : last])
        holder = next((earlier for earlier in before if needed <= earlier.office), None)
        if holder is not None:
            yield holder.surname, found.span()


def _holders(text: str) -> Iterator[_Holder]:
    for head in _head().finditer(text):
        start, end = head.span()
        named = _NAMED.match(text, end) if head.group()[0].isupper() else None
        if named is not None:
            office = _OFFICE.search(text, max(0, start - 60), start)
            words_before = office.group() if office else ""
            yield _holder(named["name"], f"{words_before}{head.group()}", named.end())
            continue
        apposed = _APPOSED.search(text, max(0, start - 90), start)
        if apposed is not None and _CLOSED.match(text, end):
            yield _holder(apposed["name"], f"{apposed['office']}{head.group()}", end)


def _holder(name: str, office: str, at: int) -> _Holder:
    surname = name.rsplit(maxsplit=1)[-1].removesuffix("'s").removesuffix("’s")
    return _Holder(at, folded(surname), _words_of(office))


def _words_of(office: str) -> frozenset[str]:
    """Return the words of an office; ``Russia's`` and ``Russian`` are one."""
    low = (word.lower().removesuffix("'s").removesuffix("’s") for word in office.split())
    return frozenset(word.removesuffix("n") if word.endswith("ian") else word for word in low)
