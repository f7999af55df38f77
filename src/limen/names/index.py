"""Find the listed names that a name may be, and score them.

The index opens from memory-mapped arrays in milliseconds. A name is found by its keys
(``limen.names.keys``), ranked by the cosine of the rarities of shared keys, and scored by a
matcher. One question is answered by numpy and interpreted kernels; a batch or a server asks
``fast=True`` and the same kernels run compiled, with the same answers to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.names.align import PAIRS, align
from limen.model.schemata import comparable
from limen.names.build import PACK_PARTS, SCHEMAS
from limen.names.comparison import mode_of
from limen.names.kernels import SPACE
from limen.names.keys import name_keys
from limen.names.loops import BLOCK
from limen.names.matchers import limen_1
from limen.names.matchers.matcher import Matcher, matcher_named
from limen.names.normalise import Name, alternatives, normalise
from limen.names.pack import as_arrays, decode, pack
from limen.names.tokens import Token

Mask = NDArray[np.bool_]

#: How many names a search scores for each query name: the best ranked.
SCORED = 200


class Query(NamedTuple):
    """What is asked: every name of one party, and its schema."""

    names: tuple[str, ...]
    schema: str = "Thing"


class NameMatch(NamedTuple):
    """A listed party whose name scores: its best row, and which of the query's names met it."""

    party: int
    row: int
    query_name: int
    score: float


class NameIndex:
    """An index over listed names, opened from the arrays that ``build_index`` made."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._arrays = {name: np.asarray(array).view(np.ndarray) for name, array in arrays.items()}
        self.parties = int(self._arrays["parties"][0])
        self.names = int(self._arrays["lengths"].shape[0])
        self._pack = tuple(self._arrays[part] for part in PACK_PARTS)
        self._active: dict[str, tuple[Mask | None, Mask | None, Mask, Mask]] = {}

    def candidates(
        self,
        names: Sequence[str],
        schema: str | None = None,
        limit: int | None = None,
        parties: Mask | None = None,
        rows: Mask | None = None,
    ) -> list[tuple[int, float]]:
        """The parties that share a key with any of the names, the best ranked first.

        Args:
            names: every name asked about; one more can only add or raise candidates.
            schema: the asker's; it decides how names are read and which rows can be meant.
            limit: how many parties at most; ``None`` for every party that shares a key.
            parties, rows: only these parties, only these rows.
        """
        best = np.zeros(self.parties)
        answering, active = self._answering(schema or "Thing", parties, rows)
        for name in _read(names, schema or "Thing"):
            found, ranks = self._rank(name[1], active, None if limit is None else 16 * limit)
            owners, places = self._owners(found, answering)
            np.maximum.at(best, self._arrays["row_party"][owners], ranks[places])
        found = np.flatnonzero(best)
        order = np.lexsort((found, -best[found]))[:limit]
        return [(int(party), float(best[party])) for party in found[order]]

    def search(
        self,
        queries: Sequence[Query],
        *,
        cutoff: float,
        matcher: str | None = None,
        parties: Mask | None = None,
        rows: Mask | None = None,
        fast: bool = False,
    ) -> Iterator[list[NameMatch]]:
        """For every query, each party whose best name scores at least ``cutoff``, best first.

        Raises:
            InputError: the matcher is unknown.
        """
        chosen = matcher_named(matcher)
        least = round(cutoff * 1000)
        step = self._ask_compiled if fast and chosen.name == "limen-1" else self._ask
        for query in queries:
            found: dict[int, tuple[int, int, int]] = {}
            answering, active = self._answering(query.schema, parties, rows)
            for place, name in _read(query.names, query.schema):
                names, scores = step(name, active, mode_of(query.schema), chosen)
                self._collect(found, place, names, scores, least, answering)
            yield [
                NameMatch(party, -row, -place, value / 1000)
                for party, (value, row, place) in sorted(
                    found.items(), key=lambda entry: (-entry[1][0], entry[0])
                )
            ]

    def _collect(
        self, found: dict[int, tuple[int, int, int]], place: int, names: NDArray[np.intp],
        scores: NDArray[np.int64], least: int, answering: Mask,
    ) -> None:  # fmt: skip
        """Keep each party's best: the highest score, then the first row, then the first name."""
        good = scores >= max(least, 1)
        owners, places = self._owners(names[good], answering)
        values = scores[good][places]
        owner_party = self._arrays["row_party"]
        for row, value in zip(owners.tolist(), values.tolist(), strict=True):
            party = int(owner_party[row])
            entry = (value, -row, -place)
            if entry > found.get(party, (0, 0, 0)):
                found[party] = entry

    def _rank(
        self, name: Name, active: Mask, most: int | None
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """The names that share keys, with their ranks; the ``most`` best, ties by number."""
        arrays = self._arrays
        keys = np.array(name_keys(name), dtype="i8")
        at = arrays["postings_at"]
        starts, stops = at[keys], at[keys + 1]
        weights = arrays["key_weights"][keys].astype("f8")
        if not keys.size or not (stops - starts).sum():
            return np.empty(0, dtype="i8"), np.empty(0)
        posted = arrays["posting_names"]
        ids = np.concatenate(
            [posted[low:high] for low, high in zip(starts.tolist(), stops.tolist(), strict=True)]
        )
        shared = np.bincount(ids, np.repeat(weights, stops - starts), minlength=self.names)
        ranks = shared * arrays["inverse_norms"] * (1 / np.sqrt(weights.sum()))
        ranks[~active] = 0
        if most is None or most >= self.names:
            found = np.flatnonzero(ranks)
            return found, ranks[found]
        floor = np.partition(ranks, self.names - most)[self.names - most]
        if floor <= 0:
            found = np.flatnonzero(ranks)
            return found, ranks[found]
        above = np.flatnonzero(ranks > floor)
        level = np.flatnonzero(ranks == floor)[: most - above.size]
        found = np.concatenate((above, level))
        return found, ranks[found]

    def _ask(
        self, name: Name, active: Mask, mode: int, chosen: Matcher
    ) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """The listed names to compare a name with, and their scores in thousandths."""
        names, _ = self._rank(name, active, SCORED)
        if chosen.name != "limen-1":
            scores = [chosen.score(name, self._name(number), mode) for number in names.tolist()]
            return names, np.array(scores, dtype="i8")
        space, pairs, model = [0] * SPACE, [0] * PAIRS, limen_1.model()
        query, count = pack(name.tokens), len(name.tokens)
        scores = []
        for number, length in zip(names.tolist(), self._lengths(names), strict=True):
            listed, size = self._listed(number)
            scores.append(
                align(
                    query, 0, count, name.length, listed, 0, size, length,
                    mode, model, space, pairs, 0,
                )
            )  # fmt: skip
        return names, np.array(scores, dtype="i8")

    def _ask_compiled(
        self, name: Name, active: Mask, mode: int, chosen: Matcher
    ) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """``_ask`` with the compiled kernels, to the same bit."""
        del chosen
        kernels, room = self._compiled
        keys = np.array(name_keys(name), dtype="i8")
        at = self._arrays["postings_at"]
        weights = self._arrays["key_weights"][keys].astype("i8")
        scale = 1 / np.sqrt(np.float64(weights.sum())) if keys.size else 0.0
        names = np.empty(SCORED, dtype="i8")
        size = kernels.rank_names(
            self._arrays["posting_names"], at[keys], at[keys + 1], weights,
            self._arrays["inverse_norms"], scale,
            active.view(np.uint8),
            room.shared, room.ranks, names,
        )  # fmt: skip
        names = np.sort(names[:size])
        scores = np.empty(size, dtype="i8")
        kernels.align_names(
            as_arrays(pack(name.tokens)), len(name.tokens), name.length, self._pack,
            self._arrays["words_at"], self._arrays["lengths"], names, mode,
            room.model, room.space, room.pairs, scores,
        )  # fmt: skip
        return names, scores

    @cached_property
    def _compiled(self) -> tuple[SimpleNamespace, SimpleNamespace]:
        """The compiled kernels, and the arrays they work in."""
        from limen.names.compiled import compiled

        return compiled(), SimpleNamespace(
            shared=np.zeros(BLOCK, dtype="i8"),
            ranks=np.empty(SCORED),
            model=np.array(limen_1.model(), dtype="i8"),
            space=np.zeros(SPACE, dtype="i8"),
            pairs=np.zeros(PAIRS, dtype="i8"),
        )

    def _lengths(self, names: NDArray[np.intp]) -> list[int]:
        lengths: list[int] = self._arrays["lengths"][names].tolist()
        return lengths

    def _name(self, number: int) -> Name:
        """A listed name as tokens, for matchers that read words."""
        (letters, at, heard, heard_at, kinds, weights, _, _, _), size = self._listed(number)
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

    def _listed(self, number: int) -> tuple[tuple[list[int], ...], int]:
        """One listed name as a small pack of lists."""
        letters, at, heard, heard_at, kinds, weights, classes, masks, words = self._pack
        start, stop = self._arrays["words_at"][number : number + 2].tolist()
        parts: tuple[list[int], ...] = ([], [0], [], [0], [], [], [], [], [])
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

    def _owners(
        self, names: NDArray[np.intp], answering: Mask
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The answering rows of names, and for each row the place of its name in ``names``."""
        at = self._arrays["rows_at"]
        starts = at[names].astype("i8")
        counts = at[names + 1] - starts
        places = np.repeat(np.arange(names.size), counts)
        offsets = np.arange(places.size) - np.repeat(np.cumsum(counts) - counts, counts)
        owners = self._arrays["rows"][starts[places] + offsets]
        kept = answering[owners]
        return owners[kept], places[kept]

    def _answering(self, schema: str, parties: Mask | None, rows: Mask | None) -> tuple[Mask, Mask]:
        """Which rows may answer, and which names have such a row.

        A row answers when the masks let it and its schema can be the asker's. The last masks
        are remembered by schema, because a portfolio is asked under the same ones.
        """
        known = self._active.get(schema)
        if known is not None and known[0] is parties and known[1] is rows:
            return known[2], known[3]
        fits = np.array([comparable(schema, other) for other in SCHEMAS])
        answering: Mask = fits[self._arrays["row_schema"]]
        if rows is not None:
            answering &= rows
        if parties is not None:
            answering &= parties[self._arrays["row_party"]]
        at = self._arrays["rows_at"].astype("i8")
        sums = np.concatenate(([0], np.cumsum(answering[self._arrays["rows"]])))
        active: Mask = sums[at[1:]] > sums[at[:-1]]
        self._active[schema] = (parties, rows, answering, active)
        return answering, active


def _read(names: Sequence[str], schema: str) -> Iterator[tuple[int, Name]]:
    """Every reading of every name asked about, with the place of the name."""
    for place, raw in enumerate(names):
        for alternative in alternatives(raw):
            name = normalise(alternative, person=schema == "Person")
            if name.tokens:
                yield place, name
