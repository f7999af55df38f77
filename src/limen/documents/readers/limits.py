"""Bounds that no document exceeds, and that an attack on a reader does."""

from __future__ import annotations

from dataclasses import dataclass

from limen.model import DataError

#: Unpacked bytes of one file inside a document.
MAX_UNPACKED = 128 << 20
#: How many times larger than packed a part of a document may become.
MAX_RATIO = 200
#: Files inside files, and messages inside messages.
MAX_NESTED = 8
#: Files in a document that are read, wherever in it they are.
MAX_PARTS = 200


@dataclass(slots=True)
class Nesting:
    """Represents how many files inside a document may still be read, and how deep they may nest."""

    parts: int = MAX_PARTS
    depth: int = MAX_NESTED

    def refusal(self) -> str:
        """Return why no further file is read; empty while the next one may be."""
        if self.depth <= 0:
            return f"files nested deeper than {MAX_NESTED} were not read"
        return f"files beyond the first {MAX_PARTS} were not read" if self.parts <= 0 else ""


def bomb(name: str, what: str) -> DataError:
    """Return the refusal of a document that unpacks beyond all bounds."""
    return DataError(
        f"{what} unpacks beyond {MAX_UNPACKED:,} bytes, or to {MAX_RATIO} times its size",
        where=name,
        why="no document does; a decompression bomb does",
        hint="check where the file came from",
    )
