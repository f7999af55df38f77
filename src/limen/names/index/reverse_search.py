"""Search an index the other way round: every indexed name that scores with a listed name.

An index over customers is asked for listed names, so that what changed on a list finds whom it
concerns. No number of candidates is cut off. A name is scored if one of its words is similar
enough to a word of the query to carry a score, which every score of paired words needs; or if it
shares ``FLOOR`` of its keys' rarity with the query, which finds names with words that were joined,
parted or cut; or if one may be the acronym of the other. Scores are the same both ways round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.model.schemata import comparable
from limen.names.compare.comparison import mode_of
from limen.names.index.acronym_keys import acronyms_of
from limen.names.index.build import SCHEMAS
from limen.names.index.index import Mask, NameIndex
from limen.names.kernels import backend
from limen.names.kernels.encode import packed, unpacked
from limen.names.kernels.score import ENOUGH
from limen.names.kernels.word_similarity import INITIAL_OF
from limen.names.matchers.aligner import Aligner
from limen.names.matchers.matcher import Matcher
from limen.names.reading.normalise import Name, alternatives, normalise
from limen.names.reading.tokens import NUMBER, WORD

#: The cosine of keys from which on names without a similar word are scored: a choice, of which the
#: losses are not measured by themselves. That no pair is lost is measured on whole runs alone.
FLOOR = 0.12
#: Words with their similar ones cached: those of the names of some days' changes.
_WORDS_CACHED = 4096
#: Where a word's record has its kind (``limen.names.kernels.encode``), and the bits of it.
_KIND_AT, _KIND = 2, 7

Arrays = Mapping[str, NDArray[np.generic]]
Numbers = NDArray[np.int64]


class Likeness(NamedTuple):
    """Indexed parties that a listed name scores with: each once, with its best, in thousandths."""

    parties: Numbers
    scores: Numbers


class _Similar(NamedTuple):
    """Words of an index that are similar to one word; and whether they may carry a score."""

    words: NDArray[np.int32]
    found: NDArray[np.int16]
    carry: Mask


_NONE = Likeness(np.empty(0, dtype="i8"), np.empty(0, dtype="i8"))


def word_arrays(index: Arrays) -> dict[str, NDArray[np.generic]]:
    """Return what the search reads beside an index: its distinct words by their records, the number
    of the word at each place of a name, and the names of each word.
    """
    words, at = np.asarray(index["words"]), np.asarray(index["words_at"])
    vocabulary, places = np.unique(words, return_inverse=True)
    names = np.repeat(np.arange(at.size - 1), np.diff(at))
    counts = np.bincount(places, minlength=vocabulary.size)
    return {
        "vocabulary": vocabulary.astype("i4"),
        "places": places.astype("i4"),
        "posted": names[np.argsort(places, kind="stable")].astype("u4"),
        "posted_at": np.concatenate(([0], np.cumsum(counts))).astype("i8"),
    }


class ReverseSearch:
    """Searches an index of names for all that score with listed names, by one matcher.

    It is of one thread: it writes down what it has seen.
    """

    def __init__(self, index: NameIndex, words: Arrays, matcher: Matcher) -> None:
        self._index = index
        self._words = {name: np.asarray(each).view(np.ndarray) for name, each in words.items()}
        self._matcher = matcher
        self._seen = np.zeros(index.names, dtype="u4")
        self._names = np.empty(index.names, dtype="i8")
        self._turn = 0
        self._masks = lru_cache(maxsize=len(SCHEMAS))(self._masks_of)
        self._similar = lru_cache(maxsize=_WORDS_CACHED)(self._similar_to)

    def search(self, names: Iterable[str], schema: str, least: int) -> Likeness:
        """Return the parties that score at least ``least`` with any name of a listed party.

        Args:
            names: every name of it.
            schema: its schema.
            least: the lowest score that counts, in thousandths.
        """
        read = (
            normalise(reading, person=schema == "Person")
            for text in names
            for reading in alternatives(text)
        )
        found = [
            self._of_name(name, mode, schemas, least)
            for name in dict.fromkeys(read)
            for mode, schemas in _compared_as(schema)
        ]
        return _best(found)

    def _of_name(self, name: Name, mode: int, schemas: tuple[str, ...], least: int) -> Likeness:
        """Return the parties of some schemas that score with one name."""
        answering, active = self._masks(schemas)
        if not name.tokens or not active.any():
            return _NONE
        if self._matcher.aligner is None:
            found = self._index.searches.every(name, active).names
            scores = self._index.searches.scored(self._matcher, name, found, mode)
        else:
            found, scores = self._aligned(self._matcher.aligner, name, mode, active, least)
        good = scores >= least
        rows, places = self._index.owners(found[good], answering)
        return Likeness(self._index.arrays["row_party"][rows].astype("i8"), scores[good][places])

    def _aligned(
        self, aligner: Aligner, name: Name, mode: int, active: Mask, least: int
    ) -> tuple[Numbers, Numbers]:
        """Return the indexed names that may score with a name, and their scores."""
        part, search = aligner.records(mode), self._index.searches
        words = [packed([token]) for token in aligner.weighed(name, mode).tokens]
        similar = [self._similar(aligner, word, part) for word in words]
        found = self._names_of(name, similar, active)
        alike = np.zeros((self._words["vocabulary"].size, len(words)), dtype="i2")
        for place, each in enumerate(similar):
            alike[each.words, place] = each.found
        work, scores = backend.scratch(), np.empty(found.size, dtype="i8")
        backend.kernels().score_alike(
            b"".join(words), len(words), name.length,
            search.listed._replace(records=search.records(part)), self._words["places"],
            alike.reshape(-1), 0, found.size, found,
            mode, least, aligner.model(), work.space, work.pairs, scores,
        )  # fmt: skip
        return found, scores

    def _names_of(self, name: Name, similar: Sequence[_Similar], active: Mask) -> Numbers:
        """Return the names that share a word which may carry a score, or enough of their keys."""
        self._turn += 1
        count = 0
        for each in similar:
            carrying = each.words[each.carry]
            count = backend.kernels().names_of_words(
                carrying.size, carrying, self._words["posted_at"], self._words["posted"],
                active.view(np.uint8), self._seen, self._turn, self._names, count,
            )  # fmt: skip
        ranked = self._index.searches.above(name, active, FLOOR).names
        more = ranked[self._seen[ranked] != self._turn]
        return np.concatenate([self._names[:count], more, self._acronyms(name, active)])

    def _acronyms(self, name: Name, active: Mask) -> Numbers:
        """Return the names that one is the acronym of, whichever of them is searched for."""
        found = acronyms_of(self._index.arrays, name.tokens) if self._matcher.spells else []
        names: Numbers = np.array(found, dtype="i8")
        return np.extract(active[names], names)

    def _similar_to(self, aligner: Aligner, word: bytes, part: str) -> _Similar:
        """Compare one word with every word of the index."""
        vocabulary = self._words["vocabulary"]
        records = self._index.searches.records(part)
        found, work = np.empty(vocabulary.size, dtype="i2"), backend.scratch()
        backend.kernels().similar_words(
            vocabulary.size, vocabulary, records, word, aligner.model(), work.space, found
        )
        words = np.flatnonzero(found).astype("i4")
        found = found[words]
        kinds = records[vocabulary[words] + _KIND_AT] & _KIND
        counts = np.isin(kinds, (WORD, NUMBER)) | (_kind(word) in (WORD, NUMBER))
        return _Similar(words, found, (found >> 4 >= ENOUGH) & (found & 15 != INITIAL_OF) & counts)

    def _masks_of(self, schemas: tuple[str, ...]) -> tuple[Mask, Mask]:
        """Return which rows are of some schemas, and which names have such a row."""
        arrays = self._index.arrays
        answering: Mask = np.isin(arrays["row_schema"], [SCHEMAS.index(each) for each in schemas])
        at = arrays["rows_at"].astype("i8")
        sums = np.concatenate(([0], np.cumsum(answering[arrays["rows"]])))
        return answering, sums[at[1:]] > sums[at[:-1]]


def _kind(word: bytes) -> int:
    return unpacked(memoryview(word), 0)[0].kind


def _compared_as(schema: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return the schemas that a listed party's can be compared with, by how names are weighed."""
    by_mode: dict[int, list[str]] = {}
    for other in SCHEMAS:
        if comparable(other, schema):
            by_mode.setdefault(mode_of(other), []).append(other)
    return [(mode, tuple(schemas)) for mode, schemas in by_mode.items()]


def _best(found: Sequence[Likeness]) -> Likeness:
    """Return each party once, with its highest score."""
    parties, scores = map(np.concatenate, zip(*found, strict=True)) if found else _NONE
    order = np.lexsort((-scores, parties))
    parties, scores = parties[order], scores[order]
    first = np.concatenate(([True], parties[1:] != parties[:-1])) if parties.size else parties > 0
    return Likeness(parties[first], scores[first])
