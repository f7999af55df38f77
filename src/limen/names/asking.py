"""Ask an index about one name: rank the listed names, and score the best.

Two ways with the same answers to the bit: ``Interpreted`` for a single question, ``Compiled``
for a batch or a server. Ranks are sums of integers scaled by floats in the same order; scores
are integers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.names.align import PAIRS, align
from limen.names.build import PACK_PARTS
from limen.names.kernels import SPACE
from limen.names.keys import name_keys
from limen.names.loops import BLOCK
from limen.names.matchers import limen_1
from limen.names.matchers.matcher import Matcher
from limen.names.normalise import Name
from limen.names.pack import Lists, as_arrays, decode, pack
from limen.names.tokens import Token

#: The best ranked names are scored, so many at least; all whose rank is sure; so many at most.
SCORED, SURE, MOST = 100, 0.5, 400
#: For every candidate party that is wanted, so many names are scored before they are ranked.
RERANKED = 20

Arrays = Mapping[str, NDArray[np.generic]]
Mask = NDArray[np.bool_]


class Found(NamedTuple):
    """Listed names with the cosines of their keys and their scores in thousandths."""

    names: NDArray[np.int64]
    ranks: NDArray[np.float64]
    scores: NDArray[np.int64]


class _Keys(NamedTuple):
    """A query's keys: where their names lie, their weights, and the query's inverse norm."""

    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    weights: NDArray[np.int64]
    scale: float


def _keys(name: Name, arrays: Arrays) -> _Keys:
    keys = np.array(name_keys(name), dtype="i8")
    at = arrays["postings_at"]
    weights = arrays["key_weights"][keys].astype("i8")
    scale = 1 / float(np.sqrt(np.float64(weights.sum()))) if keys.size else 0.0
    return _Keys(at[keys], at[keys + 1], weights, scale)


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

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._norms: NDArray[np.float64] = arrays["inverse_norms"].astype("f8", copy=False)

    def ask(self, name: Name, active: Mask, mode: int, matcher: Matcher, most: int | None) -> Found:
        """The names worth comparing with a name; ``most`` is how many parties are wanted."""
        names, ranks = _worth_scoring(*self.rank(name, active, MOST), most)
        if matcher.score is not limen_1.score:
            scores = [matcher.score(name, self._name(number), mode) for number in names.tolist()]
        else:
            scores = self._align(name, names, mode)
        return Found(names, ranks, np.array(scores, dtype="i8"))

    def rank(
        self, name: Name, active: Mask, most: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The ``most`` names that share the most rarity, ties to the first; in no order."""
        keys = _keys(name, self._arrays)
        counts = keys.stops - keys.starts
        if not counts.sum():
            return np.empty(0, dtype="i8"), np.empty(0)
        posted = self._arrays["posting_names"]
        runs = zip(keys.starts.tolist(), keys.stops.tolist(), strict=True)
        ids = np.concatenate([posted[low:high] for low, high in runs])
        shared = np.bincount(ids, np.repeat(keys.weights, counts), minlength=active.size)
        ranks = shared * self._norms * keys.scale
        ranks[~active] = 0
        floor = np.partition(ranks, -most)[-most] if most < ranks.size else 0.0
        if floor <= 0:
            found = np.flatnonzero(ranks)
        else:
            above = np.flatnonzero(ranks > floor)
            level = np.flatnonzero(ranks == floor)[: most - above.size]
            found = np.concatenate((above, level))
        return found, ranks[found]

    def _align(self, name: Name, names: NDArray[np.int64], mode: int) -> list[int]:
        space, pairs, model = [0] * SPACE, [0] * PAIRS, limen_1.model()
        query, count = pack(name.tokens), len(name.tokens)
        scores = []
        lengths = self._arrays["lengths"][names].tolist()
        for number, length in zip(names.tolist(), lengths, strict=True):
            listed, size = self._listed(number)
            scores.append(
                align(
                    query, 0, count, name.length, listed, 0, size, length,
                    mode, model, space, pairs, 0,
                )
            )  # fmt: skip
        return scores

    def _listed(self, number: int) -> tuple[Lists, int]:
        """One listed name as a small pack of lists, and how many words it has."""
        letters, at, heard, heard_at, kinds, weights, classes, masks, words = (
            self._arrays[part] for part in PACK_PARTS
        )
        start, stop = self._arrays["words_at"][number : number + 2].tolist()
        parts: Lists = ([], [0], [], [0], [], [], [], [], [])
        for place, token in enumerate(words[start:stop].tolist()):
            parts[0].extend(letters[at[token] : at[token + 1]].tolist())
            parts[1].append(len(parts[0]))
            parts[2].extend(heard[heard_at[token] : heard_at[token + 1]].tolist())
            parts[3].append(len(parts[2]))
            parts[4].append(int(kinds[token]))
            parts[5].append(int(weights[token]))
            parts[6].extend(classes[4 * token : 4 * token + 4].tolist())
            parts[7].append(int(masks[token]))
            parts[8].append(place)
        return parts, stop - start

    def _name(self, number: int) -> Name:
        """A listed name as tokens, for matchers that read words."""
        (letters, at, heard, heard_at, kinds, weights, *_), size = self._listed(number)
        tokens = tuple(
            Token(
                decode(letters[at[word] : at[word + 1]]),
                decode(heard[heard_at[word] : heard_at[word + 1]]),
                kinds[word] & 7,
                weights[word],
            )
            for word in range(size)
        )
        return Name(tokens, ((0, 0),) * size, 0)


class Compiled:
    """Ask with the compiled kernels: some seconds to load the first time, then a millisecond."""

    def __init__(self, arrays: Arrays) -> None:
        from limen.names.compiled import compiled

        self._kernels = compiled()
        self._arrays = arrays
        self._pack = tuple(arrays[part] for part in PACK_PARTS)
        self._model = np.array(limen_1.model(), dtype="i8")
        self._space = np.zeros(SPACE, dtype="i8")
        self._pairs = np.zeros(PAIRS, dtype="i8")
        self._shared = np.zeros(BLOCK, dtype="i4")
        self._norms: NDArray[np.float64] = arrays["inverse_norms"].astype("f8", copy=False)
        blocks = range(0, self._norms.size, BLOCK)
        self._tops = np.array([self._norms[at : at + BLOCK].max() for at in blocks])

    def ask(self, name: Name, active: Mask, mode: int, matcher: Matcher, most: int | None) -> Found:
        """``Interpreted.ask``, for the matcher whose kernels these are."""
        del matcher
        arrays = self._arrays
        keys = _keys(name, arrays)
        few = self._rank(keys, active, SCORED)
        crowded = few[0].size == SCORED and (most is not None or few[1].min() >= SURE)
        names, ranks = _worth_scoring(*(self._rank(keys, active, MOST) if crowded else few), most)
        scores = np.empty(names.size, dtype="i8")
        self._kernels.align_names(
            as_arrays(pack(name.tokens)), len(name.tokens), name.length,
            self._pack, arrays["words_at"], arrays["lengths"], names, mode,
            self._model, self._space, self._pairs, scores,
        )  # fmt: skip
        return Found(names, ranks, scores)

    def _rank(
        self, keys: _Keys, active: Mask, most: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """``Interpreted.rank``."""
        names, ranks = np.empty(most, dtype="i8"), np.empty(most)
        size = self._kernels.rank_names(
            self._arrays["posting_names"], keys.starts.copy(), keys.stops, keys.weights,
            self._norms, self._tops, keys.scale, active.view(np.uint8), self._shared, ranks, names,
        )  # fmt: skip
        return names[:size], ranks[:size]
