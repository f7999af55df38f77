"""Listed names in running text: a reverse search of every name of a snapshot over a document.

A text is cut into runs of words that can be a name: capitalised words with the small words
that tie them, and every word of scripts without capitals. A run's words are looked up by what
their spellings have in common, in a table of all listed names; what covers enough of a listed
name is compared by the matcher, like any party. Memory: the table, and the runs of one
stretch of text at a time.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from anyascii import anyascii
from rapidfuzz.distance.Indel import normalized_similarity as ratio

from limen.screening.commonwords import COMMON
from limen.snapshot import Snapshot
from limen.snapshot.format import WEAK

Span = tuple[int, int]
Name = tuple[str, ...]
#: A word of the text and where it stands.
Place = tuple[str, int, int]

#: Words of more names than this say too little to look a name up by.
_ANCHOR_MOST = 1_500
#: Words of more names than this are left out of a name without changing who is meant: Oil, Bank.
_GENERIC = 120
#: How alike two words of one key must be, 0 to 1, to be taken for one.
_NEAR = 0.6
_LONGEST = 14
#: Characters that are taken apart at a time.
_STRETCH = 1 << 16
_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_TIES = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "von",
        "van",
        "der",
        "den",
        "de",
        "da",
        "del",
        "di",
        "du",
        "la",
        "le",
        "al",
        "el",
        "ul",
        "bin",
        "ibn",
        "bint",
        "abu",
        "ter",
        "y",
        "e",
        "i",
        "in",
        "to",
    ]
)
_FORMS = frozenset(
    [
        "ltd",
        "limited",
        "llc",
        "plc",
        "inc",
        "corp",
        "corporation",
        "co",
        "company",
        "jsc",
        "pjsc",
        "ojsc",
        "ooo",
        "ao",
        "oao",
        "pao",
        "zao",
        "gmbh",
        "ag",
        "sa",
        "srl",
        "spa",
        "bv",
        "nv",
        "kg",
        "fze",
        "fzco",
        "fzc",
        "llp",
        "lp",
        "ltda",
        "oy",
        "ab",
        "as",
        "the",
        "of",
        "and",
        "for",
        "group",
        "holding",
        "holdings",
        "public",
        "joint",
        "stock",
        "open",
        "closed",
        "liability",
        "society",
    ]
)
#: What may be missing from a name for which one word of it stands: ``Rosneft`` (Oil Company).
_SPARED = frozenset(["russia", "russian", "federation", "oil", "gas", "rossii", "rossiya"])
_VOWELS = str.maketrans("", "", "aeiouyjhw'")
_ALIKE = str.maketrans("cqvwzgdb", "kkffsktp")


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text that covers a listed name.

    ``name`` is its number in the table; ``alone`` is whether a single word stands for it.
    """

    span: Span
    name: int
    covered: float
    alone: bool


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


@lru_cache(maxsize=131_072)
def folded(word: str) -> str:
    """A word in Latin letters, small."""
    low = word.lower()
    return low if low.isascii() else anyascii(low).lower().replace("'", "")


def _words_of(text: str) -> Name:
    """The folded words of a listed name."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    return tuple(folded(word) for word, _, _ in split(text))


def split(text: str) -> list[Place]:
    """The words of a text with their places; Han, kana and Hangul characters one by one."""
    found: list[Place] = []
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if word.isascii() or not _HAN.search(word):
            found.append((word, start, match.end()))
        else:
            found.extend((char, start + at, start + at + 1) for at, char in enumerate(word))
    return found


_SPARED_KEYS = frozenset(map(key_of, _SPARED))


class NameTable:
    """Every name of a snapshot, by the keys of its words; built when first asked."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.rows: list[list[int]] = []
        self._names: list[Name] = []
        self._keys: list[Name] = []
        self._weights: dict[str, float] = {}
        self._postings: dict[str, list[int]] = {}
        self._read()

    def _read(self) -> None:
        numbers: dict[str, int | None] = {}
        of_words: dict[Name, int] = {}
        keys: dict[str, str] = {}
        blob = self._snapshot.names["text.bytes"].tobytes()
        ends = self._snapshot.names["text.offsets"].tolist()
        kinds = self._snapshot.names["kind"].tolist()
        for row, (start, end) in enumerate(pairwise(ends)):
            text = blob[start:end].decode()
            if text in numbers:
                number = numbers[text]
            else:
                words = _words_of(text)
                number = of_words.get(words) if words else None
                if number is None and words:
                    number = of_words[words] = len(self._names)
                    self._add(words, number, keys)
                numbers[text] = number
            if number is None or (kinds[row] == WEAK and len(self._names[number]) < 2):
                continue
            self.rows[number].append(row)

    def _add(self, words: Name, number: int, keys: dict[str, str]) -> None:
        for word in words:
            if word not in keys:
                keys[word] = key_of(word)
        mine = tuple(keys[word] for word in words)
        self._names.append(words)
        self._keys.append(mine)
        self.rows.append([])
        for key in set(mine):
            posted = self._postings.get(key)
            if posted is None:
                self._postings[key] = [number]
            else:
                posted.append(number)

    @cached_property
    def _logs(self) -> float:
        return math.log(len(self._names) + 1)

    def weight(self, key: str) -> float:
        """How much a word of this key says: the square of the logarithm of its rarity."""
        known = self._weights.get(key)
        if known is None:
            rarity = self._logs - math.log(len(self._postings.get(key, ())) + 1)
            known = self._weights[key] = rarity * rarity
        return known

    def count(self, key: str) -> int:
        """In how many names a key stands."""
        return len(self._postings.get(key, ()))

    def hits(self, run: Sequence[Place]) -> Iterator[Hit]:
        """The listed names that a run of words covers."""
        words = [folded(word) for word, _, _ in run]
        places: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            places.setdefault(key_of(word), []).append(at)
        counted: Counter[int] = Counter()
        for key in places:
            posted = self._postings.get(key)
            if posted is not None and len(posted) <= _ANCHOR_MOST:
                counted.update(posted)
        for number, shared in counted.items():
            if shared < 2 and not self._lone[number]:
                continue
            name = self._names[number]
            if 3 * shared < len(name) and shared < 3 and not self._lone[number]:
                continue
            window = _window(self._keys[number], places)
            if window is None or window[1] - window[0] > len(name) + 3:
                continue
            hit = self._covers(number, name, run, words, window)
            if hit is not None:
                yield hit

    @cached_property
    def _lone(self) -> list[bool]:
        """Which names one word may stand for: all others are forms or words of many names."""
        generic = {
            word: word in _FORMS or word in _SPARED or self.count(key_of(word)) >= _GENERIC
            for name in self._names
            for word in name
        }
        return [sum(not generic[word] for word in name) <= 1 for name in self._names]

    def _covers(
        self, number: int, name: Name, run: Sequence[Place], words: Sequence[str], window: Span
    ) -> Hit | None:
        low, high = window
        inside = words[low : high + 1]
        have = {key_of(word): word for word in inside}
        keys = self._keys[number]
        total = covered = 0.0
        missing: list[str] = []
        for word, key in zip(name, keys, strict=True):
            weight = self.weight(key) * (0.1 if word in _FORMS else 1.0)
            total += weight
            if key in have and _near(have[key], word):
                covered += weight
            elif word not in _FORMS:
                missing.append(key)
        solid = [word for word in inside if word not in _TIES]
        if missing and all(word in COMMON or word in _FORMS for word in solid):
            return None
        foreign = sum(1 for word in solid if key_of(word) not in keys)
        if foreign > (1 if len(solid) > 3 else 0) or not solid:
            return None
        alone = len(solid) == 1
        if alone and not self._stands_alone(name, solid[0], missing):
            return None
        share = covered / total if total else 0.0
        return Hit((run[low][1], run[high][2]), number, share, alone)

    def _stands_alone(self, name: Name, word: str, missing: Sequence[str]) -> bool:
        return word in name and len(word) > 2 and all(key in _SPARED_KEYS for key in missing)

    def texts(self, number: int) -> str:
        """A name's words, folded."""
        return " ".join(self._names[number])


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


def stretches(text: str) -> Iterator[Span]:
    """A text in stretches of bounded size, cut between paragraphs, or between words."""
    at = 0
    while at < len(text):
        end = min(len(text), at + _STRETCH)
        if end < len(text):
            cuts = (text.rfind(mark, at + _STRETCH // 2, end) for mark in ("\n\n", "\n", " "))
            end = next((cut for cut in cuts if cut > at), end)
        yield at, end
        at = end


def runs_in(text: str, start: int, end: int) -> Iterator[list[Place]]:
    """Runs of words that can hold a name, cut into pieces that overlap where they are long."""
    run: list[Place] = []
    for word, low, high in split(text[start:end]):
        here = (word, low + start, high + start)
        if run and not _tied(text, run[-1][2], here[1]):
            yield from _pieces(run)
            run = []
        if _can_name(word) or (run and word.lower() in _TIES):
            run.append(here)
        elif run:
            yield from _pieces(run)
            run = []
    if run:
        yield from _pieces(run)


def _can_name(word: str) -> bool:
    first = word[0]
    return first.isupper() or first.isdigit() or not (first.islower() or first.isupper())


def _tied(text: str, before: int, after: int) -> bool:
    """Whether two words may belong to one name: blanks, a hyphen, a dot or a comma between."""
    between = text[before:after]
    if len(between) > 3:
        return not between.strip() and "\n\n" not in between
    return all(char in " \u00a0\t\n-–.'’‘\"“”&," for char in between) and between.count("\n") < 2


def _pieces(run: list[Place]) -> Iterator[list[Place]]:
    while run and run[-1][0].lower() in _TIES and run[-1][0].islower():
        run = run[:-1]
    if len(run) <= _LONGEST:
        if run:
            yield run
        return
    for at in range(0, len(run) - _LONGEST // 2, _LONGEST // 2):
        yield run[at : at + _LONGEST]
