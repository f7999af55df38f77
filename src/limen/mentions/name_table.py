"""Every listed name of a snapshot by what the spellings of its words have in common.

A run of words is looked up by two of its words at once, or by one word that can stand for a
name alone; what covers a listed name is handed on to be compared by the matcher. Memory: the
table, whatever the length of the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance.Indel import normalized_similarity as ratio

from limen.mentions.name_runs import Place, Span, folded, split
from limen.mentions.vocabulary import text_words
from limen.snapshot import Snapshot
from limen.snapshot.format import WEAK

Name = tuple[str, ...]

#: Words of more names than this say too little to look a name up by.
_ANCHOR_MOST = 1_500
#: Words of more names than this are left out of a name without changing who is meant: Oil, Bank.
_GENERIC = 120
#: How alike two words of one key must be, 0 to 1, to be taken for one.
_NEAR = 0.6
#: What a legal form weighs beside a word of its own.
_FORM_WEIGHT = 0.1
_WORD = re.compile(r"[^\W_]+")
_VOWELS = str.maketrans("", "", "aeiouyjhw'")
_ALIKE = str.maketrans("cqvwzgdb", "kkffsktp")


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text that covers a listed name.

    ``name`` is its number in the table, ``covered`` the share of its weight, 0 to 1; ``alone``
    is whether a single word stands for it.
    """

    span: Span
    name: int
    covered: float
    alone: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of words with their keys, and where each key stands in it."""

    places: Sequence[Place]
    words: Sequence[str]
    keys: Sequence[str]
    at: dict[str, list[int]]


@lru_cache(maxsize=131_072)
def key_of(word: str) -> str:
    """What the spellings of a folded word have in common: its consonants, roughly."""
    if len(word) < 4 or word.isdigit():
        return word
    head = word[0]
    if head in "yj" and word[1] in "aeiou":
        head = "a"
    rest = word[1:].translate(_VOWELS).translate(_ALIKE)
    first = "a" if head in "aeiou" else head.translate(_ALIKE)
    bones = [first]
    for char in rest:
        if char != bones[-1]:
            bones.append(char)
    return "".join(bones) if len(bones) > 2 else f"{''.join(bones)}{len(word) // 3}"


class NameTable:
    """Every name of a snapshot, by the keys of its words; built when first asked."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.rows: list[list[int]] = []
        self._names: list[Name] = []
        self._keys: list[Name] = []
        self._weights: dict[str, float] = {}
        self._postings: dict[str, list[int]] = {}
        self._sets: dict[str, frozenset[int]] = {}
        self._lone: list[bool] = []
        self._alone: dict[str, list[int]] = {}
        self._paired: dict[tuple[str, str], list[int]] = {}
        self._read(snapshot)
        self._logs = math.log(len(self._names) + 1)
        self._index()

    def _read(self, snapshot: Snapshot) -> None:
        numbers: dict[str, int | None] = {}
        of_words: dict[Name, int] = {}
        blob = snapshot.names["text.bytes"].tobytes()
        ends = snapshot.names["text.offsets"].tolist()
        kinds = snapshot.names["kind"].tolist()
        for row, (start, end) in enumerate(pairwise(ends)):
            text = blob[start:end].decode()
            if text in numbers:
                number = numbers[text]
            else:
                words = _words_of(text)
                number = of_words.get(words) if words else None
                if number is None and words:
                    number = of_words[words] = len(self._names)
                    self._add(words, number)
                numbers[text] = number
            if number is None or (kinds[row] == WEAK and len(self._names[number]) < 2):
                continue
            self.rows[number].append(row)

    def _add(self, words: Name, number: int) -> None:
        keys = tuple(map(key_of, words))
        self._names.append(words)
        self._keys.append(keys)
        self.rows.append([])
        for key in set(keys):
            self._postings.setdefault(key, []).append(number)

    def _index(self) -> None:
        """Which names one word stands for, alone or beside a word of very many names."""
        known = text_words()
        spared = frozenset(map(key_of, known.spared))
        minor = {
            word: word in known.forms or key_of(word) in spared
            for name in self._names for word in name
        }  # fmt: skip
        generic = {
            word: word in known.forms
            or word in known.spared
            or self.count(key_of(word)) >= _GENERIC
            for word in minor
        }
        crowded = {key for key, posted in self._postings.items() if len(posted) > _ANCHOR_MOST}
        for number, name in enumerate(self._names):
            lone = sum(not generic[word] for word in name) <= 1
            self._lone.append(lone)
            if not lone:
                continue
            for word in _standing_alone(name, minor):
                self._alone.setdefault(word, []).append(number)
            keys = set(self._keys[number])
            for common in keys & crowded:
                for key in keys - crowded:
                    self._paired.setdefault((key, common), []).append(number)
        self._crowded = frozenset(crowded)

    def weight(self, key: str) -> float:
        """How much a word of this key says: the square of the logarithm of its rarity."""
        known = self._weights.get(key)
        if known is None:
            rarity = self._logs - math.log(self.count(key) + 1)
            known = self._weights[key] = rarity * rarity
        return known

    def count(self, key: str) -> int:
        """In how many names a key stands."""
        return len(self._postings.get(key, ()))

    def hits(self, places: Sequence[Place]) -> Iterator[Hit]:
        """The listed names that a run of words covers."""
        words = [folded(word) for word, _, _ in places]
        keys = [key_of(word) for word in words]
        at: dict[str, list[int]] = {}
        for place, key in enumerate(keys):
            at.setdefault(key, []).append(place)
        run = _Run(places, words, keys, at)
        for number in self._candidates(run):
            name = self._names[number]
            window = _window(self._keys[number], at)
            if window is None or window[1] - window[0] > len(name) + 3:
                continue
            hit = self._covers(number, name, run, window)
            if hit is not None:
                yield hit

    def _candidates(self, run: _Run) -> Iterator[int]:
        """Names with two words of the run, or with the one that is needed."""
        anchors = [key for key in run.at if key in self._postings and key not in self._crowded]
        shared = self._shared(anchors)
        yield from (
            number for number, count in shared.items()
            if count > 2 or 3 * count >= len(self._names[number]) or self._lone[number]
        )  # fmt: skip
        one: set[int] = set()
        for word in set(run.words):
            one.update(self._alone.get(word, ()))
        common = [key for key in run.at if key in self._crowded]
        for key in run.at if common else ():
            for other in common:
                one.update(self._paired.get((key, other), ()))
        yield from sorted(one - shared.keys())

    def _shared(self, anchors: Sequence[str]) -> dict[int, int]:
        """How many of some keys a name has, for the names that have two or more.

        The key of the most names is only asked about: it brings no name in by itself.
        """
        if len(anchors) < 2:
            return {}
        *rarer, commonest = sorted(anchors, key=self.count)
        counted: Counter[int] = Counter()
        for key in rarer:
            counted.update(self._postings[key])
        if commonest not in self._sets:
            self._sets[commonest] = frozenset(self._postings[commonest])
        last = self._sets[commonest]
        counts = ((number, count + (number in last)) for number, count in counted.items())
        return {number: count for number, count in counts if count > 1}

    def _covers(self, number: int, name: Name, run: _Run, window: Span) -> Hit | None:
        low, high = window
        forms, ties = text_words().forms, text_words().ties
        inside = run.words[low : high + 1]
        keys = self._keys[number]
        solid = [
            (word, key)
            for word, key in zip(inside, run.keys[low : high + 1], strict=True)
            if word not in ties and not _initial(word)
        ]
        foreign = sum(1 for _, key in solid if key not in keys)
        if not solid or foreign > (1 if len(solid) > 3 else 0):
            return None
        have = dict(zip(run.keys[low : high + 1], inside, strict=True))
        total = covered = 0.0
        missing = False
        for word, key in zip(name, keys, strict=True):
            weight = self.weight(key) * (_FORM_WEIGHT if word in forms else 1.0)
            total += weight
            if key in have and _near(have[key], word):
                covered += weight
            elif word not in forms:
                missing = True
        common = text_words().common
        if missing and all(word in common or word in forms for word, _ in solid):
            return None
        alone = len(solid) == 1
        if alone and number not in self._alone.get(solid[0][0], ()):
            return None
        share = covered / total if total else 0.0
        return Hit((run.places[low][1], run.places[high][2]), number, share, alone)


def _words_of(text: str) -> Name:
    """The folded words of a listed name."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    return tuple(folded(word) for word, _, _ in split(text))


def _initial(word: str) -> bool:
    """Whether a word is one letter of a name: the matcher knows what it stands for."""
    return len(word) == 1 and word.isalpha() and word.isascii()


def _standing_alone(name: Name, minor: dict[str, bool]) -> Iterator[str]:
    """The words of a name beside which nothing is missing that is the name's own."""
    own = {word for word in name if not minor[word]}
    for word in own:
        if len(word) > 2 and all(other == word or _one(other, word) for other in own):
            yield word


def _one(word: str, other: str) -> bool:
    return key_of(word) == key_of(other) and _near(word, other)


def _near(word: str, listed: str) -> bool:
    """Whether two words of one key can be one word: most of their letters agree."""
    return word == listed or ratio(word, listed) >= _NEAR


def _window(keys: Name, places: dict[str, list[int]]) -> Span | None:
    """The shortest stretch of a run that holds what the name shares with it."""
    shared = [places[key] for key in set(keys) if key in places]
    if not shared:
        return None
    if all(len(found) == 1 for found in shared):
        each = [found[0] for found in shared]
        return min(each), max(each)
    best: Span | None = None
    for at in (place for found in shared for place in found):
        nearest = [min(found, key=lambda place: abs(place - at)) for found in shared]
        low, high = min(nearest), max(nearest)
        if best is None or high - low < best[1] - best[0]:
            best = (low, high)
    return best
