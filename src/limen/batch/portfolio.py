"""Read a portfolio for a simulation: parties with amounts, and what they do and deal in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from limen.batch.columns.mapping import Wishes, map_columns
from limen.batch.row_party import cell_texts, party_of
from limen.batch.tables.table import Row, Table, sampled
from limen.law.codes import Code, Scheme, read_goods, read_sector
from limen.model import InputError, LimenError
from limen.simulation.holding import Holding
from limen.util.suggest import did_you_mean
from limen.util.text import fold, squash

#: Headings taken for an amount, where none is named.
AMOUNTS = ("amount", "exposure", "exposure_eur", "exposure_usd", "balance", "value")
#: Headings of columns that say what a party does or deals in; codes without a scheme are read.
_NACE = frozenset({"nace", "nacecode", "nacerev2"})
_NAICS = frozenset({"naics", "naicscode"})
_SECTORS = frozenset({"sector", "industry", "industrycode", "activitycode", "branche", "sectors"})
_GOODS = frozenset({"hs", "hscode", "cn", "cncode", "goods", "commoditycode", "tariffcode",
                    "commodity", "hts", "htscode", "taric"})  # fmt: skip
_SERVICES = frozenset({"service", "services", "servicetype"})


def read_holdings(
    table: Table,
    *,
    amount: str | None = None,
    refused: Callable[[LimenError], None] | None = None,
) -> Iterator[Holding]:
    """Yield the rows of a table, its columns mapped as for screening.

    Args:
        table: an open table.
        amount: the column with what is at stake; found by its heading.
        refused: called for a row that cannot be read; without it the first one raises.

    Raises:
        InputError: no column of that name, or none that holds a name.
        LimenError: a row cannot be read.
    """
    sample, table = sampled(table)
    columns = map_columns(table.name, table.columns, sample, Wishes(targets={}))
    named = _amount_column(table.columns, amount)
    for row in table.rows:
        where = f"{table.name} line {row.line:,}"
        try:
            if row.problem is not None:
                raise row.problem
            party, _ = party_of(row, columns, where=where)
            yield _holding(party, row, named, where)
        except LimenError as error:
            if refused is None:
                raise
            refused(error)


def _holding(party: Any, row: Row, amount: str, where: str) -> Holding:
    properties = party["properties"]
    sectors = [*_codes(row, _NACE, "nace"), *_codes(row, _NAICS, "naics"), *_codes(row, _SECTORS)]
    sectors += [read_sector(str(text)) for text in cell_texts(properties.get("sector"))]
    try:
        goods = tuple(read_goods(text) for text in _texts(row, _GOODS))
    except InputError as error:
        error.where = f"{where}: {error.where}"
        raise
    services = tuple(Code("word", fold(text)) for text in _texts(row, _SERVICES))
    return Holding(
        party,
        _number(row.cells.get(amount)),
        sectors=tuple(dict.fromkeys(sectors)),
        goods=goods,
        services=services,
    )


def _codes(row: Row, headings: frozenset[str], scheme: Scheme | None = None) -> Iterator[Code]:
    for text in _texts(row, headings):
        yield read_sector(text, scheme)


def _texts(row: Row, headings: frozenset[str]) -> Iterator[str]:
    for heading, value in row.cells.items():
        if squash(heading) in headings:
            for cell in cell_texts(value):
                yield from (part.strip() for part in cell.split(";") if part.strip())


def _amount_column(columns: Sequence[str], named: str | None) -> str:
    if named and named not in columns:
        raise InputError(
            f"no column {named!r}", where="--amount", hint=did_you_mean(named, columns)
        )
    return named or next((each for each in columns if each.casefold() in AMOUNTS), "")


def _number(cell: object) -> float | None:
    try:
        return float(str(cell).replace(",", "").replace(" ", ""))
    except ValueError:
        return None
