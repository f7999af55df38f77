"""Figures for managers: volumes, ages, backlog, outcomes by reason. No name is in them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from limen.cases.storage import schema
from limen.util.database.database import Database


def figures(database: Database, now: str) -> dict[str, Any]:
    """Return the figures of a store at a moment."""
    alert, good_guy = schema.alert, schema.good_guy
    with database.reading() as connection:
        oldest = connection.scalar(
            sa.select(sa.func.min(alert.c.opened_at)).where(alert.c.is_open == 1)
        )
        overdue = connection.scalar(
            sa.select(sa.func.count()).where(alert.c.is_open == 1, alert.c.due_at < now)
        )
        return {
            "at": now,
            "by_state": _counts(connection, alert.c.state),
            "open_by_channel": _counts(connection, alert.c.channel, alert.c.is_open == 1),
            "open_by_tier": _counts(connection, alert.c.tier, alert.c.is_open == 1),
            "closed_by_reason": _counts(connection, alert.c.reason, alert.c.decided_by != ""),
            "samples": _counts(connection, alert.c.sample, alert.c.sample != ""),
            "good_guys": _counts(connection, good_guy.c.state),
            "overdue": overdue or 0,
            "oldest_open": oldest or "",
        }  # fmt: skip


def _counts(
    connection: sa.Connection, column: sa.Column[Any], *where: sa.ColumnElement[bool]
) -> dict[str, int]:
    query = sa.select(column, sa.func.count()).where(*where).group_by(column).order_by(column)
    return {str(value): count for value, count in connection.execute(query)}
