"""Figures for managers: volumes, ages, backlog, outcomes by reason. No name is in them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from limen.cases.policy import later
from limen.cases.storage import schema
from limen.util.database.database import Database

#: Days of age at which open alerts are counted apart.
_AGES = (1, 3, 7, 30, 90)


def figures(database: Database, now: str) -> dict[str, Any]:
    """Return the figures of a store at a moment."""
    alert, good_guy = schema.alert, schema.good_guy
    with database.reading() as connection:
        oldest = connection.scalar(
            sa.select(sa.func.min(alert.c.opened_at)).where(alert.c.is_open == 1)
        )
        late = (alert.c.is_open == 1, alert.c.due_at < now)
        return {
            "at": now,
            "events": connection.scalar(sa.select(schema.head.c.seq)) or 0,
            "open_by_age": _ages(connection, now),
            "opened_by_channel": _counts(connection, alert.c.channel),
            "deliveries_waiting": _count(connection, schema.delivery.c.seq),
            "by_state": _counts(connection, alert.c.state),
            "open_by_channel": _counts(connection, alert.c.channel, alert.c.is_open == 1),
            "open_by_tier": _counts(connection, alert.c.tier, alert.c.is_open == 1),
            "closed_by_reason": _counts(connection, alert.c.reason, alert.c.decided_by != ""),
            "samples": _counts(connection, alert.c.sample, alert.c.sample != ""),
            "good_guys": _counts(connection, good_guy.c.state),
            "overdue": _count(connection, alert.c.id, *late),
            "oldest_open": oldest or "",
        }  # fmt: skip


def _ages(connection: sa.Connection, now: str) -> dict[str, int]:
    """Return how many open alerts are so old, by the last day of their age; the oldest last."""
    alert = schema.alert
    ages: dict[str, int] = {}
    until = now
    for days in (*_AGES, None):
        since = later(now, hours=-24 * days) if days else ""
        where = (alert.c.is_open == 1, alert.c.opened_at > since, alert.c.opened_at <= until)
        ages[f"{days} days" if days else "older"] = _count(connection, alert.c.id, *where)
        until = since
    return ages


def _count(
    connection: sa.Connection, column: sa.Column[Any], *where: sa.ColumnElement[bool]
) -> int:
    return connection.scalar(sa.select(sa.func.count(column)).where(*where)) or 0


def _counts(
    connection: sa.Connection, column: sa.Column[Any], *where: sa.ColumnElement[bool]
) -> dict[str, int]:
    query = sa.select(column, sa.func.count()).where(*where).group_by(column).order_by(column)
    return {str(value): count for value, count in connection.execute(query)}
