"""Read a table of dated rows for a look-back: payments, or customers with a start and an end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

import msgspec
from msgspec.structs import replace

from limen.batch.columns.dates import Order, portfolio_date, weigh_order
from limen.batch.columns.mapping import Wishes, map_columns
from limen.batch.row_party import cell_texts
from limen.batch.run import Portfolio, RowReader
from limen.batch.tables.table import Row, Table, sampled
from limen.model import InputError
from limen.simulation.look_back import DatedRow
from limen.util.suggest import did_you_mean

_YES = frozenset({"1", "true", "yes", "y", "alert", "hit", "review"})
_NO = frozenset({"0", "false", "no", "n", "none", "clear"})


class DateColumns(msgspec.Struct, frozen=True):
    """Represents which columns have what of a row's days and of what became of it.

    Attributes:
        first: the day of a payment, or the first one of a customer.
        last: the last day of a customer, empty in a cell where it goes on; ``None`` for payments.
        alerted: whether the row did alert: yes or no, hit or clear.
        amount: what is at stake.
        currency: of the amount.
    """

    first: str
    last: str | None = None
    alerted: str | None = None
    amount: str | None = None
    currency: str | None = None

    def named(self) -> list[str]:
        """Return the columns that are named."""
        return [name for name in msgspec.structs.astuple(self) if name]


def read_dated(table: Table, columns: DateColumns, wishes: Wishes) -> Iterator[DatedRow]:
    """Yield every row of a table; one that cannot be read comes with the reason.

    Raises:
        InputError: a column is not there, none holds a name, or days read both ways.
    """
    for name in columns.named():
        if name not in table.columns:
            raise InputError(
                f"no column {name!r}", where=table.name, hint=did_you_mean(name, table.columns)
            )
    targets = dict(wishes.targets) | dict.fromkeys(columns.named(), "")
    sample, table = sampled(table)
    mapped = map_columns(table.name, table.columns, sample, replace(wishes, targets=targets))
    cells = (text for row in sample for text in cell_texts(row.cells.get(columns.first)))
    order = wishes.date_order or weigh_order(cells).order
    reader = RowReader(Portfolio(table, mapped))
    for row in table.rows:
        screened, party = reader.read(row)
        if party is None:
            yield DatedRow(row.line, "", None, None, None, refused=str(screened.refused))
            continue
        dated = DatedRow(row.line, str(party.get("id") or ""), party, None, None)
        try:
            yield _dated(dated, row, columns, order)
        except ValueError as error:
            yield replace(dated, refused=f"{table.name} line {row.line:,}: {error}")


def _dated(dated: DatedRow, row: Row, columns: DateColumns, order: Order | None) -> DatedRow:
    """Return a row with its days and what became of it.

    Raises:
        ValueError: a cell cannot be read.
    """
    first = _day(_cell(row, columns.first), columns.first, order)
    ends = _cell(row, columns.last)
    last = _day(ends, columns.last or "", order) if ends else None
    if columns.last is None:
        last = first
    if last is not None and last < first:
        raise ValueError(f"it ends on {last}, before it begins on {first}")
    return replace(
        dated,
        first=first,
        last=last,
        alerted=_alerted(_cell(row, columns.alerted)),
        amount=_amount(_cell(row, columns.amount)),
        currency=_cell(row, columns.currency).upper(),
    )


def _cell(row: Row, column: str | None) -> str:
    return next(iter(cell_texts(row.cells.get(column))), "") if column else ""


def _day(text: str, column: str, order: Order | None) -> date:
    if not text:
        raise ValueError(f"{column!r} has no day")
    read = portfolio_date(text, order)
    if len(read) != len("2022-02-21"):
        raise ValueError(f"{column!r} is {text!r}, which is no day")
    return date.fromisoformat(read)


def _alerted(text: str) -> bool | None:
    word = text.casefold()
    if word and word not in _YES | _NO:
        raise ValueError(f"{text!r} does not say whether there was an alert: yes, no, hit, clear")
    return word in _YES if word else None


def _amount(text: str) -> Decimal | None:
    """Read an amount with a point before its decimals; commas and blanks part thousands."""
    try:
        amount = Decimal(text.replace(",", "").replace(" ", "")) if text else None
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount") from None
    if amount is not None and not amount.is_finite():
        raise ValueError(f"{text!r} is no amount")
    return amount
