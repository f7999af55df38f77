"""Find the listed names that a run of words in a text covers.

Words are looked up in the vocabulary of the name index (``limen.mentions.listed_words``). Here
they are put together: a name is found by two of its words, or by one word that can mean it
alone, within the shortest stretch of the run that holds them. Whether the stretch means the name
is decided by the matcher (``limen.mentions.finder``). Memory: the table, whatever the length of
the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from limen.mentions.listed_words import ListedWords, Near, counts
from limen.mentions.name_runs import HAN, Place, Span, folded, split
from limen.mentions.run_words import Part, Run, Word, begin_with, initialled, window_of
from limen.mentions.small_letters import SmallLetters
from limen.mentions.vocabulary import text_words
from limen.names.reading.normalise import normalise
from limen.names.reading.tables import tables
from limen.names.reading.tokens import LEGAL, PARTICLE, TITLE, make_token
from limen.snapshot import Snapshot
from limen.snapshot.format import SCHEMAS, WEAK
from limen.util.cache import BoundedCache

#: Words of texts that are remembered with the names they are in: some two kilobytes each. A long
#: file of payments has about twice as many different ones.
_WORDS_REMEMBERED = 16_000
#: The least share of its weight by which words bring in a name. No matcher takes a person's name
#: for one of which it has less; of other names the finder asks for more (0.8 and 0.95), once it is
#: known which of the words belong together.
_PERSON_SHARE, _OTHER_SHARE = 0.3, 0.75
#: A stretch holds so many words more than the name at most: a title, an initial, a patronymic.
_MORE_WORDS = 3
#: What has a name as ships have it.
CRAFT = frozenset(("Vessel", "Airplane", "Vehicle", "Asset"))
#: Characters of Han, kana and Hangul are looked up one by one, and weigh by rarity as keys do.
_RARITY = 16


@dataclass(frozen=True, slots=True)
class Hit:
    """Represents a stretch of text that covers a listed name.

    ``name`` is its number in the table, ``covered`` the share of its weight, 0 to 1; ``alone``
    is whether a single word means it, ``exact`` whether every word is one of the name's to the
    letter, ``loose`` whether one may well be another word.
    """

    span: Span
    name: int
    covered: float
    alone: bool
    exact: bool
    loose: bool


class NameTable:
    """Represents every name of a snapshot as the words it consists of."""

    def __init__(self, snapshot: Snapshot) -> None:
        index = snapshot.arrays.table("index")
        self._listed = ListedWords(index)
        self._texts = list(self._listed.texts)
        self._words = self._listed.of_names
        self._words_at = np.asarray(index["words_at"]).astype("i8")
        self._rows = np.asarray(index["rows"]).astype("i8")
        self._rows_at = np.asarray(index["rows_at"]).astype("i8")
        self._weights = self._listed.weights
        self._posted = np.array([counts(token) for token in self._listed.tokens], dtype=bool)
        self._characters: dict[str, int] = {}
        self._add_character_names(snapshot)
        self._read_rows(snapshot)
        self._post()
        self.given_names = {token.text for token in self._listed.tokens if token.classes}
        self._alone = self._standing_alone()
        self.small_letters = SmallLetters(
            self._texts, self._words, starts=self._words_at, counts=self._posted,
            of_other=self._of_other, of_craft=self._of_craft,
        )  # fmt: skip
        self._remembered: BoundedCache[str, Word] = BoundedCache(_WORDS_REMEMBERED)

    def _add_character_names(self, snapshot: Snapshot) -> None:
        """Add the names of scripts without blanks once more, character by character."""
        words: list[int] = []
        sizes: list[int] = []
        rows: list[int] = []
        for row, text in _character_names(snapshot):
            own = [self._character(folded(word)) for word, _, _ in split(text)]
            words += own
            sizes.append(len(own))
            rows.append(row)
        posted = np.bincount(np.array(words, dtype="i8"), minlength=len(self._texts))
        rarity = np.log1p(len(sizes) / np.maximum(posted[len(self._listed) :], 1))
        self._weights = np.concatenate((self._weights, (_RARITY * rarity) ** 2))
        self._posted = np.concatenate((self._posted, np.ones(len(self._characters), dtype=bool)))
        self._words = np.concatenate((self._words, np.array(words, dtype="i8")))
        self._words_at = _extended(self._words_at, sizes)
        self._rows = np.concatenate((self._rows, np.array(rows, dtype="i8")))
        self._rows_at = _extended(self._rows_at, [1] * len(rows))

    def _character(self, text: str) -> int:
        at = self._characters.setdefault(text, len(self._texts))
        if at == len(self._texts):
            self._texts.append(text)
        return at

    def _read_rows(self, snapshot: Snapshot) -> None:
        """Note which names people have, which others have, and leave out weak single words."""
        party = snapshot.names["party"]
        schema = np.asarray(snapshot.parties["schema"])[party]
        person = schema == SCHEMAS.index("Person")
        craft = np.isin(schema, [SCHEMAS.index(name) for name in CRAFT])
        weak = np.asarray(snapshot.names["kind"]) == WEAK
        sizes = np.diff(self._words_at)
        owners = np.repeat(np.arange(sizes.size), np.diff(self._rows_at))
        usable = ~(weak[self._rows] & (sizes[owners] < 2))
        self._usable = usable
        self._of_person = _any(owners, usable & person[self._rows], sizes.size)
        self._of_other = _any(owners, usable & ~person[self._rows], sizes.size)
        self._of_craft = _any(owners, usable & craft[self._rows], sizes.size)

    def _post(self) -> None:
        """List the names of each word, and add up the weights of each name."""
        names = np.repeat(np.arange(self._words_at.size - 1), np.diff(self._words_at))
        posted = self._posted[self._words]
        order = np.argsort(self._words[posted], kind="stable")
        self._names_of_word = names[posted][order].astype("i4")
        self._starts = np.searchsorted(self._words[posted][order], np.arange(len(self._texts) + 1))
        size = self._words_at.size - 1
        self._totals = np.bincount(names, self._weights[self._words], minlength=size)
        self._weight, self._is_posted = self._weights.tolist(), self._posted.tolist()
        legal = [token.kind == LEGAL for token in self._listed.tokens]
        self._is_legal = legal + [False] * len(self._characters)
        self._lengths = np.bincount(names, posted, minlength=size)
        title = np.array([token.kind == TITLE for token in self._listed.tokens], dtype=bool)
        title = np.concatenate((title, np.zeros(len(self._characters), dtype=bool)))
        titled = np.bincount(names, title[self._words], minlength=size) > 0
        self._titled = titled | (np.diff(self._words_at) > 1)

    def _standing_alone(self) -> dict[str, list[int]]:
        """Return the names that one word can mean: without it nothing is left of their own."""
        spared = text_words().spared
        tokens = self._listed.tokens
        names_nothing = {at for at, token in enumerate(tokens) if token.kind in (LEGAL, PARTICLE)}
        alone: dict[str, list[int]] = {}
        of_other, words = self._of_other.tolist(), self._words.tolist()
        of_craft, given = self._of_craft.tolist(), self.given_names
        for name, (start, end) in enumerate(pairwise(self._words_at.tolist())):
            if not of_other[name]:
                continue
            ids = {at for at in words[start:end] if at not in names_nothing}
            own = {self._texts[at] for at in ids} - spared
            text = own.pop() if len(own) == 1 else ""
            if len(text) > 2 and (text not in given or of_craft[name]):
                alone.setdefault(text, []).append(name)
        return alone

    def rows(self, name: int) -> list[int]:
        """Return the rows of a snapshot that print a name."""
        own = slice(*self._rows_at[name : name + 2].tolist())
        rows: list[int] = self._rows[own][self._usable[own]].tolist()
        return rows

    def hits(self, places: Sequence[Place]) -> Iterator[Hit]:
        """Yield the listed names that a run of words covers."""
        words = [self._word(word) for word, _, _ in places]
        run = Run(places, words)
        for name in self._candidates(run):
            hit = self._cover(name, run)
            if hit is not None:
                yield hit
        for stretch, surname, initials in initialled(run):
            yield from self._with_initials(run, stretch, surname, initials)

    def _with_initials(
        self, run: Run, stretch: Span, surname: int, initials: Sequence[str]
    ) -> Iterator[Hit]:
        """Yield the people of a surname whose other names begin with some letters."""
        span = run.places[stretch[0]][1], run.places[stretch[1]][2]
        word = run.words[surname]
        for part in word.parts:
            for name in part.names[self._of_person[part.names]].tolist():
                own = self._words[slice(*self._words_at[name : name + 2].tolist())].tolist()
                texts = [self._texts[at] for at in own if self._is_posted[at]]
                rest = [text for text in texts if text not in word.readings]
                if len(rest) < len(texts) and begin_with(rest, initials):
                    yield Hit(span, name, 0.0, alone=False, exact=False, loose=False)

    def _word(self, text: str) -> Word:
        return self._remembered.get_or_make(text, lambda: self._read(text))

    def _read(self, text: str) -> Word:
        plain = folded(text)
        tie = plain in text_words().ties and (text.islower() or plain in tables().particles)
        small = tie or _initial(plain)
        character = self._characters.get(plain) if HAN.match(text) else None
        if character is not None:
            return Word(plain, frozenset((plain,)), (self._part(Near({character: 1.0})),), small)
        tokens = normalise(text, person=True).tokens
        readings = frozenset(token.text for token in tokens)
        if len(tokens) > 1:  # a word that reads as two may be listed as one
            tokens = (*tokens, make_token(plain))
        if number := tables().numbers.get(plain, ""):
            tokens = (*tokens, make_token(number))
        parts = () if tie else tuple(self._part(self._listed.near(token)) for token in tokens)
        return Word(plain, readings, parts, small, number)

    def _part(self, near: Near) -> Part:
        ids = near.likeness
        runs = [self._names_of_word[self._starts[at] : self._starts[at + 1]] for at in ids]
        if not runs:
            return Part(near, np.empty(0, "i4"), np.empty(0), {})
        found = np.concatenate(runs)
        weights = np.repeat(self._weights[list(ids)], [run.size for run in runs])
        order = np.lexsort((-weights, found))
        found = found[order]
        first = np.ones(found.size, dtype=bool)
        np.not_equal(found[1:], found[:-1], out=first[1:])
        names = found[first]
        single = names[(self._lengths[names] == 1) & self._titled[names]].tolist()
        return Part(near, names, weights[order][first], self._by_small_word(single))

    def _by_small_word(self, names: Sequence[int]) -> dict[str, list[int]]:
        """Return names of one word that counts by each of their other words: a title, a form."""
        by_word: dict[str, list[int]] = {}
        for name in names:
            own = self._words[slice(*self._words_at[name : name + 2].tolist())].tolist()
            for text in {self._texts[at] for at in own if not self._is_posted[at]}:
                by_word.setdefault(text, []).append(name)
        return by_word

    def _candidates(self, run: Run) -> list[int]:
        """Return the names with two words of the run and enough of their weight, or with one.

        One word is enough that can mean a name alone, or that has one of its small words with it.
        """
        numbers: set[int] = set()
        for word in run.words:
            numbers.update(self._alone.get(word.folded, ()))
        for _, part in run.parts:
            if part.single:
                for text in run.said & part.single.keys():
                    numbers.update(part.single[text])
        parts = [part for _, part in run.parts if part.names.size]
        if len(parts) > 1:
            found = np.concatenate([part.names for part in parts])
            found.sort()
            twice = found[1:][found[1:] == found[:-1]]
            if twice.size:
                numbers.update(self._enough(np.unique(twice), parts))
        return sorted(numbers)

    def _enough(self, names: NDArray[np.int32], parts: Sequence[Part]) -> list[int]:
        """Return those of some names of which the parts of a run have enough weight."""
        covered = np.zeros(names.size)
        for part in parts:
            at = np.minimum(np.searchsorted(part.names, names), part.names.size - 1)
            covered += part.weights[at] * (part.names[at] == names)
        totals = self._totals[names]
        people = self._of_person[names] & (covered >= _PERSON_SHARE * totals)
        others = self._of_other[names] & (covered >= _OTHER_SHARE * totals)
        chosen: list[int] = names[people | others].tolist()
        return chosen

    def _cover(self, name: int, run: Run) -> Hit | None:
        """Return where a run covers a name, or ``None`` where too much is missing or strange."""
        ids = self._words[slice(*self._words_at[name : name + 2].tolist())].tolist()
        posted = [at for at in ids if self._is_posted[at]]
        window = window_of(posted, run)
        if window is None or window[1] - window[0] > len(ids) + _MORE_WORDS:
            return None
        low, high = window
        own = {self._texts[at] for at in ids}
        strange = [
            run.words[place]
            for place in range(low, high + 1)
            if not run.words[place].small
            and not run.words[place].is_of(own)
            and place not in run.in_legal_forms
        ]
        strangers = sum(not word.may_be(posted) for word in strange)
        if strangers > (1 if high - low > 2 else 0):
            return None
        slips = [word.slips(posted) for word in strange]
        if sum(slip for slip, _ in slips) > 1:
            return None
        inside = [part.near.likeness for place, part in run.parts if low <= place <= high]
        missing = [at for at in posted if not any(at in few for few in inside)]
        low, high = self._with_small_words(ids, run, window)
        letters = own if self._of_other[name] else ()  # of a person they are initials
        solid = [
            word for word in run.words[low : high + 1] if not word.small or word.folded in letters
        ]
        if not solid or (missing and all(word.folded in text_words().common for word in solid)):
            return None
        alone = len(solid) == 1
        if alone and name not in self._alone.get(solid[0].folded, ()):
            return None
        total = float(self._totals[name])
        share = 1 - sum(self._weight[at] for at in missing) / total if total else 0.0
        span = run.places[low][1], run.places[high][2]
        loose = any(loose for _, loose in slips)
        return Hit(span, name, share, alone=alone, exact=not strange, loose=loose)

    def _with_small_words(self, ids: Sequence[int], run: Run, window: Span) -> Span:
        """Add the name's particles and titles around a stretch, and its legal form."""
        low, high = window
        small = {self._texts[at] for at in ids if not self._is_posted[at]}
        if not small:
            return window
        while low > 0 and run.words[low - 1].readings <= small:
            low -= 1
        after, last = small - text_words().ties, len(run.words) - 1
        while high < last and run.words[high + 1].readings <= after:
            high += 1
        if any(self._is_legal[at] for at in ids):
            for start, end, form in run.legal_forms:
                if form in small and start == high + 1:
                    high = end - 1
                elif form in small and end == low:
                    low = start
        return low, high


def _character_names(snapshot: Snapshot) -> Iterator[tuple[int, str]]:
    """Yield the rows that have characters of Han, kana or Hangul, and their texts."""
    blob = snapshot.names["text.bytes"].tobytes()
    for row, (start, end) in enumerate(pairwise(snapshot.names["text.offsets"].tolist())):
        text = blob[start:end]
        if not text.isascii() and HAN.search(decoded := text.decode()):
            yield row, decoded


def _extended(starts: NDArray[np.int64], sizes: Sequence[int]) -> NDArray[np.int64]:
    return np.concatenate((starts, starts[-1] + np.cumsum(np.array(sizes, dtype="i8"))))


def _any(owners: NDArray[np.int64], flags: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    return np.bincount(owners, flags, minlength=size) > 0


def _initial(word: str) -> bool:
    """Return whether a word is one letter of a name: the matcher knows what it means."""
    return len(word) == 1 and word.isalpha() and word.isascii()
