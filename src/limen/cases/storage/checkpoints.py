"""Sign the head of the chain, so that events cut off its end, or all of them forged, are found.

The signature is Ed25519. The private key is a file that only its owner can read; whoever writes the
store without it cannot sign. An auditor verifies with the public key alone, and with any tool that
knows Ed25519. Every key is an event of the chain; a new one is signed with the one before it, so
that an auditor who has the first public key follows. A checkpoint is also one line of text, to be
noted elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa

from limen.cases.storage import schema
from limen.cases.storage.ledger import SYSTEM, Ledger, decoder
from limen.model import CasesError
from limen.util.files import PRIVATE, write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

#: The event by which a key becomes part of the chain.
KEY_ADDED = "store.key_added"
_KEY_BYTES = 32
_END = "-----END PUBLIC KEY-----"


class PublicKey(msgspec.Struct, frozen=True):
    """Represents what signatures are verified with: the 32 bytes of an Ed25519 public key."""

    raw: bytes

    @property
    def id(self) -> str:
        return sha256(self.raw).hexdigest()[:16]

    def has_signed(self, message: bytes, signature: bytes) -> bool:
        """Return whether a signature of a message was made with its private key."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def pem(self) -> bytes:
        """Return it as other tools read it."""
        from cryptography.hazmat.primitives import serialization as form
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)


class SigningKey:
    """Represents a private key."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = PublicKey(private.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message."""
        return self._private.sign(message)

    def write(self, path: Path) -> None:
        """Write it to a file that its owner alone can read, and the public key next to it."""
        from cryptography.hazmat.primitives import serialization as form

        body = self._private.private_bytes(
            form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
        )
        public = public_file(path)
        before = public.read_bytes() if public.is_file() else b""
        write_whole(path, body, mode=PRIVATE)
        write_whole(public, before + self.public.pem())


class Checkpoint(msgspec.Struct, frozen=True):
    """Represents a signed head of the chain."""

    seq: int
    hash: str
    at: str
    key_id: str
    signature: str

    def __str__(self) -> str:
        return f"limen-cases {self.seq} {self.hash} {self.at} {self.key_id} {self.signature}"

    @property
    def message(self) -> bytes:
        """Return what was signed."""
        return f"limen-cases {self.seq} {self.hash} {self.at}".encode()


def public_file(path: Path) -> Path:
    """Return the file of the public keys: every one that was in use, the newest last."""
    return path.with_suffix(".pub")


def new_key() -> SigningKey:
    """Return a new key, which is not stored."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return SigningKey(Ed25519PrivateKey.generate())


def read_key(path: Path) -> SigningKey:
    """Return the private key of a file.

    Raises:
        CasesError: it cannot be read, or is no key.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        private = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise _no_key(path, error) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise _no_key(path, "it is of another kind than Ed25519")
    return SigningKey(private)


def read_public_keys(path: Path) -> list[PublicKey]:
    """Return the public keys of a file, which has one or more in PEM.

    Raises:
        CasesError: it cannot be read, or one is no key.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    keys = []
    try:
        blocks = path.read_text("ascii").split(_END)[:-1]
        for block in blocks:
            key = load_pem_public_key(f"{block}{_END}\n".encode())
            if not isinstance(key, Ed25519PublicKey):
                raise _no_key(path, "it is of another kind than Ed25519")
            keys.append(PublicKey(key.public_bytes_raw()))
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise _no_key(path, error) from error
    if not keys:
        raise _no_key(path, "it has no public key")
    return keys


def add_key(ledger: Ledger, key: PublicKey, before: SigningKey | None = None) -> None:
    """Write a public key into the chain, unless it is there, signed with the one before it."""
    if any(added.public == key for added in _added(ledger.connection)):
        return
    data = {"key": key.raw.hex(), "key_id": key.id}
    if before is not None:
        signature = before.sign(_key_message(key))
        data |= {"signed_with": before.public.id, "signature": signature.hex()}
    ledger.append("", KEY_ADDED, SYSTEM, data)


def sign_head(connection: sa.Connection, key: SigningKey) -> Checkpoint:
    """Sign the head of the chain, and return the checkpoint; the same head once only."""
    head = connection.execute(sa.select(schema.head).with_for_update()).one()
    table = schema.checkpoint
    held = connection.execute(sa.select(table).where(table.c.seq == head.seq)).first()
    if held is not None:
        return checkpoint_of(held)
    bare = Checkpoint(head.seq, head.hash.hex(), head.at, key.public.id, "")
    signature = key.sign(bare.message)
    row = {"seq": head.seq, "hash": head.hash, "at": head.at, "key_id": key.public.id,
           "signature": signature}  # fmt: skip
    connection.execute(sa.insert(table), row)
    return msgspec.structs.replace(bare, signature=signature.hex())


def checkpoint_of(row: Any) -> Checkpoint:
    """Return a row of the table of checkpoints."""
    return Checkpoint(
        row.seq, bytes(row.hash).hex(), row.at, row.key_id, bytes(row.signature).hex()
    )


def trusted_keys(connection: sa.Connection, given: Iterable[PublicKey]) -> Mapping[str, PublicKey]:
    """Return the given keys by id, and those that were added to the chain under one of them."""
    trusted = {key.id: key for key in given}
    for added in _added(connection):
        before = trusted.get(added.signed_with)
        if before is not None and before.has_signed(_key_message(added.public), added.signature):
            trusted[added.public.id] = added.public
    return trusted


class _Added(NamedTuple):
    """Represents the event by which a key was added, and the signature with the one before it."""

    public: PublicKey
    signed_with: str
    signature: bytes


def _added(connection: sa.Connection) -> Iterator[_Added]:
    """Yield the keys of the chain, the first of all first."""
    table = schema.event
    query = sa.select(table.c.body).where(table.c.about == "").order_by(table.c.seq)
    for body in connection.scalars(query):
        # What cannot be read is a fault of the chain, which names it.
        with suppress(msgspec.MsgspecError, UnicodeDecodeError, TypeError, KeyError, ValueError):
            event = decoder.decode(body)
            if event.type == KEY_ADDED:
                data = event.data
                signature = bytes.fromhex(data.get("signature", ""))
                public = PublicKey(bytes.fromhex(data["key"]))
                if len(public.raw) == _KEY_BYTES:
                    yield _Added(public, str(data.get("signed_with", "")), signature)


def _key_message(key: PublicKey) -> bytes:
    return f"limen-cases key {key.raw.hex()}".encode()


def _no_key(path: Path, why: object) -> CasesError:
    return CasesError(
        f"no key can be read: {why}",
        where=str(path),
        hint="`limen cases checkpoint` makes one where there is none",
    )
