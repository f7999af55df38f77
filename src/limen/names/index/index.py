"""Find the listed names that a name may match, and score them.

The index opens from memory-mapped arrays in milliseconds. A name is found by its keys
(``limen.names.index.blocking_keys``), ranked by the cosine of the rarities of shared keys, and
scored by a matcher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.model import SnapshotError
from limen.model.schemata import comparable
from limen.names.compare.comparison import mode_of
from limen.names.index.build import SCHEMAS
from limen.names.index.search import Found, Search
from limen.names.kernels import threads
from limen.names.kernels.score import PERSON
from limen.names.matchers.matcher import Matcher, matcher_named
from limen.names.reading.normalise import Name, normalise
from limen.names.reading.tables import fingerprint
from limen.util.lookahead import lookahead

Mask = NDArray[np.bool_]
#: A party's highest score, and its first row and query name, negated.
_Best = dict[int, tuple[int, int, int]]
_NOTHING = (0, 0, 0)
#: So many queries go into one call of the kernels: enough to share its cost, few enough that the
#: threads all have work.
TOGETHER = 64


class Query(NamedTuple):
    """Every name of one party that is searched for, and its schema."""

    names: tuple[str, ...]
    schema: str = "Thing"


class NameMatch(NamedTuple):
    """A listed party with a name that scores: its best row, and the query's name that matched."""

    party: int
    row: int
    query_name: int
    score: float


class NameIndex:
    """An index over listed names, opened from the arrays that ``build_index`` made.

    Masks are cached by identity from one query to the next: pass another array for another mask,
    and do not write into one that was passed.

    Raises:
        SnapshotError: its names were read with other tables than the installed ones.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        if "tables" not in arrays or np.asarray(arrays["tables"]).tobytes() != fingerprint():
            raise SnapshotError(
                "its names were read with other tables of names",
                where="the name index",
                why="classes of equal names have other numbers there, and would be confused",
                hint="build it again with `limen snapshot build`",
            )
        self.arrays = {name: np.asarray(array).view(np.ndarray) for name, array in arrays.items()}
        self.parties = int(self.arrays["parties"][0])
        self.names = int(self.arrays["lengths"].shape[0])
        self._masks: dict[str, tuple[Mask | None, Mask | None, Mask, Mask]] = {}

    def candidates(
        self,
        names: Sequence[str],
        schema: str | None = None,
        limit: int | None = None,
        parties: Mask | None = None,
        rows: Mask | None = None,
    ) -> list[tuple[int, float]]:
        """Return the parties that share a key with any of the names, the best ranked first.

        The rank is the mean of the cosine of shared keys and, for the best ranked, of the score.

        Args:
            names: every name of the query; one more can only add or raise candidates.
            schema: the query's; it decides how names are read and which rows are comparable.
            limit: how many parties at most; ``None`` for every party that shares a key.
            parties: only these parties, one bool a party.
            rows: only these rows, one bool a row.
        """
        schema = schema or "Thing"
        best: dict[int, float] = {}
        answering, active = self._answering(schema, parties, rows)
        for _, name in _read(names, schema, matcher_named()):
            found = self.searches.best(
                [name], active, mode_of(schema), matcher_named(), requested=limit
            )
            if limit is None:
                every = self.searches.every(name, active)
                self._raise(best, every.names, every.ranks / 2, answering)
            self._raise(best, found.names, found.ranks / 2 + found.scores / 2000, answering)
        ordered = sorted(best.items(), key=lambda entry: (-entry[1], entry[0]))
        return ordered[:limit]

    def _raise(
        self,
        best: dict[int, float],
        names: NDArray[np.int64],
        values: NDArray[np.float64],
        answering: Mask,
    ) -> None:
        """Raise the value of each party to that of its best name."""
        owners, places = self.owners(names, answering)
        parties = self.arrays["row_party"][owners]
        for party, value in zip(parties.tolist(), values[places].tolist(), strict=True):
            if value > best.get(party, 0.0):
                best[party] = value

    def search(
        self,
        queries: Sequence[Query],
        *,
        cutoff: float,
        matcher: str | None = None,
        parties: Mask | None = None,
        rows: Mask | None = None,
    ) -> Iterator[list[NameMatch]]:
        """Yield for every query the parties with a name of at least ``cutoff``, best first.

        Raises:
            InputError: the matcher is unknown.
        """
        matcher_named(matcher)
        begun = (
            self.begin(
                queries[at : at + TOGETHER],
                cutoff=cutoff, matcher=matcher, parties=parties, rows=rows,
            )
            for at in range(0, len(queries), TOGETHER)
        )  # fmt: skip
        return (matches for end in lookahead(begun, threads.count()) for matches in end())

    def begin(
        self,
        queries: Sequence[Query],
        *,
        cutoff: float,
        matcher: str | None = None,
        parties: Mask | None = None,
        rows: Mask | None = None,
    ) -> Callable[[], list[list[NameMatch]]]:
        """Start a search in threads, and return a function that waits for it.

        Its arguments are those of ``search``.

        Raises:
            InputError: the matcher is unknown.
        """
        chosen = matcher_named(matcher)
        least = max(1, round(cutoff * 1000))
        best: list[_Best] = [{} for _ in queries]
        begun = []
        for schema in dict.fromkeys(query.schema for query in queries):
            answering, active = self._answering(schema, parties, rows)
            searched = [
                (best[at], place, name)
                for at, query in enumerate(queries)
                if query.schema == schema
                for place, name in _read(query.names, schema, chosen)
            ]
            if searched:
                names = [name for _, _, name in searched]
                work = self.searches.prepare(names, active, mode_of(schema), chosen, least=least)
                wait = threads.begin(work) if len(queries) > 1 else work
                begun.append((searched, wait, answering))
                if chosen.spells and mode_of(schema) != PERSON:
                    self._collect_acronyms(searched, active, answering, schema, chosen, least)

        def end() -> list[list[NameMatch]]:
            for searched, wait, answering in begun:
                self._collect(searched, wait(), least, answering)
            return [_ordered(parties_of_query) for parties_of_query in best]

        return end

    def _collect(
        self,
        searched: Sequence[tuple[_Best, int, Name]],
        found: Found,
        least: int,
        answering: Mask,
    ) -> None:
        """Raise the entry of each party to that of its best name."""
        good = np.flatnonzero(found.scores >= least)
        places = np.searchsorted(found.ends, good, side="right")
        for query, name, value in zip(
            places.tolist(), found.names[good].tolist(), found.scores[good].tolist(), strict=True
        ):
            self._enter(searched[query], name, value, answering)

    def _collect_acronyms(
        self, searched: Sequence[tuple[_Best, int, Name]], active: Mask, answering: Mask,
        schema: str, matcher: Matcher, least: int,
    ) -> None:  # fmt: skip
        """Raise the entries of parties whose names are acronyms of these, or the reverse."""
        if matcher.aligner is None:
            return
        for query in searched:
            scored = self.searches.acronyms(query[2], active, mode_of(schema), matcher.aligner)
            for name, value in scored:
                if value >= least:
                    self._enter(query, name, value, answering)

    def _enter(
        self, query: tuple[_Best, int, Name], name: int, value: int, answering: Mask
    ) -> None:
        """Raise the entries of the parties that have a listed name to its score."""
        best, place, _ = query
        rows, at, owner = self._rows
        for row in rows[at[name] : at[name + 1]]:
            if answering[row]:
                party, entry = owner[row], (value, -row, -place)
                if entry > best.get(party, _NOTHING):
                    best[party] = entry

    @cached_property
    def _rows(self) -> tuple[memoryview, memoryview, memoryview]:
        """Return the rows of names, where each name's start, and their parties."""
        parts = (self.arrays[part] for part in ("rows", "rows_at", "row_party"))
        rows, at, owner = (memoryview(part) for part in parts)  # type: ignore[arg-type]
        return rows, at, owner

    @cached_property
    def searches(self) -> Search:
        """Return the search of these arrays."""
        return Search(self.arrays)

    def owners(
        self, names: NDArray[np.int64], answering: Mask
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the answering rows of names, and for each the place of its name in ``names``."""
        at = self.arrays["rows_at"]
        starts = at[names].astype("i8")
        counts = at[names + 1] - starts
        places = np.repeat(np.arange(names.size), counts)
        offsets = np.arange(places.size) - np.repeat(np.cumsum(counts) - counts, counts)
        owners = self.arrays["rows"][starts[places] + offsets]
        fits = answering[owners]
        return owners[fits], places[fits]

    def _answering(self, schema: str, parties: Mask | None, rows: Mask | None) -> tuple[Mask, Mask]:
        """Return which rows may answer, and which names have such a row.

        A row answers if the masks allow it and its schema is comparable with the query's. The last
        masks are cached by schema, because all queries of a portfolio have the same ones.
        """
        cached = self._masks.get(schema)
        if cached is not None and cached[0] is parties and cached[1] is rows:
            return cached[2], cached[3]
        fits = np.array([comparable(schema, other) for other in SCHEMAS])
        answering: Mask = fits[self.arrays["row_schema"]]
        if rows is not None:
            answering &= rows
        if parties is not None:
            answering &= parties[self.arrays["row_party"]]
        at = self.arrays["rows_at"].astype("i8")
        sums = np.concatenate(([0], np.cumsum(answering[self.arrays["rows"]])))
        active: Mask = sums[at[1:]] > sums[at[:-1]]
        self._masks[schema] = (parties, rows, answering, active)
        return answering, active


def _ordered(best: _Best) -> list[NameMatch]:
    """Return a query's parties: each with its highest score, then its first row and query name."""
    ordered = sorted(best.items(), key=lambda entry: (-entry[1][0], entry[0]))
    return [NameMatch(party, -row, -place, value / 1000) for party, (value, row, place) in ordered]


def _read(names: Sequence[str], schema: str, matcher: Matcher) -> Iterator[tuple[int, Name]]:
    """Yield every reading of every name, with the place of the name."""
    for place, raw in enumerate(names):
        for alternative in matcher.readings(raw, schema):
            name = normalise(alternative, person=schema == "Person")
            if name.tokens:
                yield place, name
