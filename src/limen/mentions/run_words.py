"""The words of a run of text as the listed words they may be, and the stretch of a name in it.

A run is some capitalised words of a text (``limen.mentions.name_runs``). This module knows no
table of names: ``limen.mentions.name_table`` reads the words and asks for the stretch of a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from limen.mentions.listed_words import Near
from limen.mentions.name_runs import Place, Span
from limen.names.reading.legal_forms import find_legal_forms

#: Initials of one person at most; more single letters are an abbreviation.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Represents one reading of a word: the listed words it may be, and the names they are in.

    ``near`` are the listed words, ``names`` the names they are in, ``weights`` what the best of
    them says in each; ``single`` are the names that have no other word but small ones, as a title,
    a particle or a legal form, by each of these.
    """

    near: Near
    names: NDArray[np.int32]
    weights: NDArray[np.float64]
    single: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Word:
    """Represents a word of a text; a small one names no party by itself.

    ``number`` is what it may count, in digits: ``XV`` is 15 behind what it counts.
    """

    folded: str
    readings: frozenset[str]
    parts: tuple[Part, ...]
    small: bool
    number: str = ""

    def is_of(self, texts: AbstractSet[str]) -> bool:
        """Return whether the word is one of some words, to the letter."""
        return self.readings <= texts or self.number in texts

    def may_be(self, ids: Sequence[int]) -> bool:
        """Return whether the word may be one of some listed words."""
        return any(at in part.near.likeness for part in self.parts for at in ids)

    def slips(self, ids: Sequence[int]) -> tuple[bool, bool]:
        """Return whether the word is one of some listed words by a slip alone, and a loose one."""
        near = [part.near for part in self.parts]
        found = [at for at in ids if any(at in one.likeness for one in near)]
        slip = bool(found) and all(any(at in one.slips for one in near) for at in found)
        return slip, slip and all(any(at in one.loose for one in near) for at in found)


class Run:
    """Represents a run of words, and every part with its place in it."""

    def __init__(self, places: Sequence[Place], words: Sequence[Word]) -> None:
        self.places = places
        self.words = words
        self.parts = [(place, part) for place, word in enumerate(words) for part in word.parts]
        self._where: dict[tuple[int, int], list[int]] = {}

    def where(self, word: int, times: int) -> list[int]:
        """Return the places where a listed word may be meant: of the words most like it.

        A word that a name has more than once has so many places, if there are so many.
        """
        known = self._where.get((word, times))
        if known is None:
            known = self._where[word, times] = self._most_like(word, times)
        return known

    def _most_like(self, word: int, times: int) -> list[int]:
        likeness: dict[int, float] = {}
        for place, part in self.parts:
            alike = part.near.likeness.get(word)
            if alike is not None:
                likeness[place] = max(alike, likeness.get(place, 0.0))
        if len(likeness) <= times:
            return list(likeness)
        least = sorted(likeness.values())[-times]
        return [place for place, alike in likeness.items() if alike >= least]

    @cached_property
    def said(self) -> frozenset[str]:
        """Return every reading of the words, and the classes of the legal forms that they are."""
        readings = frozenset().union(*(word.readings for word in self.words))
        return readings | {form for _, _, form in self.legal_forms}

    @cached_property
    def legal_forms(self) -> list[tuple[int, int, str]]:
        """Return the legal forms of the run: first place, end, class."""
        return find_legal_forms([word.folded for word in self.words], person=False)

    @cached_property
    def in_legal_forms(self) -> frozenset[int]:
        """Return the places of all words of legal forms."""
        return frozenset(at for start, end, _ in self.legal_forms for at in range(start, end))


def window_of(ids: Sequence[int], run: Run) -> Span | None:
    """Return the shortest stretch of a run that holds what a name shares with it."""
    shared: list[list[int]] = []
    times_of = Counter(ids) if len(set(ids)) < len(ids) else dict.fromkeys(ids, 1)
    for at, times in times_of.items():
        where = run.where(at, times)
        if times == 1:
            if where:
                shared.append(where)
            continue
        # a word that a name has twice has to be there twice: Aung Aung
        times = min(times, len(where))
        shared += [where[turn : len(where) - times + 1 + turn] for turn in range(times)]
    if not shared:
        return None
    if all(len(where) == 1 for where in shared):
        only = [where[0] for where in shared]
        return min(only), max(only)
    return min(
        (_nearest(place, shared) for place in sorted({at for where in shared for at in where})),
        key=lambda stretch: stretch[1] - stretch[0],
    )


def _nearest(place: int, shared: Sequence[Sequence[int]]) -> Span:
    """Return the stretch around a place that holds the nearest of each list of places."""
    nearest = [min(where, key=lambda at: abs(at - place)) for where in shared]
    return min(nearest), max(nearest)


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
