"""Store many texts as two arrays, so that one is read without touching the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray


def pack(texts: Iterable[str | bytes]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Pack texts into ``(offsets, utf-8 bytes)``; ``offsets`` has one more entry than texts."""
    blobs = [text.encode() if isinstance(text, str) else text for text in texts]
    offsets = np.zeros(len(blobs) + 1, dtype=np.int64)
    np.cumsum([len(blob) for blob in blobs], out=offsets[1:])
    return offsets, np.frombuffer(b"".join(blobs), dtype=np.uint8)


class Strings:
    """A packed column of texts, read by position."""

    __slots__ = ("_blob", "_offsets")

    def __init__(self, offsets: NDArray[np.int64], blob: NDArray[np.uint8]) -> None:
        self._offsets = offsets
        self._blob = blob

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def raw(self, position: int) -> bytes:
        """Return the UTF-8 bytes at a position."""
        start, end = self._offsets[position], self._offsets[position + 1]
        return self._blob[start:end].tobytes()

    def __getitem__(self, position: int) -> str:
        return self.raw(position).decode()

    def __iter__(self) -> Iterator[str]:
        return (self[position] for position in range(len(self)))
