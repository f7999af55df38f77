"""Store API keys: each secret is printed once, and only its hash is stored, with one right.

A key is 256 random bits, so a plain SHA-256 is all the protection its hash needs. The file is
read again when it changes: a revoked key ends without a restart.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

import msgspec

from limen.model import DataError, InputError
from limen.util.changing import changing
from limen.util.files import PRIVATE, write_whole
from limen.util.suggest import did_you_mean

Right = Literal["read", "screen", "admin"]
#: Each right includes those before it.
RIGHTS: tuple[Right, ...] = ("read", "screen", "admin")
_FILE = "keys.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PREFIX = "limen_"


class ApiKey(msgspec.Struct, frozen=True):
    """Represents a stored key: the hash of its secret, and its right."""

    name: str
    right: Right
    sha256: str
    made_at: str

    def may(self, right: Right) -> bool:
        """Return whether the key's right includes another."""
        return RIGHTS.index(self.right) >= RIGHTS.index(right)


_KEYS = msgspec.json.Decoder(tuple[ApiKey, ...])


class ApiKeys:
    """Represents the keys of a home folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._stamp: tuple[int, int] | None = None
        self._keys: dict[str, ApiKey] = {}

    def all(self) -> tuple[ApiKey, ...]:
        """Return every key in the order of names.

        Raises:
            DataError: the file is damaged.
        """
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._keys, self._stamp = {}, None
            return ()
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != self._stamp:
            try:
                keys = _KEYS.decode(self._path.read_bytes())
            except (OSError, msgspec.MsgspecError) as error:
                raise DataError(
                    f"the API keys cannot be read: {error}", where=str(self._path)
                ) from error
            self._keys = {key.sha256: key for key in keys}
            self._stamp = stamp
        return tuple(sorted(self._keys.values(), key=lambda key: key.name))

    def find(self, secret: str) -> ApiKey | None:
        """Return the key with a secret; ``None`` where there is none."""
        self.all()
        return self._keys.get(_hash(secret))

    def hashed(self, digest: str) -> ApiKey | None:
        """Return the key by the hash of its secret; ``None`` where there is none."""
        self.all()
        return self._keys.get(digest)

    def named(self, name: str) -> ApiKey | None:
        """Return the key with a name; ``None`` where there is none."""
        return next((key for key in self.all() if key.name == name), None)

    def add(self, name: str, right: Right) -> str:
        """Create a key and return its secret, which is not stored.

        Raises:
            InputError: the name is not valid, or is taken.
        """
        if not _NAME.fullmatch(name):
            raise InputError(
                f"{name!r} is not a valid name for a key",
                hint="use letters, digits, points and dashes",
            )
        secret = _PREFIX + secrets.token_urlsafe(32)
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._changing():
            if self.named(name):
                raise InputError(
                    f"a key {name!r} exists already", hint="revoke it, or choose another name"
                )
            self._write((*self.all(), ApiKey(name, right, _hash(secret), moment)))
        return secret

    def revoke(self, name: str) -> None:
        """Remove a key; it stops working at once.

        Raises:
            InputError: no key has that name.
        """
        with self._changing():
            keys = self.all()
            if not self.named(name):
                raise InputError(
                    f"there is no key {name!r}", hint=did_you_mean(name, [key.name for key in keys])
                )
            self._write(tuple(key for key in keys if key.name != name))

    def _write(self, keys: tuple[ApiKey, ...]) -> None:
        write_whole(self._path, msgspec.json.encode(keys), mode=PRIVATE)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the file for the block: of two keys that are added at once both stay."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with changing(self._path):
                yield
        except OSError as error:
            raise DataError(
                f"the API keys cannot be written: {error.strerror or error}",
                where=str(self._path),
            ) from error


def _hash(secret: str) -> str:
    return sha256(secret.encode(errors="replace")).hexdigest()
