"""Hash passwords with Argon2id (RFC 9106), and check them.

A stored password is a PHC string, which has its own salt and costs. Earlier versions hashed with
scrypt; such a password is checked as it is, and hashed anew when its owner next signs in.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode
from hashlib import scrypt

from limen.model import InputError

LEAST, MOST = 12, 1_000
#: RFC 9106, section 4, the second recommended choice: 64 MiB and three passes over four lanes.
_MEMORY_KIB, _PASSES, _LANES = 1 << 16, 3, 4
_SALT_BYTES, _HASH_BYTES = 16, 32
_CURRENT = f"$argon2id$v=19$m={_MEMORY_KIB},t={_PASSES},p={_LANES}$"
_SCRYPT = "scrypt:"
_SCRYPT_MEMORY = 256 << 20
#: A stored password that no one has: it is checked where there is no account, in the same time.
NO_ONES = f"{_CURRENT}{'A' * 22}${'A' * 43}"


def hashed(password: str) -> str:
    """Return a password as it is stored.

    Raises:
        InputError: it is too short or too long.
    """
    if not LEAST <= len(password) <= MOST:
        raise InputError(f"a password has {LEAST} to {MOST:,} characters", where="password")
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    costs = Argon2id(
        salt=secrets.token_bytes(_SALT_BYTES), length=_HASH_BYTES, iterations=_PASSES,
        lanes=_LANES, memory_cost=_MEMORY_KIB,
    )  # fmt: skip
    return costs.derive_phc_encoded(_bytes(password))


def matches(stored: str, password: str) -> bool:
    """Return whether a password is the stored one."""
    given = _bytes(password[:MOST])
    if stored.startswith(_SCRYPT):
        _, n, r, p, salt, expected = stored.split(":")
        made = scrypt(
            given, salt=b64decode(salt), n=int(n), r=int(r), p=int(p), maxmem=_SCRYPT_MEMORY
        )
        return hmac.compare_digest(made, b64decode(expected))
    from cryptography.exceptions import InvalidKey
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        Argon2id.verify_phc_encoded(given, stored)
    except InvalidKey:
        return False
    return True


def is_outdated(stored: str) -> bool:
    """Return whether a password was hashed otherwise than :func:`hashed` does now."""
    return not stored.startswith(_CURRENT)


def _bytes(password: str) -> bytes:
    return password.encode(errors="replace")
