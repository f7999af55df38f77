"""Write a value as the one sequence of bytes that its hash is taken of: RFC 8785."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import rfc8785

from limen.model import InputError


def canonical(value: Any) -> bytes:
    """Return a value of plain dicts, lists, texts, numbers and booleans as canonical JSON.

    Raises:
        InputError: it has a number or a text that JSON does not have.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise InputError(
            f"it cannot be written as JSON: {error}",
            where="cases",
            hint="leave out what is no text, number, list or object",
        ) from error


def digest(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal."""
    return sha256(canonical(value)).hexdigest()
