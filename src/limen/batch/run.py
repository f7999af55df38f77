"""Screen the rows of a portfolio, in order: none is lost, none comes twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from limen.batch.columns.headings import target_of
from limen.batch.row_party import Column, Columns, is_party, party_of
from limen.batch.screen_arguments import ScreenArguments
from limen.batch.tables.table import Row, Table
from limen.batch.tally import Screened
from limen.model import LimenError, Notice
from limen.screening import Refused
from limen.screening.parties import PartyScreen


class Portfolio(msgspec.Struct, frozen=True):
    """Represents a table, and what its columns are used as."""

    table: Table
    columns: Columns


def screen_portfolio(
    engine: PartyScreen,
    portfolio: Portfolio,
    arguments: ScreenArguments,
    *,
    done: Callable[[Row], bool] = lambda _: False,
) -> Iterator[Screened]:
    """Screen every row; a row that cannot be used comes out refused, in its place.

    ``done`` is called with each row, in order, and returns whether an earlier run has done it.
    """
    reading = _Reading(portfolio, done)
    results = engine.screen_many(reading.parties(), on_error="row", **arguments.to_dict())
    for result in results:
        yield from reading.refused_before()
        waiting = reading.waiting.popleft()
        if isinstance(result, Refused):
            yield replace(waiting, refused=_located(result, waiting))
        else:
            yield replace(waiting, answer=result)
    yield from reading.refused_before()


def _located(result: Refused, waiting: Screened) -> LimenError:
    """Give the engine's refusal the row's own place instead of its number in the batch."""
    field_at = result.error.where.partition(": ")[2]
    place = f"{waiting.file} line {waiting.row.line:,}"
    result.error.where = f"{place}: {field_at}" if field_at else place
    return result.error


class RowReader:
    """Reads the rows of a portfolio into parties, each with what was odd about it."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._table = portfolio.table
        self._columns = portfolio.columns
        self._known = set(portfolio.table.columns)

    def read(self, row: Row) -> tuple[Screened, Mapping[str, Any] | None]:
        """Return a row, yet without an answer, and its party; a row with none is refused."""
        name = self._table.name
        late = self._late_columns(row)
        if row.problem is not None:
            return Screened(name, row, None, row.problem, late), None
        try:
            where = f"{name} line {row.line:,}"
            party, notices = party_of(row, self._columns, where=where)
        except LimenError as error:
            return Screened(name, row, None, error, late), None
        return Screened(name, row, None, None, row.notices + late + notices), party

    def pass_over(self, row: Row) -> None:
        """Learn what columns a row has that is not read."""
        self._late_columns(row)

    def _late_columns(self, row: Row) -> tuple[Notice, ...]:
        """Map keys that no row of the sample had by their heading, with a notice of each."""
        if row.cells.keys() <= self._known:
            return ()
        late = [key for key in row.cells if key not in self._known]
        self._known.update(late)
        if is_party(row):
            return ()
        mapped = [Column(key, target_of(key) or "", "heading") for key in late]
        self._columns = replace(self._columns, columns=(*self._columns.columns, *mapped))
        return tuple(
            Notice(
                "late-column",
                f"{column.name!r} first appears here and is "
                + (f"taken for {column.target}" if column.target else "passed through"),
                column.name,
            )
            for column in mapped
        )


class _Reading:
    """Passes parties to the engine and holds their rows until the answers come back."""

    def __init__(self, portfolio: Portfolio, done: Callable[[Row], bool]) -> None:
        self._rows = portfolio.table.rows
        self._reader = RowReader(portfolio)
        self._done = done
        self.waiting: deque[Screened] = deque()

    def parties(self) -> Iterator[Mapping[str, Any]]:
        for row in self._rows:
            if self._done(row):
                self._reader.pass_over(row)
                continue
            screened, party = self._reader.read(row)
            self.waiting.append(screened)
            if party is not None:
                yield party

    def refused_before(self) -> Iterator[Screened]:
        while self.waiting and self.waiting[0].refused is not None:
            yield self.waiting.popleft()
