"""What a database is for: its words in messages, its tables, and their version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from limen.model.errors import DataError


def version_table(name: str, metadata: sa.MetaData) -> sa.Table:
    """Return the table with the version of the tables of a database."""
    return sa.Table(
        name,
        metadata,
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("created_at", sa.String, nullable=False),
    )


def nothing_older(_: sa.Connection) -> None:
    """Migrate nothing: there is no older version of the tables yet."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Represents a kind of database: its words in messages, its tables, and their version.

    Attributes:
        a: the noun with its article: ``"an archive"``.
        the: the noun as known: ``"the archive"``.
        file: the usual name of its file.
        again: how its content can be made again, after a comma; empty where it cannot.
        error: the class of its errors.
        schema_version: the table with the version of the tables, one of ``metadata``.
        version: the version of the tables as they are now; it goes up with every change of them.
        oldest: the oldest version that ``migrate`` brings up to date.
        migrate: brings older tables up to date; nothing where there are none.
        isolation: PostgreSQL's isolation of transactions.
    """

    a: str
    the: str
    file: str
    again: str
    error: type[DataError]
    metadata: sa.MetaData
    schema_version: sa.Table
    version: int
    oldest: int
    migrate: Callable[[sa.Connection], None] = nothing_older
    isolation: str = "REPEATABLE READ"

    def words(self, text: str) -> str:
        """Return a message with the nouns of this kind."""
        return text.format(a=self.a, the=self.the, again=self.again)
