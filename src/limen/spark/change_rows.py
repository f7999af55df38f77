"""Screen the customers of a DataFrame again for what changed between two states of the lists.

The driver compares the listed entries of both states, once (``limen.rescreening.entry_views``).
Workers compare every customer with the entries that differ, in both states, and with no other.
Every customer is read and searched for, so this costs as much as screening all of them. No base is
compiled and no proof is written; ``limen rescreen`` does both, on one machine, for a fraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from limen.batch.arrow.answer_columns import error_field, error_record
from limen.batch.arrow.arrow_input import TABLE, place_of
from limen.batch.row_party import Columns, party_of
from limen.batch.tables.table import Row
from limen.engine import Engine
from limen.model import AnyFinding, LimenError, read_party
from limen.rescreening.customer_pairs import Pair, PairChange, PairOutcome, compare, pair_of
from limen.rescreening.run_work import narrowed
from limen.screening.coverage import Scope
from limen.spark.row_question import answer_parts
from limen.spark.worker_snapshot import JobSnapshot, open_on_worker

if TYPE_CHECKING:
    import pyarrow as pa

#: A customer with several changes has the outcome of the gravest.
_GRAVEST_FIRST: tuple[PairOutcome, ...] = ("new", "worse", "gone", "better", "same")
_UNCHANGED = "unchanged"


class State(msgspec.Struct, frozen=True):
    """One of the two states: a snapshot, its question, and the entries that differ.

    Attributes:
        snapshot: the packed snapshot.
        as_of: when listings must have applied.
        known_at: when they must have been known; everything the snapshot knows.
        entries: the positions of those entries that are listed in this state.
    """

    snapshot: JobSnapshot
    as_of: str
    known_at: str | None
    entries: tuple[int, ...] = ()


class ChangeRows(msgspec.Struct, frozen=True):
    """The question about changes: what the columns mean, and the two states.

    ``places`` is whether the law over territories differs, so that addresses are located in both.
    """

    columns: Columns
    before: State
    after: State
    places: bool
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] | None = None
    allow_stale: tuple[str, ...] = ()
    threshold: float | None = None

    def added(self) -> list[pa.Field]:
        """Return the columns that changes add."""
        import pyarrow as pa

        text, number = pa.string(), pa.float64()
        change = pa.struct(
            [
                ("outcome", text), ("finding", text), ("caption", text), ("party", text),
                ("level_before", text), ("level", text), ("score_before", number),
                ("score", number), ("measures", pa.list_(text)), ("why", text),
            ]
        )  # fmt: skip
        return [
            pa.field("limen_outcome", text),
            pa.field("limen_changes", pa.list_(change)),
            error_field(),
        ]

    def answer(
        self, engine: Engine, batches: Iterable[pa.RecordBatch], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """Yield every row once, in order, with what changed for it; ``engine`` is of ``after``."""
        earlier = engine
        if self.before.snapshot.id != self.after.snapshot.id:
            earlier = open_on_worker(self.before.snapshot)
        sides = (
            _Side(earlier, self.scope_of(earlier, self.before), self, self.before),
            _Side(engine, self.scope_of(engine, self.after), self, self.after),
        )
        used = [column.name for column in self.columns.columns if column.target]

        def records(rows: Sequence[Row]) -> list[dict[str, Any]]:
            return self._records(rows, sides)

        yield from answer_parts(batches, schema, used, records)

    def scope_of(self, engine: Engine, state: State) -> Scope:
        """Return the scope of a state, worked out on its snapshot."""
        return engine.scope(
            state.as_of, state.known_at, self.authorities, self.lists, self.allow_stale
        )

    def _records(self, rows: Sequence[Row], sides: tuple[_Side, _Side]) -> list[dict[str, Any]]:
        read = [self._read(row) for row in rows]
        parties = [each for each in read if not isinstance(each, LimenError)]
        before, after = (iter(side.findings(parties)) for side in sides)
        return [
            _refused(row, each)
            if isinstance(each, LimenError)
            else _record(_pairs(next(before)), _pairs(next(after)))
            for row, each in zip(rows, read, strict=True)
        ]

    def _read(self, row: Row) -> Any | LimenError:
        """Return the party of a row, or why there is none."""
        if row.problem is not None:
            return row.problem
        try:
            party, _ = party_of(row, self.columns, where=place_of(TABLE, row.line))
            read_party(party, where="")
        except LimenError as error:
            return error
        return party


class _Side:
    """Finds the changed entries that customers may be, in one state."""

    def __init__(self, engine: Engine, scope: Scope, question: ChangeRows, state: State) -> None:
        self._engine = engine
        self._scope = scope
        self._judge = engine.judge(None, question.threshold)
        self._narrowed = narrowed(scope, state.entries)
        self._places = question.places

    def findings(self, parties: Sequence[Any]) -> Iterator[list[AnyFinding]]:
        """Yield the findings about each party that can have changed."""
        none: Iterator[Sequence[AnyFinding]] = iter([()] * len(parties))
        listed = (
            self._engine.findings_of(parties, self._narrowed, self._judge)
            if np.any(self._narrowed.parties)
            else none
        )
        for party, found in zip(parties, listed, strict=True):
            yield [*found, *(self._located(party) if self._places else ())]

    def _located(self, party: Any) -> Sequence[AnyFinding]:
        return self._engine.whereabouts.of(read_party(party, where="").party, self._scope).findings


def _pairs(findings: Sequence[AnyFinding]) -> dict[tuple[str, str], Pair]:
    pairs = (pair_of("", finding) for finding in findings)
    return {pair.key: pair for pair in pairs}


def _record(
    before: dict[tuple[str, str], Pair], after: dict[tuple[str, str], Pair]
) -> dict[str, Any]:
    causes = dict.fromkeys({*before, *after}, "entry")
    changes = list(compare(before, after, causes))
    outcomes = {change.outcome for change in changes}
    return {
        "limen_outcome": next((each for each in _GRAVEST_FIRST if each in outcomes), _UNCHANGED),
        "limen_changes": [_change(change) for change in changes],
        "limen_error": None,
    }


def _change(change: PairChange) -> dict[str, Any]:
    old, new = change.before, change.after
    pair = new or old
    if pair is None:
        raise ValueError("a change has a pair before or after")
    return {
        "outcome": change.outcome,
        "finding": pair.finding,
        "caption": pair.caption,
        "party": pair.party,
        "level_before": old.level if old else None,
        "level": new.level if new else None,
        "score_before": old.score if old else None,
        "score": new.score if new else None,
        "measures": list(pair.measures),
        "why": pair.why,
    }


def _refused(row: Row, error: LimenError) -> dict[str, Any]:
    return {
        "limen_outcome": "refused",
        "limen_changes": [],
        "limen_error": error_record(error, place_of(TABLE, row.line)),
    }
