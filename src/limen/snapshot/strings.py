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
    """A packed column of texts, read by position.

    Plain views, because Python reads them one by one several times as fast as arrays.
    """

    __slots__ = ("_blob", "_offsets")

    def __init__(self, offsets: NDArray[np.int64], blob: NDArray[np.uint8]) -> None:
        self._offsets = memoryview(offsets)  # type: ignore[arg-type]
        self._blob = memoryview(blob)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def raw(self, position: int) -> bytes:
        """Return the UTF-8 bytes at a position."""
        return bytes(self._blob[self._offsets[position] : self._offsets[position + 1]])

    def __getitem__(self, position: int) -> str:
        return str(self._blob[self._offsets[position] : self._offsets[position + 1]], "utf-8")

    def __iter__(self) -> Iterator[str]:
        return (self[position] for position in range(len(self)))
