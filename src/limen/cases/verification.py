"""Verify a case store: the chain, what is derived from it, and what it refers to.

Every event is hashed again and compared with its neighbour; the tables of alerts, good-guys and
people are made again from the events and compared row by row; every content and password is
compared with its hash, and every checkpoint with the chain and its signature. Each fault names
the table, the row and the column that is not as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import groupby, islice
from typing import Any

import msgspec
import sqlalchemy as sa

from limen.cases.people import secret_hash
from limen.cases.storage import schema
from limen.cases.storage.checkpoints import PublicKey, checkpoint_of, trusted_keys
from limen.cases.storage.contents import unpacked
from limen.cases.storage.ledger import ORIGIN, Event, changed_columns, decoder, first_row
from limen.util.database.database import Database

#: Rows that are read at once, which bounds the memory of a store of any size.
_AT_ONCE = 5_000
#: Ids of one statement: SQLite before 3.32 takes no more than 999 values.
_IDS_AT_ONCE = 900


class Fault(msgspec.Struct, frozen=True):
    """Represents one fault: where it is, and what is wrong."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class Verified(msgspec.Struct, frozen=True):
    """Represents what was verified.

    Attributes:
        head: the hash of the last event, to be compared with one that was noted elsewhere.
        signed_to: the last event under a checkpoint that a trusted key signed; 0 without one.
        faults: everything that is not as it was written.
    """

    events: int
    contents: int
    checkpoints: int
    head: str
    signed_to: int
    faults: tuple[Fault, ...]


def verify(database: Database, keys: Sequence[PublicKey] = ()) -> Verified:
    """Verify a whole store, and change nothing.

    Args:
        database: the store.
        keys: the public keys that are trusted, with those that the chain has under them; without
            any, no signature is checked.
    """
    with database.reading() as connection:
        faults = list(_damaged_pages(connection))
        chain = _Chain(connection)
        faults += chain.faults()
        faults += _derived(connection)
        contents = connection.scalar(sa.select(sa.func.count()).select_from(schema.content)) or 0
        faults += _contents(connection)
        faults += _secrets(connection)
        checkpoints, signed_to, broken = _checkpoints(connection, keys)
        faults += broken
        head = chain.hash.hex()
        return Verified(chain.seq, contents, checkpoints, head, signed_to, tuple(faults))


def has_event(database: Database, head: str) -> bool:
    """Return whether an event of the chain has a hash, in hexadecimal."""
    table = schema.event
    with suppress(ValueError), database.reading() as connection:
        query = sa.select(table.c.seq).where(table.c.hash == bytes.fromhex(head))
        return connection.scalar(query) is not None
    return False


def _damaged_pages(connection: sa.Connection) -> Iterator[Fault]:
    """Yield what SQLite itself finds: damage of pages and indexes, where no row is."""
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield Fault("file", line)


class _Chain:
    """Represents one pass over the events, each compared with the one before it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.seq, self.hash = 0, ORIGIN

    def faults(self) -> Iterator[Fault]:
        table = schema.event
        query = sa.select(table).order_by(table.c.seq).execution_options(yield_per=_AT_ONCE)
        last_body, last_seq = b"", 0
        for row in self._connection.execute(query):
            if row.seq != last_seq + 1:
                yield Fault(f"case_event {last_seq + 1}", f"missing, up to {row.seq - 1}")
            yield from self._one(row, contiguous=row.seq == last_seq + 1)
            last_seq, last_body = row.seq, row.body
            self.seq, self.hash = row.seq, row.hash if isinstance(row.hash, bytes) else ORIGIN
        yield from self._head(last_body)

    def _one(self, row: Any, *, contiguous: bool) -> Iterator[Fault]:
        place = f"case_event {row.seq}"
        if not isinstance(row.body, bytes) or not isinstance(row.hash, bytes):
            yield Fault(f"{place} body or hash", "it is no sequence of bytes any more")
            return
        try:
            event = decoder.decode(row.body)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            yield Fault(f"{place} body", f"it cannot be read any more: {error}")
            return
        if sha256(row.body).digest() != row.hash:
            yield Fault(f"{place} body or hash", "the hash is not that of the body")
        if contiguous and event.prev != self.hash.hex():
            yield Fault(f"{place} body, or hash of {row.seq - 1}", "the link does not hold")
        if (event.seq, event.about) != (row.seq, row.about):
            yield Fault(f"{place} seq or about", "the row's columns are not those of its body")

    def _head(self, last_body: bytes) -> Iterator[Fault]:
        head = self._connection.execute(sa.select(schema.head)).first()
        if head is None:
            yield Fault("case_head", "missing")
            return
        if (head.seq, head.hash) != (self.seq, self.hash):
            yield Fault("case_head", f"it is at {head.seq}, and the last event is {self.seq}")
        elif last_body and head.at not in _text(last_body):
            yield Fault("case_head at", "it is not that of the last event")


def _text(body: Any) -> str:
    return body.decode(errors="replace") if isinstance(body, bytes) else str(body)


def _derived(connection: sa.Connection) -> Iterator[Fault]:
    """Yield where a table is not what the events come to."""
    folded = _folded(connection)
    while rows := dict(islice(folded, _IDS_AT_ONCE)):
        for table in schema.DERIVED.values():
            yield from _compare(connection, table, rows)
        for key in rows:
            place = f"{schema.DERIVED[key[0]].name} {key}"
            yield Fault(place, "the chain has it, and the table does not")
    event = schema.event
    for table in schema.DERIVED.values():
        known = sa.exists().where(event.c.about == table.c.id)
        for key in connection.scalars(sa.select(table.c.id).where(~known)):
            yield Fault(f"{table.name} {key}", "no event is about it")


def _folded(connection: sa.Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the row that the events about each id come to."""
    table = schema.event
    query = sa.select(table.c.about, table.c.body).where(table.c.about != "")
    query = query.order_by(table.c.about, table.c.seq).execution_options(yield_per=_AT_ONCE)
    for about, rows in groupby(connection.execute(query), key=lambda row: row.about):
        if about[0] not in schema.DERIVED:
            continue
        row: dict[str, Any] = {}
        for _, body in rows:
            with suppress(
                msgspec.MsgspecError, UnicodeDecodeError, TypeError
            ):  # the chain's own fault
                event = decoder.decode(body)
                row |= changed_columns(event) if row else _first(event, about)
        yield about, row


def _first(event: Event, about: str) -> dict[str, Any]:
    return first_row(schema.DERIVED[about[0]], event)


def _compare(
    connection: sa.Connection, table: sa.Table, rows: dict[str, dict[str, Any]]
) -> Iterator[Fault]:
    """Yield where rows of a table differ from those made, which are taken out."""
    query = sa.select(table).where(table.c.id.in_(list(rows)))
    for stored in connection.execute(query).mappings().all():
        made = rows.pop(stored["id"])
        if made == dict(stored):  # as nearly all are
            continue
        for name, value in made.items():
            held = stored.get(name)
            if held != value:
                place = f"{table.name} {stored['id']} {name}"
                yield Fault(place, f"it is {held!r}, and by the chain {value!r}")


def _contents(connection: sa.Connection) -> Iterator[Fault]:
    query = sa.select(schema.content).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(query):
        content = unpacked(row.body)
        if content is None:
            yield Fault(f"case_content {row.sha256} body", "it cannot be unpacked any more")
        elif sha256(content).hexdigest() != row.sha256:
            yield Fault(f"case_content {row.sha256}", "the hash is not that of the content")
    for digest in _answers(connection):
        yield Fault(f"case_content {digest}", "missing, and an alert rests on it")


def _answers(connection: sa.Connection) -> Iterator[str]:
    alert, content = schema.alert, schema.content
    join = sa.outerjoin(alert, content, alert.c.answer == content.c.sha256)
    query = sa.select(alert.c.answer).select_from(join).where(content.c.sha256.is_(None))
    yield from connection.scalars(query.distinct())


def _secrets(connection: sa.Connection) -> Iterator[Fault]:
    secret = schema.secret
    records: dict[str, str] = dict(
        connection.execute(sa.select(secret.c.id, secret.c.record)).all()
    )
    owners = (schema.account, schema.webhook)
    queries = (sa.select(table.c.id, table.c.secret_sha256) for table in owners)
    for row in connection.execute(sa.union_all(*queries)):
        record = records.pop(row.id, "")
        if (secret_hash(record) if record else "") != row.secret_sha256:
            yield Fault(f"case_secret {row.id} record", "it is not the secret that was set")
    for key in records:
        yield Fault(f"case_secret {key}", "no account and no webhook has it")


def _checkpoints(
    connection: sa.Connection, keys: Sequence[PublicKey]
) -> tuple[int, int, list[Fault]]:
    event, table = schema.event, schema.checkpoint
    rows = connection.execute(sa.select(table).order_by(table.c.seq)).all()
    trusted = trusted_keys(connection, keys)
    faults, signed_to = [], 0
    for row in rows:
        place = f"case_checkpoint {row.seq}"
        held = connection.scalar(sa.select(event.c.hash).where(event.c.seq == row.seq))
        if held != row.hash:
            faults.append(Fault(place, "the chain has another event there, or none"))
        elif not keys:
            continue
        elif (key := trusted.get(row.key_id)) is None:
            why = f"it was signed with the key {row.key_id}, which is not among those given"
            faults.append(Fault(f"{place} key_id", why))
        elif not key.has_signed(checkpoint_of(row).message, bytes(row.signature)):
            faults.append(Fault(f"{place} signature", "it was not signed with its key"))
        else:
            signed_to = row.seq
    return len(rows), signed_to, faults
