"""Read payment messages of either format from a file or stream."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO

from limen.payments.iso20022 import read_iso20022
from limen.payments.message import Message, Problem
from limen.payments.mt import read_mt

#: Bytes that are looked at: line ends and padding before the first message are shorter.
_PEEK = 1 << 12
_BLANK = b" \t\r\n\x00\x01\xef\xbb\xbf"
#: The marks of UTF-16, in which only XML is written.
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
#: How files begin that have others packed in them.
_PACKED = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}


def read_payments(file: IO[bytes]) -> Iterator[Message]:
    """Yield the messages of a file, XML or FIN, each to be read before the next.

    Nothing is raised for what is in the file: a message that cannot be read has its problems.
    """
    buffered = io.BufferedReader(file, 1 << 16)  # type: ignore[type-var]
    beginning = buffered.peek(_PEEK)
    packed = next((kind for mark, kind in _PACKED.items() if beginning.startswith(mark)), "")
    is_xml = beginning.startswith(_UTF16) or beginning.lstrip(_BLANK).startswith(b"<")
    try:
        if packed:
            yield _refused(packed)
        else:
            yield from read_iso20022(buffered) if is_xml else read_mt(buffered)
    finally:
        buffered.detach()  # the caller's file stays open


def _refused(packed: str) -> Message:
    """Return the refusal of a packed file, which may hold any number of messages."""
    what = f"a packed file ({packed})"
    hint = "unpack it, and screen what is in it"
    problem = Problem("not-a-payment", what, "refused", line=1, column=1, hint=hint)
    return Message(1, format="mt", kind="", problems=[problem])


def read_payment_bytes(raw: bytes) -> Iterator[Message]:
    """Yield the messages of the body of a request; spans are places in it."""
    yield from read_payments(io.BytesIO(raw))
