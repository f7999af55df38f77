"""Add events to the chain: each has the hash of the one before it, and is never changed.

An event carries the columns that it changes, so that the tables of alerts, good-guys and people
are a fold over the chain that needs no rule of today: :mod:`limen.cases.storage.verification`
makes them again and compares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

import msgspec
import sqlalchemy as sa

from limen.cases.storage import schema
from limen.cases.storage.canonical import canonical
from limen.cases.storage.contents import add_content
from limen.model import CasesError, InputError

Clock = Callable[[], datetime]

#: Who does what needs no person: opening alerts of a run, ending good-guys. It has no password.
SYSTEM = "system"
#: The hash before the first event.
ORIGIN = bytes(32)
#: What the clocks of several machines may differ by; an event is then given the time before it.
_SKEW = timedelta(seconds=5)
#: Bytes of one event at most: what is longer is stored as content, and referred to by its hash.
_MOST_BYTES = 64_000


class Event(msgspec.Struct, frozen=True):
    """Represents one event: who did what about what, when, and the columns that it changed."""

    seq: int
    prev: str
    at: str
    by: str
    type: str
    about: str
    data: dict[str, Any]
    changes: dict[str, Any]


decoder = msgspec.json.Decoder(Event)


class Ledger:
    """Represents a transaction that adds events; no other process adds any meanwhile.

    Args:
        connection: the transaction.
        clock: the present time.

    Raises:
        CasesError: the clock is earlier than the last event.
    """

    def __init__(self, connection: sa.Connection, clock: Clock) -> None:
        self.connection = connection
        row = connection.execute(sa.select(schema.head).with_for_update()).one()
        self._seq, self._hash = row.seq, row.hash
        self.now = _after(row.at, clock())
        self._events: list[dict[str, Any]] = []
        self._deliveries: list[dict[str, Any]] = []
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def append(
        self,
        about: str,
        kind: str,
        by: str,
        data: Mapping[str, Any] | None = None,
        changes: Mapping[str, Any] | None = None,
        *,
        new: bool = False,
    ) -> Event:
        """Add an event, and write what it changes.

        Args:
            about: the id of an alert, a good-guy, a person or a webhook; empty for the store, and
                ``"screening"`` for a request that screened.
            kind: what happened: ``"alert.proposed"``.
            by: who did it.
            data: what belongs to it.
            changes: the columns of the row that it changes.
            new: whether it is the first about its id.
        """
        self._seq += 1
        event = Event(
            self._seq, self._hash.hex(), self.now, by, kind, about, dict(data or {}),
            dict(changes or {}),
        )  # fmt: skip
        body = canonical(msgspec.to_builtins(event))
        if len(body) > _MOST_BYTES:
            raise InputError(f"the event has {len(body):,} bytes", hint="attach it as a file")
        self._hash = sha256(body).digest()
        self._events.append({"seq": event.seq, "about": about, "body": body, "hash": self._hash})
        self._write(event, new=new)
        self._deliver(event)
        return event

    def add_content(self, body: bytes) -> str:
        """Store content that events refer to, once, and return its hash."""
        return add_content(self.connection, body)

    def close(self) -> None:
        """Write the events and the new head."""
        self._write_new()
        if not self._events:
            return
        self.connection.execute(sa.insert(schema.event), self._events)
        if self._deliveries:
            self.connection.execute(sa.insert(schema.delivery), self._deliveries)
        row = {"seq": self._seq, "hash": self._hash, "at": self.now}
        self.connection.execute(sa.update(schema.head).values(**row))

    def _deliver(self, event: Event) -> None:
        """Note that an event about an alert or a good-guy is to be sent to webhooks."""
        if not event.about.startswith(("A", "G")):
            return
        for key, events in self._webhooks:
            if not events or event.type.startswith(tuple(events.split())):
                row = {"seq": event.seq, "webhook": key, "tries": 0, "next_at": event.at}
                self._deliveries.append(row)

    @cached_property
    def _webhooks(self) -> list[tuple[str, str]]:
        table = schema.webhook
        query = sa.select(table.c.id, table.c.events).where(table.c.disabled == 0)
        return [(row.id, row.events) for row in self.connection.execute(query)]

    def _write(self, event: Event, *, new: bool) -> None:
        table = schema.DERIVED.get(event.about[:1])
        if table is None:
            return
        if new:
            row = first_row(table, event)
            self._rows.setdefault(table.name, []).append(row)
            return
        self._write_new()
        self.connection.execute(
            sa.update(table).where(table.c.id == event.about).values(**changed_columns(event))
        )

    def _write_new(self) -> None:
        for name, rows in self._rows.items():
            self.connection.execute(sa.insert(schema.metadata.tables[name]), rows)
        self._rows.clear()


def first_row(table: sa.Table, event: Event) -> dict[str, Any]:
    """Return the whole row that the first event about its id comes to."""
    empty = {
        column.name: "" if isinstance(column.type, sa.String) else 0 for column in table.columns
    }
    return empty | {"id": event.about, "opened_at": event.at} | changed_columns(event)


def changed_columns(event: Event) -> dict[str, Any]:
    """Return the columns that an event changes, with its number and time."""
    return {**event.changes, "version": event.seq, "changed_at": event.at}


def _after(last: str, now: datetime) -> str:
    text = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    if text >= last:
        return text
    if datetime.fromisoformat(last) - now > _SKEW:
        raise CasesError(
            f"the clock of this machine is at {text}, and the last event was at {last}",
            where="cases",
            why="who decided when could not be relied on any more",
            hint="set the clock right, then do it again",
            unchanged="nothing was decided",
        )
    return last
