"""Find the runs of a text that may name a party in small letters.

A name begins with a capital, and by that it is found in a text (``limen.mentions.name_runs``). In
chats, forms and subject lines nothing does: there, two words of one listed name that are near
each other, to the letter, make a run that is looked at. Which names it covers, and how well, is
decided as for any other run; :meth:`SmallLetters.is_name` says whether its words are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from limen.documents.text.vocabulary import words as spoken_words
from limen.mentions.name_runs import LONGEST, WORD, Place, folded, is_tied
from limen.mentions.vocabulary import any_of, text_words
from limen.names.reading.tables import tables

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: Words apart that two words of a name may be: a patronymic or an initial is between them.
_APART = 2
#: Words on either side that may belong to the same name.
_AROUND = 4
#: Words of the longest name of which every two words are a pair.
_PAIRED = 6
#: A word of more names than this that no person has says what kind of body it is: ``financial``.
_USUAL = 10
#: Words of a name that are enough when none of them is its own.
_WHOLE = 3
_LETTERS = re.compile(r"[^\W_]+")


class SmallLetters:
    """Represents the pairs of words that listed names have.

    Args:
        texts: the distinct listed words, by position.
        words: the words of all names, one name after another.
        starts: where each name starts in them, and the end.
        counts: which listed words count as words of a name.
        of_other: which names are of no person.
        of_craft: which names are of a ship or an aircraft.
    """

    def __init__(
        self, texts: Sequence[str], words: Ids, *, starts: Ids, counts: Mask, of_other: Mask,
        of_craft: Mask,
    ) -> None:  # fmt: skip
        self._number: dict[str, int] = {}
        own = [self._number.setdefault(text, len(self._number)) for text in texts]
        self._size = len(self._number)
        self._add_numerals()
        self._ordinary = np.zeros(self._size + 1, dtype=bool)
        spoken = {word for word in self._number if _is_letter(word) or word in ordinary()}
        self._ordinary[[self._number[word] for word in spoken]] = True
        names = np.repeat(np.arange(starts.size - 1), np.diff(starts))
        counted = counts[words]
        names, spelled = names[counted], np.array(own, dtype="i8")[words[counted]]
        self._usual = np.bincount(spelled[of_other[names]], minlength=self._size) > _USUAL
        plain = self._ordinary[spelled] & ~of_craft[names]
        pairs = [
            self._keys(spelled[:-apart], spelled[apart:])[
                (names[:-apart] == names[apart:]) & ~(plain[:-apart] & plain[apart:])
            ]
            for apart in range(1, _PAIRED)
        ]
        self._pairs = np.unique(np.concatenate(pairs))

    def _add_numerals(self) -> None:
        """Add Roman numerals as the numbers they are, by which names are listed."""
        for word, value in tables().numbers.items():
            if not word.strip("ivx") and value in self._number:
                self._number.setdefault(word, self._number[value])

    def _keys(self, one: Ids, two: Ids) -> Ids:
        return np.minimum(one, two) * self._size + np.maximum(one, two)

    def _numbers(self, texts: Iterable[str]) -> Ids:
        """Return the numbers of words in small letters; of those that are not listed, the size."""
        return np.fromiter(map(self._number.get, texts, repeat(self._size)), dtype="i8")

    def is_name(self, wording: str, *, person: bool, covered: float) -> bool:
        """Return whether words in small letters are enough of a name.

        A person needs two words that are no words of the language; another needs one that is its
        own, or all of its words.
        """
        ids = self._numbers(map(folded, WORD.findall(wording)))
        naming = [at for at in ids.tolist() if at < self._size and not self._ordinary[at]]
        if person:
            return len(naming) > 1
        whole = covered >= 1.0 and len(ids) >= _WHOLE
        return whole or any(not self._usual[at] for at in naming)

    def runs(self, text: str, start: int, end: int) -> Iterator[list[Place]]:
        """Yield the runs of a stretch in which two words of a listed name are near each other.

        Two words with capitals are found without this; two words of the language name no party but
        a ship.
        """
        stretch = text[start:end]
        if not any(map(str.islower, stretch)):
            return
        if stretch.isascii():
            ids = self._numbers(_LETTERS.findall(stretch.lower()))
        else:
            ids = self._numbers(map(folded, _LETTERS.findall(stretch)))
        yield from _behind_craft(text, start, end)
        pairs = self._listed_pairs(ids)
        if not pairs:
            return
        places = list(_LETTERS.finditer(text, start, end))
        done = -1
        for at, apart in pairs:
            if at >= done and any(places[each].group()[0].islower() for each in (at, at + apart)):
                low, done = self._around(text, places, ids, at)
                yield [(place.group(), *place.span()) for place in places[low:done]]

    def _listed_pairs(self, ids: Ids) -> list[tuple[int, int]]:
        """Return where two words begin that a listed name has, and how far apart they are."""
        if not self._pairs.size:
            return []
        found: list[tuple[int, int]] = []
        for apart in range(1, _APART + 1):
            one, two = ids[:-apart], ids[apart:]
            near = np.flatnonzero((one < self._size) & (two < self._size))
            keys = self._keys(one[near], two[near])
            where = np.minimum(np.searchsorted(self._pairs, keys), self._pairs.size - 1)
            found += [(at, apart) for at in near[self._pairs[where] == keys].tolist()]
        return sorted(found)

    def _around(
        self, text: str, places: Sequence[re.Match[str]], ids: Ids, at: int
    ) -> tuple[int, int]:
        """Return the run around a word: neighbours that are words of listed names, tied to it."""
        low = high = at
        while low > max(0, at - _AROUND) and self._goes_on(text, places, ids, low - 1):
            low -= 1
        last = min(len(places), at + LONGEST - _AROUND) - 1
        while high < last and self._goes_on(text, places, ids, high):
            high += 1
        return low, high + 1

    def _goes_on(self, text: str, places: Sequence[re.Match[str]], ids: Ids, at: int) -> bool:
        """Return whether a word and the next one may be of one name."""
        both = (at, at + 1)
        known = all(ids[each] < self._size or len(places[each].group()) == 1 for each in both)
        return known and is_tied(text[places[at].end() : places[at + 1].start()])


def _behind_craft(text: str, start: int, end: int) -> Iterator[list[Place]]:
    """Yield the words behind a word for a ship, which may be its name: ``the tanker galaxy``."""
    for found in _craft_and_word().finditer(text, start, end):
        word = found[1]
        if word in text_words().common or word not in ordinary():
            yield [(word, *found.span(1))]


@cache
def _craft_and_word() -> re.Pattern[str]:
    craft = any_of(text_words().craft)
    return re.compile(rf"{craft}[ \"'“‘«]{{1,2}}([a-z]{{4,}})(?![^\W_])")


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


@cache
def ordinary() -> frozenset[str]:
    """Return the words of the language that listed names also have."""
    spoken = spoken_words()
    return text_words().common.union(
        spoken.function_words, spoken.speech, spoken.auxiliaries, spoken.determiners, spoken.links,
        spoken.times, spoken.offices, spoken.bodies, spoken.modifiers, spoken.person_heads,
        spoken.documents, spoken.speech_nouns, spoken.governing, spoken.subordinators,
    )  # fmt: skip
