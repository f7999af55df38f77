"""Screen the rows of a portfolio, in order, and count everything that goes in and comes out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from limen.batch.headings import target_of
from limen.batch.parties import Column, Columns, is_party, party_of
from limen.batch.table import Row, Table
from limen.model import Answer, LimenError, Notice
from limen.screening import Engine, Refused


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of every row; the fields are the arguments of ``Engine.screen_many``."""

    as_of: str | None = None
    known_at: str | None = None
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] | None = None
    threshold: float | None = None
    matcher: str | None = None
    allow_stale: tuple[str, ...] = ()

    def arguments(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Screened:
    """What became of one row: an answer, or the reason why there is none.

    ``notices`` are about the reading of the row; what the engine noticed is in the answer.
    """

    file: str
    row: Row
    answer: Answer | None
    refused: LimenError | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A table, and what its columns are used as."""

    table: Table
    columns: Columns


def screen_portfolio(
    engine: Engine,
    portfolio: Portfolio,
    asking: Asking,
    *,
    done: Callable[[Row], bool] = lambda _: False,
) -> Iterator[Screened]:
    """Screen every row; a row that cannot be used comes out refused, in its place.

    ``done`` is asked of each row, in order, and true of those that an earlier run has done.
    """
    reading = _Reading(portfolio, done)
    results = engine.screen_many(reading.parties(), on_error="row", **asking.arguments())
    for result in results:
        yield from reading.refused_before()
        waiting = reading.waiting.popleft()
        if isinstance(result, Refused):
            yield replace(waiting, refused=_located(result, waiting))
        else:
            yield replace(waiting, answer=result)
    yield from reading.refused_before()


def _located(result: Refused, waiting: Screened) -> LimenError:
    """The engine's refusal, under the row's own place instead of its number in the batch."""
    field_at = result.error.where.partition(": ")[2]
    place = f"{waiting.file} line {waiting.row.line:,}"
    result.error.where = f"{place}: {field_at}" if field_at else place
    return result.error


class _Reading:
    """Hands parties to the engine and keeps their rows until the answers come back."""

    def __init__(self, portfolio: Portfolio, done: Callable[[Row], bool]) -> None:
        self._table = portfolio.table
        self._columns = portfolio.columns
        self._done = done
        self._known = set(portfolio.table.columns)
        self.waiting: deque[Screened] = deque()

    def parties(self) -> Iterator[Mapping[str, Any]]:
        name = self._table.name
        for row in self._table.rows:
            late = self._late_columns(row)
            if self._done(row):
                continue
            if row.problem is not None:
                self.waiting.append(Screened(name, row, None, row.problem, late))
                continue
            try:
                where = f"{name} line {row.line:,}"
                party, notices = party_of(row, self._columns, where=where)
            except LimenError as error:
                self.waiting.append(Screened(name, row, None, error, late))
                continue
            self.waiting.append(Screened(name, row, None, None, late + notices))
            yield party

    def refused_before(self) -> Iterator[Screened]:
        while self.waiting and self.waiting[0].refused is not None:
            yield self.waiting.popleft()

    def _late_columns(self, row: Row) -> tuple[Notice, ...]:
        """Keys that no row of the sample had: mapped by their heading, and told."""
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


@dataclass(slots=True)
class Group:
    """How often something was said, and where first."""

    count: int
    first: str
    example: str


@dataclass(slots=True)
class Tally:
    """Everything that went in and came out: ``rows = hit + clear + cannot_say + refused``.

    ``review`` counts the rows that are no hit and have a finding to look at; they are among
    the clear and the cannot-say.
    """

    rows: int = 0
    hit: int = 0
    clear: int = 0
    cannot_say: int = 0
    review: int = 0
    refused: dict[str, Group] = field(default_factory=dict)
    reasons: dict[str, Group] = field(default_factory=dict)
    notices: dict[str, Group] = field(default_factory=dict)

    @property
    def screened(self) -> int:
        """Rows with an answer."""
        return self.hit + self.clear + self.cannot_say

    @property
    def refusals(self) -> int:
        """Rows without an answer."""
        return self.rows - self.screened

    def add(self, screened: Screened) -> None:
        """Count one row."""
        self.rows += 1
        where = f"{screened.file} line {screened.row.line:,}"
        for notice in screened.notices:
            _count(self.notices, f"{notice.code} {notice.field}", where, notice.message)
        if screened.answer is None:
            what = screened.refused.what if screened.refused else ""
            _count(self.refused, what, where, what)
        else:
            self.add_answer(screened.answer, where)

    def add_answer(self, answer: Answer, where: str) -> None:
        """Count one answer."""
        if answer.outcome == "hit":
            self.hit += 1
        elif answer.outcome == "clear":
            self.clear += 1
        else:
            self.cannot_say += 1
        if answer.outcome != "hit" and answer.findings:
            self.review += 1
        unread = {each.message: f"{each.code} {each.field}" for each in answer.notices}
        for reason in answer.reasons:
            message = reason.partition(": ")[2]
            _count(self.reasons, unread.get(message) or unread.get(reason) or reason, where, reason)


def _count(groups: dict[str, Group], key: str, where: str, example: str) -> None:
    group = groups.get(key)
    if group is None:
        groups[key] = Group(1, where, example)
    else:
        group.count += 1


def outcome_of(answer: Answer | None) -> str:
    """The word for a row: ``hit``, ``review``, ``clear``, ``cannot_say`` or ``refused``."""
    if answer is None:
        return "refused"
    if answer.outcome == "clear" and answer.findings:
        return "review"
    return answer.outcome
