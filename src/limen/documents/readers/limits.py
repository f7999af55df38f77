"""Bounds that no document exceeds, and that an attack on a reader does."""

from __future__ import annotations

from limen.model import DataError

#: Unpacked bytes of one file inside a document.
MAX_UNPACKED = 128 << 20
#: How many times larger than packed a part of a document may become.
MAX_RATIO = 200
#: Messages inside messages.
MAX_NESTED = 8
#: Parts of a message that are read.
MAX_PARTS = 200


def bomb(name: str, what: str) -> DataError:
    """Return the refusal of a document that unpacks beyond all bounds."""
    return DataError(
        f"{what} unpacks beyond {MAX_UNPACKED:,} bytes, or to {MAX_RATIO} times its size",
        where=name,
        why="no document does; a decompression bomb does",
        hint="check where the file came from",
    )
