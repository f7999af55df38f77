"""An alert as its events come to, and how it is read."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import msgspec
import sqlalchemy as sa

from limen.cases.intake.facts import Facts
from limen.cases.storage import schema
from limen.cases.storage.contents import read_content
from limen.cases.storage.ledger import Event, decoder
from limen.model import InputError


class Alert(msgspec.Struct, frozen=True):
    """Represents an alert: a subject, what it may be, and where the decision about it is.

    Attributes:
        version: the number of its last event; a decision names the one that it was made on.
        tier: 1 where an analyst of level 1 may decide, 2 once it was escalated.
        proposal: the outcome that was proposed or decided, with its reason.
        suppressed_by: the good-guy that suppresses it.
        trigger: why it was opened again: which facts changed.
        sample: the state of its quality check: empty, ``"drawn"``, ``"passed"`` or ``"failed"``.
        answer: the hash of the answer that it rests on.
        subject_print: the fingerprint of the subject's facts; ``listed_print`` of the listed ones.
    """

    id: str
    version: int
    opened_at: str
    changed_at: str
    channel: str
    profile: str
    subject_id: str
    subject: str
    party_id: str
    party: str
    lists: str
    score: float
    level: str
    state: str
    is_open: int
    tier: int
    assignee: str
    due_at: str
    proposal: str
    reason: str
    proposed_by: str
    decided_by: str
    decided_at: str
    suppressed_by: str
    trigger: str
    sample: str
    answer: str
    subject_print: str
    listed_print: str

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form."""
        wire: dict[str, Any] = msgspec.to_builtins(self)
        return wire | {"is_open": bool(self.is_open), "lists": self.lists.split()}


class Frozen(msgspec.Struct, frozen=True):
    """Represents what an alert rests on, as it was answered.

    Attributes:
        answer: the whole answer of the channel, from which it can be taken again.
        findings: those about the alert's party.
        context: where in the input they were found.
        subject_facts: the subject's side; ``listed_facts`` the other.
    """

    answer: dict[str, Any]
    findings: list[dict[str, Any]]
    context: dict[str, Any]
    subject_facts: Facts
    listed_facts: Facts


_frozen = msgspec.json.Decoder(Frozen)


def alert_id(subject_id: str, party_id: str, profile: str) -> str:
    """Return the id of the alert about a subject and a party under a profile: always the same."""
    key = f"{subject_id}\x1f{party_id}\x1f{profile}".encode()
    return f"A-{blake2b(key, digest_size=8).hexdigest()}"


def find_alert(connection: sa.Connection, key: str) -> Alert | None:
    """Return an alert by id; ``None`` where there is none."""
    table = schema.alert
    row = connection.execute(sa.select(table).where(table.c.id == key)).mappings().first()
    return Alert(**row) if row else None


def get_alert(connection: sa.Connection, key: str) -> Alert:
    """Return an alert by id.

    Raises:
        InputError: there is none.
    """
    alert = find_alert(connection, key)
    if alert is None:
        raise InputError(f"no alert is {key!r}", where="cases",
                         hint="`limen cases list` lists them")  # fmt: skip
    return alert


def read_frozen(connection: sa.Connection, alert: Alert) -> Frozen:
    """Return what an alert rests on.

    Raises:
        CasesError: it is not as it was stored.
    """
    return _frozen.decode(read_content(connection, alert.answer))


def read_events(connection: sa.Connection, about: str) -> list[Event]:
    """Return all events about an id, the oldest first."""
    table = schema.event
    bodies = connection.scalars(
        sa.select(table.c.body).where(table.c.about == about).order_by(table.c.seq)
    )
    return [decoder.decode(body) for body in bodies]
