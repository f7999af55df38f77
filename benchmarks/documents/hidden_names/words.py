"""The name that is hidden, and what is around it."""

from __future__ import annotations

import base64
from collections.abc import Iterator

FIRST, LAST = "Vladimir", "Putin"
NAME = f"{FIRST} {LAST}"
PLAIN = "The parties agreed on the delivery of grain."
RTF = rb"{\rtf1\ansi The minister met Vladimir \b Pu\b0 tin.}"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
#: File names and bytes.
Files = Iterator[tuple[str, bytes]]
