"""What a portfolio was read as."""

from __future__ import annotations

from limen.batch.columns.mapping import Wishes, map_columns
from limen.batch.row_party import Columns, party_of
from limen.batch.tables.table import Table, peek


def cells(table: Table) -> list[list]:
    """The cells of the rows that can be used."""
    return [list(row.cells.values()) for row in table.rows if row.problem is None]


def problems(table: Table) -> list[str]:
    """Where and why rows were refused."""
    return [f"{row.problem.where}: {row.problem.what}" for row in table.rows if row.problem]


def mapped(table: Table, **wishes) -> dict[str, str]:
    """Column -> what it is taken for."""
    return {column.name: column.target for column in columns_of(table, **wishes)[0].columns}


def columns_of(table: Table, **wishes) -> tuple[Columns, list]:
    sample, _ = peek(table.rows, table.sample)
    wanted = Wishes(wishes.pop("targets", {}), **wishes)
    return map_columns(table.name, table.columns, sample, wanted), sample


def parties(table: Table, **wishes) -> list[dict]:
    """The FollowTheMoney objects of the rows."""
    columns, sample = columns_of(table, **wishes)
    return [dict(party_of(row, columns, where="row")[0]) for row in sample]
