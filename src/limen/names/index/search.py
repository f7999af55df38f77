"""Ask an index about one name: rank the listed names, and score the best.

Two ways with the same answers to the bit: ``Interpreted`` for a single question, ``Compiled``
for a batch or a server. Ranks are sums of integers scaled by floats in the same order; scores
are integers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from threading import local
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.names.index.blocking_keys import name_keys
from limen.names.index.build import PACK_PARTS
from limen.names.kernels.align import PAIRS
from limen.names.kernels.encode import Lists, as_arrays, decode, pack
from limen.names.kernels.loops import BLOCK, GROUP, align_names
from limen.names.kernels.word_similarity import SPACE
from limen.names.matchers import limen_1
from limen.names.matchers.matcher import Matcher
from limen.names.reading.normalise import Name
from limen.names.reading.tokens import Token

#: The best ranked names are scored, so many at least; all whose rank is sure; so many at most.
SCORED, SURE, MOST = 100, 0.5, 400
#: So many mostly rank higher than this: a guess that saves time, and changes no answer.
USUAL = 0.08
#: For every candidate party that is wanted, so many names are scored before they are ranked.
RERANKED = 20

Arrays = Mapping[str, NDArray[np.generic]]
Mask = NDArray[np.bool_]


class Found(NamedTuple):
    """Listed names with the cosines of their keys and their scores in thousandths.

    What was found for one name asked about follows what was found for the one before it;
    ``ends`` says where each one's names end.
    """

    names: NDArray[np.int64]
    ranks: NDArray[np.float64]
    scores: NDArray[np.int64]
    ends: NDArray[np.int64]


class _Keys(NamedTuple):
    """The keys of names, end to end: where each one's start and the last end, where the keys'
    names lie, the keys' weights; and the inverse norm of each name.
    """

    at: NDArray[np.int64]
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    weights: NDArray[np.int64]
    scales: NDArray[np.float64]


def _keys(names: Sequence[Name], arrays: Arrays) -> _Keys:
    each = [name_keys(name) for name in names]
    keys = np.array([key for few in each for key in few], dtype="i8")
    at = np.array([0, *accumulate(map(len, each))], dtype="i8")
    weights = arrays["key_weights"][keys].astype("i8")
    sums = np.concatenate(([0], np.cumsum(weights)))[at]
    scales = 1 / np.sqrt(np.maximum(sums[1:] - sums[:-1], 1))
    runs = arrays["postings_at"]
    return _Keys(at, runs[keys], runs[keys + 1], weights, scales)


def _worth_scoring(
    names: NDArray[np.int64], ranks: NDArray[np.float64], most: int | None
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The best ranked names, in no order; of equal ranks the first names."""
    if names.size <= SCORED:
        return names, ranks
    order = np.lexsort((names, -ranks))
    sure = int(np.count_nonzero(ranks >= SURE))
    order = order[: max(SCORED, sure, RERANKED * (most or 0))]
    return names[order], ranks[order]


class Interpreted:
    """Ask with numpy and interpreted kernels: nothing to load, some tens of milliseconds."""

    #: So many names are asked about in one go.
    together = 1

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._norms: NDArray[np.float64] = arrays["inverse_norms"].astype("f8", copy=False)

    def ask(
        self, names: Sequence[Name], active: Mask, mode: int, matcher: Matcher,
        most: int | None = None, least: int = 0,
    ) -> Found:  # fmt: skip
        """The listed names worth comparing with each of some names.

        Args:
            names: the names asked about.
            active: which listed names may answer.
            mode: how the names are weighed.
            matcher: what scores them.
            most: how many parties are wanted, if not all that score.
            least: scores below may be given as 0.
        """
        each = [self._ask(name, active, mode, matcher, most, least) for name in names]
        ends = np.cumsum([few.size for few, _, _ in each], dtype="i8")
        found, ranks, scores = (np.concatenate(part) for part in zip(*each, strict=True))
        return Found(found, ranks, scores, ends)

    def _ask(
        self, name: Name, active: Mask, mode: int, matcher: Matcher, most: int | None, least: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
        names, ranks = _worth_scoring(*self.rank(name, active, MOST), most)
        if matcher.score is not limen_1.score:
            scores = [matcher.score(name, self._name(number), mode) for number in names.tolist()]
        else:
            scores = self._align(name, names, mode, least)
        return names, ranks, np.array(scores, dtype="i8")

    def rank(
        self, name: Name, active: Mask, most: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The ``most`` names that share the most rarity, ties to the first; in no order."""
        keys = _keys([name], self._arrays)
        counts = keys.stops - keys.starts
        if not counts.sum():
            return np.empty(0, dtype="i8"), np.empty(0)
        posted = self._arrays["posting_names"]
        runs = zip(keys.starts.tolist(), keys.stops.tolist(), strict=True)
        ids = np.concatenate([posted[low:high] for low, high in runs])
        shared = np.bincount(ids, np.repeat(keys.weights, counts), minlength=active.size)
        ranks = shared * self._norms * keys.scales[0]
        ranks[~active] = 0
        floor = np.partition(ranks, -most)[-most] if most < ranks.size else 0.0
        if floor <= 0:
            found = np.flatnonzero(ranks)
        else:
            above = np.flatnonzero(ranks > floor)
            level = np.flatnonzero(ranks == floor)[: most - above.size]
            found = np.concatenate((above, level))
        return found, ranks[found]

    def _align(self, name: Name, names: NDArray[np.int64], mode: int, least: int) -> list[int]:
        scores = [0] * names.size
        listed, words_at = self._listed(names)
        align_names(
            pack(name.tokens), 0, len(name.tokens), name.length,
            listed, words_at, self._arrays["lengths"][names].tolist(), range(names.size),
            mode, least, limen_1.model(), [0] * SPACE, [0] * PAIRS, scores,
        )  # fmt: skip
        return scores

    def _listed(self, names: NDArray[np.int64]) -> tuple[Lists, list[int]]:
        """Listed names as a small pack of lists, and where the words of each start in it."""
        letters, at, heard, heard_at, kinds, weights, classes, masks, words = (
            self._arrays[part] for part in PACK_PARTS
        )
        runs = self._arrays["words_at"]
        ids: dict[int, int] = {}
        places: list[int] = []
        words_at = [0]
        for start, stop in zip(runs[names].tolist(), runs[names + 1].tolist(), strict=True):
            places.extend(ids.setdefault(token, len(ids)) for token in words[start:stop].tolist())
            words_at.append(len(places))
        tokens = np.array(list(ids), dtype="i8")
        four = 4 * np.repeat(tokens, 4) + np.tile(np.arange(4), tokens.size)
        return (
            *_runs(letters, at, tokens), *_runs(heard, heard_at, tokens),
            kinds[tokens].tolist(), weights[tokens].tolist(), classes[four].tolist(),
            masks[tokens].tolist(), places,
        ), words_at  # fmt: skip

    def _name(self, number: int) -> Name:
        """A listed name as tokens, for matchers that read words."""
        (letters, at, heard, heard_at, kinds, weights, *_, words), _ = self._listed(
            np.array([number])
        )
        tokens = tuple(
            Token(
                decode(letters[at[word] : at[word + 1]]),
                decode(heard[heard_at[word] : heard_at[word + 1]]),
                kinds[word] & 7,
                weights[word],
            )
            for word in words
        )
        return Name(tokens, ((0, 0),) * len(words), 0)


def _runs(
    values: NDArray[np.generic], at: NDArray[np.generic], tokens: NDArray[np.int64]
) -> tuple[list[int], list[int]]:
    """The runs of some tokens, end to end, and where each starts and the last ends."""
    each = [
        values[start:stop].tolist()
        for start, stop in zip(at[tokens].tolist(), at[tokens + 1].tolist(), strict=True)
    ]
    return [value for run in each for value in run], [0, *accumulate(map(len, each))]


class _Scratch(local):
    """What the kernels write while they work, for each thread its own."""

    def __init__(self) -> None:
        self.shared = np.zeros(BLOCK, dtype="i4")
        self.space = np.zeros(SPACE, dtype="i8")
        self.pairs = np.zeros(PAIRS, dtype="i8")


class Compiled:
    """Ask with the compiled kernels: some seconds to load the first time, then a millisecond."""

    #: So many names are asked about in one go.
    together = 64

    def __init__(self, arrays: Arrays) -> None:
        from limen.names.kernels.compiled import compiled

        self._kernels = compiled()
        self._arrays = arrays
        self._pack = tuple(arrays[part] for part in PACK_PARTS)
        self._model = np.array(limen_1.model(), dtype="i8")
        self._scratch = _Scratch()
        self._norms: NDArray[np.float64] = arrays["inverse_norms"].astype("f8", copy=False)
        groups = np.arange(0, self._norms.size, GROUP)
        self._gates = 1 / np.maximum.reduceat(self._norms, groups) if groups.size else self._norms

    def ask(
        self, names: Sequence[Name], active: Mask, mode: int, matcher: Matcher,
        most: int | None = None, least: int = 0,
    ) -> Found:  # fmt: skip
        """``Interpreted.ask``, for the matcher whose kernels these are."""
        del matcher
        arrays, scratch, size = self._arrays, self._scratch, MOST * len(names)
        found = Found(
            np.empty(size, dtype="i8"),
            np.empty(size, dtype="f8"),
            np.empty(size, dtype="i8"),
            np.empty(len(names), dtype="i8"),
        )
        words = [token for name in names for token in name.tokens]
        self._kernels.ask_names(
            as_arrays(pack(words)),
            np.array([0, *accumulate(len(name.tokens) for name in names)], dtype="i8"),
            np.array([name.length for name in names], dtype="i8"),
            *_keys(names, arrays),
            self._pack, arrays["words_at"], arrays["lengths"], arrays["posting_names"],
            self._norms, self._gates, active.view(np.uint8), mode, least,
            SCORED, MOST, RERANKED * (most or 0), USUAL, SURE, self._model,
            scratch.shared, scratch.space, scratch.pairs, *found,
        )  # fmt: skip
        last = int(found.ends[-1])
        return Found(found.names[:last], found.ranks[:last], found.scores[:last], found.ends)
