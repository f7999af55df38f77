"""Bring the tables of an older archive to those of this Limen."""

from __future__ import annotations

import sqlalchemy as sa

from limen.archive.storage import schema
from limen.archive.storage.seal import COLUMN, seal

#: The oldest version of the tables that can be brought up to date.
OLDEST = 1


def migrate(connection: sa.Connection) -> None:
    """Seal the rows of an archive whose tables are of version 1, as they are now."""
    for table in schema.SEALED:
        column = table.c[COLUMN]
        kind = column.type.compile(connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {COLUMN} {kind}")
        for row in connection.execute(sa.select(table)).mappings().all():
            change = sa.update(table).where(table.c.id == row["id"])
            connection.execute(change.values({COLUMN: seal(dict(row))}))
    version = schema.schema_version
    connection.execute(sa.update(version).values(version=schema.SCHEMA_VERSION))
