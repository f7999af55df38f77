"""Send events to other systems: signed, in the order of the chain, until they are received.

What is to be sent is written in the transaction of the event, so that none is lost. The request has
what happened and no name; the signature is that of Standard Webhooks (standardwebhooks.com).
"""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from limen.cases.cases import Cases
from limen.cases.people import Person, secret_hash
from limen.cases.policy import later
from limen.cases.storage import schema
from limen.cases.storage.canonical import digest
from limen.cases.storage.ledger import decoder
from limen.model import InputError

_SECRET = "whsec_"  # noqa: S105 (how secrets of Standard Webhooks begin)
#: Seconds for which a receiver is waited for.
_PATIENCE = 10.0
#: Minutes until the next try, doubled each time, and how often it is tried: three days in all.
_FIRST_WAIT, _TRIES = 1, 13
_AT_ONCE = 200


class Hook(NamedTuple):
    """Represents a new webhook: its id, and the secret, which is shown once."""

    id: str
    secret: str


class Delivered(NamedTuple):
    """Represents what was sent, what will be tried again, and what was given up."""

    sent: int
    waiting: int
    given_up: int


def add_webhook(cases: Cases, url: str, events: tuple[str, ...], by: Person) -> Hook:
    """Add a webhook for events that begin with one of ``events``; all without any.

    Raises:
        RightsError: the person is no admin.
        InputError: the address is not one of HTTP.
    """
    by.need("admin", "add webhooks")
    if not url.startswith(("https://", "http://")) or len(url) > 2_000 or " " in url:
        raise InputError(f"{url[:100]!r} is no address of HTTP", where="url")
    secret = _SECRET + base64.b64encode(secrets.token_bytes(32)).decode()
    with cases.adding() as ledger:
        key = f"W-{digest([url, ledger.now])[:12]}"
        row = {"id": key, "record": secret, "failures": 0, "locked_until": ""}
        ledger.connection.execute(sa.insert(schema.secret), row)
        changes = {"url": url, "events": " ".join(events), "secret_sha256": secret_hash(secret)}
        ledger.append(key, "webhook.added", by.name, changes=changes, new=True)
    return Hook(key, secret)


def end_webhook(cases: Cases, key: str, by: Person) -> None:
    """End a webhook: nothing more is written for it, and what waits is not sent."""
    by.need("admin", "end webhooks")
    table = schema.delivery
    with cases.adding() as ledger:
        hook = schema.webhook
        if ledger.connection.scalar(sa.select(hook.c.id).where(hook.c.id == key)) is None:
            raise InputError(f"no webhook is {key!r}", where="webhooks")
        ledger.append(key, "webhook.ended", by.name, changes={"disabled": 1})
        ledger.connection.execute(sa.delete(table).where(table.c.webhook == key))


def list_webhooks(cases: Cases) -> list[dict[str, object]]:
    """Return all webhooks without their secrets, with how many events wait for each."""
    hook, delivery = schema.webhook, schema.delivery
    waiting = sa.select(sa.func.count()).where(delivery.c.webhook == hook.c.id).scalar_subquery()
    query = sa.select(hook, waiting.label("waiting")).order_by(hook.c.opened_at, hook.c.id)
    with cases.database.reading() as connection:
        rows = connection.execute(query).all()
    return [
        {
            "id": row.id, "url": row.url, "events": row.events.split(), "since": row.opened_at,
            "ended": bool(row.disabled), "waiting": row.waiting,
        }
        for row in rows
    ]  # fmt: skip


def deliver(cases: Cases) -> Delivered:
    """Send what is due, the oldest first; after a failure a webhook's others wait too."""
    import urllib3

    pool, counts, failed = urllib3.PoolManager(retries=False, timeout=_PATIENCE), [0, 0, 0], set()
    now = cases.clock()
    moment = now.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    for row in _due(cases, moment):
        if row.webhook in failed:
            counts[1] += 1
            continue
        received = _send(pool, row, now)
        given_up = not received and row.tries + 1 >= _TRIES
        counts[0 if received else 2 if given_up else 1] += 1
        if not received:
            failed.add(row.webhook)
        _record(cases, row, moment, done=received or given_up)
    return Delivered(*counts)


def signature(secret: str, message: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a request, as ``webhook-signature`` has it."""
    key = base64.b64decode(secret.removeprefix(_SECRET))
    signed = hmac.digest(key, f"{message}.{timestamp}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(signed).decode()}"


def _due(cases: Cases, moment: str) -> list[sa.Row[tuple[object, ...]]]:
    delivery, hook, event, secret = schema.delivery, schema.webhook, schema.event, schema.secret
    query = (
        sa.select(delivery, hook.c.url, secret.c.record, event.c.body)
        .join(hook, hook.c.id == delivery.c.webhook)
        .join(secret, secret.c.id == hook.c.id)
        .join(event, event.c.seq == delivery.c.seq)
        .where(delivery.c.next_at <= moment)
        .order_by(delivery.c.seq)
        .limit(_AT_ONCE)
    )
    with cases.database.reading() as connection:
        return list(connection.execute(query).all())


def _send(pool: object, row: sa.Row[tuple[object, ...]], now: datetime) -> bool:
    """Return whether a receiver has an event: it answered with a success."""
    from urllib3 import PoolManager
    from urllib3.exceptions import HTTPError

    assert isinstance(pool, PoolManager)  # noqa: S101 (for the type checker)
    event = decoder.decode(row.body)
    what = {"type": event.type, "about": event.about, "seq": event.seq, "at": event.at,
            "state": event.changes.get("state", "")}  # fmt: skip
    body, name = msgspec.json.encode(what), f"limen-{row.webhook}-{event.seq}"
    timestamp = str(int(now.timestamp()))
    headers = {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(row.record, name, timestamp, body),
    }
    try:
        reply = pool.request("POST", row.url, body=body, headers=headers, redirect=False)
    except HTTPError:
        return False
    return 200 <= reply.status < 300


def _record(cases: Cases, row: sa.Row[tuple[object, ...]], moment: str, *, done: bool) -> None:
    table = schema.delivery
    this = (table.c.seq == row.seq) & (table.c.webhook == row.webhook)
    with cases.database.writing() as connection:
        if done:
            connection.execute(sa.delete(table).where(this))
            return
        wait = later(moment, hours=_FIRST_WAIT * 2**row.tries / 60)
        change = sa.update(table).where(this)
        connection.execute(change.values(tries=row.tries + 1, next_at=wait))
