"""Find the words of listed names that a word of a text may be, however it is spelled.

The words, their blocking keys and their weights are those of the name index
(``limen.names.index``), so that a text finds what a screening finds. This module looks words up
one by one; which names they make up is decided by ``limen.mentions.name_table``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance.Indel import normalized_similarity

from limen.names.index.blocking_keys import CLASSES, KEYS, SKELETONS, token_keys
from limen.names.kernels.encode import unpacked
from limen.names.reading.tokens import NUMBER, WORD, Token

Ids = NDArray[np.int64]
#: How alike two words are that may be one, 0 to 1: one letter of three missing gives 0.8.
_NEAR = 0.8
#: The same for a word that is a known name as it is: Aleksey is no slip of Alexy.
_NEAR_KNOWN = 0.85
#: The same for words of one sound or one consonant skeleton: vowels differ between standards.
_NEAR_IN_SOUND = 0.6
#: How alike forms of one name are (Aleksandr, Alexander): less than two equal words.
_ONE_NAME = 0.9
#: A slip in fewer letters than this, or one less alike, may well be another word: Part, Sparta.
_LONG, _NEAR_IN_LONG = 7, 0.85
#: Words of up to this many letters may share no more than one key when a letter is missing.
_SHORT = 5
#: What is added to a share of letters before it is a bound, so that rounding passes over nothing.
_ROUNDING = 0.001


@dataclass(frozen=True, slots=True)
class Near:
    """Represents the listed words that a word may be, by position.

    ``likeness`` is how alike each is, 0 to 1. ``slips`` are those that are alike in letters
    alone, neither in sound nor as names; ``loose`` those of them that may be another word.
    """

    likeness: Mapping[int, float]
    slips: frozenset[int] = frozenset()
    loose: frozenset[int] = frozenset()


class ListedWords:
    """Represents the distinct words of the listed names, by position, as the index reads them."""

    def __init__(self, index: Mapping[str, NDArray[np.generic]]) -> None:
        read = list(_words(index))
        self.tokens = [token for token, _ in read]
        #: The place of each name's words among the distinct ones, name after name.
        self.of_names = np.searchsorted([start for _, start in read], np.asarray(index["words"]))
        self.texts = [token.text for token in self.tokens]
        self._letters = np.array([_letters(text) for text in self.texts], dtype="u8")
        self._lengths = np.array([len(text) for text in self.texts], dtype="i8")
        self._number_of_sound: dict[str, int] = {}
        sounds = self._number_of_sound
        self._sounds = np.array(
            [sounds.setdefault(token.sound, len(sounds)) for token in self.tokens], dtype="i8"
        )
        keys = [token_keys(token) if counts(token) else () for token in self.tokens]
        sizes = np.array([len(few) for few in keys], dtype="i8")
        flat = np.array([key for few in keys for key in few], dtype="i8")
        order = np.argsort(flat, kind="stable")
        self._words_of_key = np.repeat(np.arange(sizes.size), sizes)[order]
        self._starts = np.searchsorted(flat[order], np.arange(KEYS + 1))
        #: How much each word says: the weight of the rarest of its keys, 0 for a small word.
        self.weights = np.zeros(sizes.size)
        np.maximum.at(self.weights, np.repeat(np.arange(sizes.size), sizes), _rarity(index)[flat])

    def __len__(self) -> int:
        return len(self.tokens)

    def near(self, token: Token) -> Near:
        """Return the listed words that a word may be."""
        keys = token_keys(token)
        if not keys:
            return Near({})
        runs = [self._posted(key) for key in keys]
        if token.kind == NUMBER:
            same = {at for run in runs for at in run.tolist() if self.texts[at] == token.text}
            return Near(dict.fromkeys(sorted(same), 1.0))
        forms = {
            at
            for key, run in zip(keys, runs, strict=True)
            if CLASSES <= key < SKELETONS
            for at in run.tolist()
            if _same_name(token, self.tokens[at])
        }
        of_bones = [run for key, run in zip(keys, runs, strict=True) if key >= SKELETONS]
        bones = set() if token.classes else {at for run in of_bones for at in run.tolist()}
        likeness = dict.fromkeys(forms, _ONE_NAME)
        slips: set[int] = set()
        least = _NEAR_KNOWN if token.classes else _NEAR
        found = _in_several(runs, 1 if len(token.text) <= _SHORT else 2)
        for at, alike in self._alike(token, found, bones, least):
            if alike == 1.0 or at in bones or self.tokens[at].sound == token.sound:
                likeness[at] = max(alike, likeness.get(at, 0.0))
            elif at not in forms and alike >= least:
                likeness[at] = alike
                slips.add(at)
        sure = len(token.text) >= _LONG
        loose = {at for at in slips if not sure or likeness[at] < _NEAR_IN_LONG}
        return Near(likeness, frozenset(slips), frozenset(loose))

    def _alike(
        self, token: Token, found: Ids, bones: set[int], least: float
    ) -> Iterator[tuple[int, float]]:
        """Yield the words whose letters are like those of a word, and how alike.

        Those of its sound or its consonants may be less alike than ``least``. What cannot be so
        alike is passed over: a letter that one of two words alone has needs an edit of its own.
        """
        in_sound = self._sounds[found] == self._number_of_sound.get(token.sound, -1)
        if bones:
            marked = np.zeros(len(self.texts), dtype=bool)
            marked[list(bones)] = True
            in_sound |= marked[found]
        edits = np.bitwise_count(self._letters[found] ^ _letters(token.text))
        most = np.where(in_sound, 1 - _NEAR_IN_SOUND, 1 - least) + _ROUNDING
        may_be = found[edits <= most * (self._lengths[found] + len(token.text))].tolist()
        alike = process.extract(
            token.text,
            [self.texts[at] for at in may_be],
            scorer=normalized_similarity,
            processor=None,
            score_cutoff=_NEAR_IN_SOUND,
            limit=None,
        )
        return ((may_be[place], likeness) for _, likeness, place in alike)

    def _posted(self, key: int) -> Ids:
        return self._words_of_key[self._starts[key] : self._starts[key + 1]]


def counts(token: Token) -> bool:
    """Return whether a name can be found by a word: no legal form, particle, title or initial."""
    return token.kind in (WORD, NUMBER)


def _in_several(runs: Sequence[Ids], least: int) -> Ids:
    """Return what is in so many of some runs (1 or 2), each once, in order."""
    every = np.concatenate(runs)
    every.sort()
    if least > 1:
        every = every[1:][every[1:] == every[:-1]]
    first = np.ones(every.size, dtype=bool)
    np.not_equal(every[1:], every[:-1], out=first[1:])
    return every[first]


def _same_name(one: Token, two: Token) -> bool:
    """Return whether two words are forms of one name: Aleksandr, Alexander."""
    return any(code >> 1 == other >> 1 for code in one.classes for other in two.classes)


def _letters(text: str) -> np.uint64:
    """Return the letters and digits that a word has, a bit each."""
    bits = 0
    for letter in set(text):
        bits |= 1 << (ord(letter) & 63)
    return np.uint64(bits)


def _rarity(index: Mapping[str, NDArray[np.generic]]) -> NDArray[np.float64]:
    return np.asarray(index["key_weights"]).astype("f8")


def _words(index: Mapping[str, NDArray[np.generic]]) -> Iterator[tuple[Token, int]]:
    """Yield the words of an index as they were read, and where each one's record starts."""
    records, at = memoryview(np.asarray(index["records"])), 0  # type: ignore[arg-type]
    while at < len(records):
        token, end = unpacked(records, at)
        yield token, at
        at = end
