"""Store what events refer to by its hash: answers as they were given, and attachments."""

from __future__ import annotations

import gzip
import zlib
from hashlib import sha256

import sqlalchemy as sa

from limen.cases.storage import schema
from limen.model import CasesError

#: Half the time of gzip's own level for a twentieth more bytes.
_LEVEL = 4


def add_content(connection: sa.Connection, body: bytes) -> str:
    """Store content once, and return its hash."""
    digest, table = sha256(body).hexdigest(), schema.content
    if connection.scalar(sa.select(table.c.sha256).where(table.c.sha256 == digest)) is None:
        packed = gzip.compress(body, _LEVEL, mtime=0)
        connection.execute(sa.insert(table), {"sha256": digest, "body": packed})
    return digest


def read_content(connection: sa.Connection, digest: str) -> bytes:
    """Return content, checked against its hash.

    Raises:
        CasesError: it is missing, or is not what was stored.
    """
    table = schema.content
    body = connection.scalar(sa.select(table.c.body).where(table.c.sha256 == digest))
    if body is None:
        raise CasesError("it is not in the store", where=f"content {digest}")
    content = unpacked(body)
    if content is None or sha256(content).hexdigest() != digest:
        raise CasesError(
            "it is not what was stored",
            where=f"content {digest}",
            why="a decision would be read with other evidence than it was made on",
            hint="restore the store from a backup; `limen cases verify` finds all damage",
        )
    return content


def unpacked(body: bytes) -> bytes | None:
    """Return content as it was before it was packed; ``None`` where that cannot be read."""
    try:
        return gzip.decompress(body)
    except (OSError, EOFError, zlib.error):
        return None
