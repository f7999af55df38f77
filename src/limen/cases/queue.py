"""Read queues: alerts by state, channel, person and age, a page at a time, with their counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa

from limen.cases.alert import Alert
from limen.cases.queue_filter import Filter
from limen.cases.storage import schema
from limen.model import InputError

#: Alerts of a page at most.
MOST = 500
#: What is counted at most: whoever works a queue needs no larger number.
COUNTED = 10_000


class Page(msgspec.Struct, frozen=True):
    """Represents a page of a queue.

    ``count`` is how many there are, at most :data:`COUNTED`; ``next`` the cursor of the next page,
    empty on the last.
    """

    alerts: tuple[Alert, ...]
    count: int
    next: str


def read_queue(connection: sa.Connection, chosen: Filter) -> Page:
    """Return a page of alerts, those that are due first before others.

    Raises:
        InputError: the limit or the cursor is not valid.
    """
    if not 1 <= chosen.limit <= MOST:
        raise InputError(f"{chosen.limit} is not between 1 and {MOST}", where="limit")
    table = schema.alert
    where = _where(chosen)
    query = sa.select(table).where(*where).order_by(table.c.due_at, table.c.id)
    if chosen.after:
        due, _, key = chosen.after.partition(" ")
        query = query.where(sa.tuple_(table.c.due_at, table.c.id) > sa.tuple_(due, key))
    rows = connection.execute(query.limit(chosen.limit + 1)).mappings().all()
    alerts = tuple(Alert(**row) for row in rows[: chosen.limit])
    more = len(rows) > chosen.limit
    counted = sa.select(table.c.id).where(*where).limit(COUNTED).subquery()
    count = connection.scalar(sa.select(sa.func.count()).select_from(counted)) or 0
    return Page(alerts, count, f"{alerts[-1].due_at} {alerts[-1].id}" if more else "")


def states(connection: sa.Connection, among: Collection[str]) -> Mapping[str, int]:
    """Return how many alerts are in each of some states."""
    table = schema.alert
    query = sa.select(table.c.state, sa.func.count()).group_by(table.c.state)
    query = query.where(table.c.state.in_(sorted(among)))
    counts: dict[str, int] = dict(connection.execute(query).all())
    return counts


def _where(chosen: Filter) -> list[Any]:
    table = schema.alert
    exact = ("state", "assignee", "channel", "tier", "subject_id", "party_id", "suppressed_by",
             "sample")  # fmt: skip
    where = [
        table.c[name] == value for name in exact if (value := getattr(chosen, name)) is not None
    ]
    if chosen.open_only or chosen.overdue:
        where.append(table.c.is_open == 1)
    if chosen.overdue:
        where.append(table.c.due_at < chosen.overdue)
    return where
