"""Sign the head of the chain, so that events cut off its end, or all of them forged, are found.

The key is a file that only its owner can read. Whoever writes the store without it cannot sign;
an auditor who has it verifies alone. A checkpoint is also one line of text, to be noted elsewhere.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from limen.cases.storage import schema
from limen.model import CasesError
from limen.util.files import PRIVATE, write_whole

_BYTES = 32


class Key(msgspec.Struct, frozen=True):
    """Represents a key of checkpoints; ``id`` names it without giving it away."""

    secret: bytes

    @property
    def id(self) -> str:
        return sha256(b"limen cases checkpoint key" + self.secret).hexdigest()[:16]


class Checkpoint(msgspec.Struct, frozen=True):
    """Represents a signed head of the chain."""

    seq: int
    hash: str
    at: str
    key_id: str
    signature: str

    def __str__(self) -> str:
        return f"limen-cases {self.seq} {self.hash} {self.at} {self.key_id} {self.signature}"


def read_key(path: Path) -> Key:
    """Return the key of a file.

    Raises:
        CasesError: it cannot be read, or is no key.
    """
    try:
        secret = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise CasesError(
            f"no key can be read: {error}",
            where=str(path),
            hint="`limen cases checkpoint` makes one where there is none",
        ) from error
    if len(secret) != _BYTES:
        raise CasesError(f"a key has {_BYTES} bytes, and this has {len(secret)}", where=str(path))
    return Key(secret)


def make_key(path: Path) -> Key:
    """Write a new key to a file that its owner alone can read."""
    key = Key(secrets.token_bytes(_BYTES))
    write_whole(path, key.secret.hex().encode() + b"\n", mode=PRIVATE)
    return key


def sign_head(connection: sa.Connection, key: Key) -> Checkpoint:
    """Sign the head of the chain, and return the checkpoint; the same head once only."""
    head = connection.execute(sa.select(schema.head).with_for_update()).one()
    table = schema.checkpoint
    held = connection.execute(sa.select(table).where(table.c.seq == head.seq)).first()
    if held is None:
        signature = _signature(head.seq, head.hash, head.at, key)
        row = {"seq": head.seq, "hash": head.hash, "at": head.at, "key_id": key.id,
               "signature": signature}  # fmt: skip
        connection.execute(sa.insert(table), row)
        return Checkpoint(head.seq, head.hash.hex(), head.at, key.id, signature.hex())
    return Checkpoint(held.seq, held.hash.hex(), held.at, held.key_id, held.signature.hex())


def is_signed(row: Any, key: Key) -> bool:
    """Return whether a checkpoint was signed with a key."""
    expected = _signature(row.seq, bytes(row.hash), row.at, key)
    return row.key_id == key.id and hmac.compare_digest(expected, bytes(row.signature))


def _signature(seq: int, head: bytes, at: str, key: Key) -> bytes:
    return hmac.digest(key.secret, f"limen-cases {seq} {head.hex()} {at}".encode(), "sha256")
