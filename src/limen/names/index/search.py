"""Search an index for names: rank the listed names of each query, and score the best.

Ranks are sums of integers scaled by floats in one order, and scores are integers, so that the
compiled and the interpreted kernels give the same answers to the bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.model import SnapshotError
from limen.names.index.acronym_keys import names_of
from limen.names.index.blocking_keys import name_keys
from limen.names.kernels import backend
from limen.names.kernels.arrays import Heap, Keys, Listed, Postings
from limen.names.kernels.encode import packed, unpacked
from limen.names.kernels.rank import BLOCK
from limen.names.matchers.aligner import Aligner
from limen.names.matchers.matcher import Matcher
from limen.names.reading.normalise import Name

#: The best ranked names are scored: at least the first number, all from a rank of the second on,
#: at most the third.
SCORED, SURE, MOST = 100, 0.5, 400
#: A rank that the first number of names mostly reaches: a guess that saves time, and changes no
#: answer.
USUAL = 0.08
#: For every requested party so many names are scored, because the scores reorder them.
RERANKED = 20

Arrays = Mapping[str, NDArray[np.generic]]
Mask = NDArray[np.bool_]


class Ranked(NamedTuple):
    """Listed names with the cosines of their keys, query after query.

    ``ends`` is where each query's names end.
    """

    names: NDArray[np.int64]
    ranks: NDArray[np.float64]
    ends: NDArray[np.int64]


class Found(NamedTuple):
    """Ranked names, and their scores in thousandths."""

    names: NDArray[np.int64]
    ranks: NDArray[np.float64]
    ends: NDArray[np.int64]
    scores: NDArray[np.int64]


def _postings(arrays: Arrays) -> Postings:
    """Return the names of all keys, with the norms by which names of too low a rank are skipped."""
    inverse: NDArray[np.float64] = arrays["inverse_norms"].astype("f8", copy=False)
    parts: tuple[Any, ...] = (
        arrays["postings"], arrays["postings_at"], arrays["key_weights"],
        inverse, 1 / inverse[::BLOCK],
    )  # fmt: skip
    return Postings(*parts)


class Search:
    """Searches the arrays of an index; it writes to nothing it holds, so threads may share it."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        parts: tuple[Any, ...] = tuple(arrays[part] for part in Listed._fields)
        self.listed = Listed(*parts)
        self._postings = _postings(arrays)

    def best(
        self, names: Sequence[Name], active: Mask, mode: int, matcher: Matcher,
        *, requested: int | None = None, least: int = 0,
    ) -> Found:  # fmt: skip
        """Return the best ranked listed names for each of some names, scored.

        Args:
            names: the names that are searched for.
            active: which listed names may answer.
            mode: how the names are weighed.
            matcher: what scores them.
            requested: how many parties are requested, if not all that score.
            least: scores below may be given as 0.
        """
        return self.prepare(names, active, mode, matcher, requested=requested, least=least)()

    def prepare(
        self, names: Sequence[Name], active: Mask, mode: int, matcher: Matcher,
        *, requested: int | None = None, least: int = 0,
    ) -> Callable[[], Found]:  # fmt: skip
        """Lay a search out and return what carries it out, in any thread; arguments as ``best``."""
        few = min(max(SCORED, RERANKED * (requested or 0)), MOST)
        aligner = matcher.aligner
        if aligner is None:
            return lambda: self._best_by(matcher, names, active, mode, few)
        own, keys, best, ends = self._prepared(names, MOST)
        scores = np.empty(MOST * len(names), dtype="i8")
        records = [packed(aligner.weighed(name, mode).tokens) for name in names]
        at = np.array([0, *accumulate(map(len, records))], dtype="i8")
        sizes = np.array([(len(name.tokens), name.length) for name in names], dtype="i8").T
        counts, lengths = np.ascontiguousarray(sizes)
        listed = self.listed._replace(records=self.records(aligner.records(mode)))

        def carry_out() -> Found:
            work = backend.scratch()
            backend.kernels().search_queries(
                len(names), own, keys, active.size, self._postings, active.view(np.uint8),
                few, MOST, USUAL, SURE,
                np.empty(own.size, dtype="i8"), work.sums, best, ends,
                b"".join(records), at, counts, lengths, listed,
                mode, least, aligner.model(), work.space, work.pairs, scores,
            )  # fmt: skip
            last = int(ends[-1])
            return Found(best.names[:last], best.ranks[:last], ends, scores[:last])

        return carry_out

    def records(self, part: str) -> Any:
        """Return the records of the listed words that a matcher reads.

        Raises:
            SnapshotError: the index was built before there was that matcher.
        """
        try:
            return self._arrays[part]
        except KeyError:
            raise SnapshotError(
                f"it has no {part}",
                where="the name index",
                why="it was built before there was this matcher",
                hint="build it again with `limen snapshot build`",
            ) from None

    def acronyms(
        self, name: Name, active: Mask, mode: int, aligner: Aligner
    ) -> Iterator[tuple[int, int]]:
        """Yield the listed names that a name may be the acronym of, or the reverse, scored."""
        for number in names_of(self._arrays, name.tokens):
            if active[number]:
                yield number, aligner.align(name, self._name(number), mode)[0]

    def above(self, name: Name, active: Mask, floor: float) -> Ranked:
        """Return every listed name of at least a rank, unscored; the best one in any case."""
        return self._rank([name], active, 1, active.size, usual=floor, sure=floor)

    def every(self, name: Name, active: Mask) -> Ranked:
        """Return every listed name that shares a key with a name, unscored."""
        return self._rank([name], active, active.size, active.size)

    def _rank(
        self, names: Sequence[Name], active: Mask, few: int, most: int,
        *, usual: float = USUAL, sure: float = SURE,
    ) -> Ranked:  # fmt: skip
        """Return the best ranked names: ``few`` at least, all that are sure, ``most`` at most."""
        own, keys, best, ends = self._prepared(names, most)
        work = backend.scratch()
        backend.kernels().rank_queries(
            len(names), own, keys, active.size, self._postings, active.view(np.uint8),
            few, most, usual, sure,
            np.empty(own.size, dtype="i8"), work.sums, best, ends,
        )  # fmt: skip
        last = int(ends[-1])
        return Ranked(best.names[:last], best.ranks[:last], ends)

    @staticmethod
    def _prepared(
        names: Sequence[Name], most: int
    ) -> tuple[NDArray[np.int32], Keys, Any, NDArray[np.int64]]:
        """Return the keys of names, room for what is looked up of them, room for ``most`` listed
        names each, and for where these end.
        """
        keys_of = [name_keys(name) for name in names]
        own = np.array([key for keys in keys_of for key in keys], dtype="i4")
        at = np.array([0, *accumulate(map(len, keys_of))], dtype="i8")
        starts, stops, weights, rests = np.empty((4, own.size), dtype="i8")
        scales, nearest = np.empty(len(names)), np.empty(len(names), dtype="i8")
        room: tuple[Any, ...] = (at, starts, stops, weights, rests, scales, nearest)
        size = most * len(names)
        best: tuple[Any, ...] = (np.empty(size, dtype="i8"), np.empty(size))
        return own, Keys(*room), Heap(*best), np.empty(len(names), dtype="i8")

    def _best_by(
        self, matcher: Matcher, names: Sequence[Name], active: Mask, mode: int, few: int
    ) -> Found:
        """Return the best ranked names with the scores of a matcher that reads words."""
        ranked = self._rank(names, active, few, MOST)
        scores, first = [], 0
        for name, last in zip(names, ranked.ends.tolist(), strict=True):
            scores.append(self.scored(matcher, name, ranked.names[first:last], mode))
            first = last
        return Found(*ranked, np.concatenate([np.empty(0, dtype="i8"), *scores]))

    def scored(
        self, matcher: Matcher, name: Name, listed: NDArray[np.int64], mode: int
    ) -> NDArray[np.int64]:
        """Return the scores of a name and some listed ones by a matcher that reads words."""
        others = map(self._name, listed.tolist())
        return np.array([matcher.score(name, other, mode) for other in others], dtype="i8")

    def _name(self, number: int) -> Name:
        """Return a listed name as tokens."""
        listed = self.listed
        words = listed.words[listed.words_at[number] : listed.words_at[number + 1]]
        records = memoryview(self._arrays["records"])  # type: ignore[arg-type]
        tokens = tuple(unpacked(records, word)[0] for word in words)
        return Name(tokens, ((0, 0),) * len(tokens), 0)
