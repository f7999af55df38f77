"""Write the evidence pack of an alert: one zip that opens, prints and is checked without Limen.

It has what was screened and answered, every event as it was hashed, the attachments, a page to
print, and the command that takes the answer again.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

import msgspec
import sqlalchemy as sa

from limen._version import __version__
from limen.cases.alert import Alert, Frozen, get_alert, read_frozen
from limen.cases.exchange.page import page_of
from limen.cases.good_guys import get_good_guy
from limen.cases.storage import schema
from limen.cases.storage.checkpoints import Checkpoint, checkpoint_of
from limen.cases.storage.contents import read_content
from limen.cases.storage.ledger import decoder
from limen.util.database.database import Database

#: A pack has the same bytes whenever it is written; zip knows no earlier day.
_DAY = (1980, 1, 1, 0, 0, 0)


def write_pack(database: Database, key: str) -> bytes:
    """Return the zip of an alert's evidence.

    Raises:
        InputError: there is no such alert.
        CasesError: what it rests on is not as it was stored.
    """
    with database.reading() as connection:
        alert = get_alert(connection, key)
        held = dict(_files(connection, alert))
    lines = (f"{sha256(body).hexdigest()}  {name}\n" for name, body in sorted(held.items()))
    held["MANIFEST.sha256"] = "".join(lines).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in sorted(held.items()):
            archive.writestr(zipfile.ZipInfo(f"{key}/{name}", _DAY), body, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _files(connection: sa.Connection, alert: Alert) -> Iterator[tuple[str, bytes]]:
    frozen = read_frozen(connection, alert)
    rows = _events(connection, alert.id)
    events = [decoder.decode(body) for _, body, _ in rows]
    yield "alert.json", _json(alert.to_dict())
    yield "subject.json", _json(_subject(frozen))
    yield "findings.json", _json(frozen.findings)
    yield "answer.json", _json(frozen.answer)
    yield "versions.json", _json(_versions(frozen))
    yield "events.jsonl", b"".join(body + b"\n" for _, body, _ in rows)
    checkpoint = _checkpoint(connection, rows[-1].seq)
    yield "chain.json", _json(_chain(connection, rows, checkpoint))
    if checkpoint is not None:
        yield "checkpoint.txt", checkpoint.message
        yield "checkpoint.sig", bytes.fromhex(checkpoint.signature)
    if alert.suppressed_by:
        yield "good_guy.json", _json(get_good_guy(connection, alert.suppressed_by).to_dict())
    for event in events:
        if event.type == "alert.attach":
            digest = event.data["sha256"]
            name = f"attachments/{digest[:12]}-{event.data['name']}"
            yield name, read_content(connection, digest)
        elif (earlier := event.changes.get("answer", alert.answer)) != alert.answer:
            yield f"earlier/{event.seq}-answer.json", read_content(connection, earlier)
    yield "page.html", page_of(alert, frozen, events).encode()
    yield (
        "README.txt",
        _data("pack_readme.txt")
        .format(alert=alert.id, command=_command(frozen), version=__version__)
        .encode(),
    )
    yield "verify.py", _data("pack_verify.txt").encode()


def _events(connection: sa.Connection, about: str) -> list[Any]:
    table = schema.event
    query = sa.select(table.c.seq, table.c.body, table.c.hash).where(table.c.about == about)
    return list(connection.execute(query.order_by(table.c.seq)).all())


def _subject(frozen: Frozen) -> dict[str, Any]:
    query = frozen.answer.get("query", {})
    return {"query": query, "context": frozen.context, "facts": frozen.subject_facts}


def _versions(frozen: Frozen) -> dict[str, Any]:
    return {
        "limen": __version__,
        "stamp": frozen.answer.get("stamp", {}),
        "coverage": frozen.answer.get("coverage", []),
        "provenance": [each["provenance"] for each in frozen.findings if "provenance" in each],
    }


def _checkpoint(connection: sa.Connection, seq: int) -> Checkpoint | None:
    """Return the first checkpoint that an event is under."""
    table = schema.checkpoint
    query = sa.select(table).where(table.c.seq >= seq).order_by(table.c.seq).limit(1)
    row = connection.execute(query).first()
    return checkpoint_of(row) if row else None


def _chain(
    connection: sa.Connection, rows: list[Any], checkpoint: Checkpoint | None
) -> dict[str, Any]:
    head = connection.execute(sa.select(schema.head)).one()
    return {
        "events": [{"seq": row.seq, "hash": row.hash.hex()} for row in rows],
        "head": {"seq": head.seq, "hash": head.hash.hex(), "at": head.at},
        "checkpoint": msgspec.to_builtins(checkpoint),
    }


def _command(frozen: Frozen) -> str:
    stamp = frozen.answer.get("stamp", {})
    if "matcher" in stamp and "elements" not in frozen.answer:
        return f"limen replay answer.json   # on snapshot {stamp.get('snapshot', '')}"
    if "elements" in frozen.answer:
        return (
            f"limen pay MESSAGE --channel {frozen.answer['payment']['channel']} "
            f"--as-of {stamp.get('as_of', '')}"
        )
    if "mentions" in frozen.answer:
        return f"limen read {frozen.answer['document']['name']}"
    return f"limen locate --as-of {frozen.answer.get('as_of', '')} ADDRESS"


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _data(name: str) -> str:
    return (files("limen.cases") / "data" / name).read_text("utf-8")
