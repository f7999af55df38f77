"""Open a publisher's file as bytes: unpacked within limits, named without machine paths."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from limen.model import ListFormatError

#: No official list unpacks to more; a gzip bomb does.
MAX_BYTES = 1 << 30
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a list version.

    Attributes:
        role: its part in the format: ``"sdn"``, ``"alt"``, ``"xml"``.
        name: its name in errors and evidence, never a machine path.
        raw: opens the bytes as delivered, possibly gzipped.
    """

    role: str
    name: str
    raw: Callable[[], BinaryIO]
    max_bytes: int = MAX_BYTES

    @classmethod
    def of_path(cls, role: str, path: Path, *, name: str | None = None) -> Source:
        """Return the source of a file on disk, opened when it is read."""
        return cls(role, name or path.name, lambda: path.open("rb"))

    @classmethod
    def of_bytes(cls, role: str, data: bytes, *, name: str | None = None) -> Source:
        """Return the source of bytes in memory."""
        return cls(role, name or role, lambda: io.BytesIO(data))

    def open(self) -> BinaryIO:
        """Open the content, unpacked if it is gzipped, refused beyond ``max_bytes``."""
        stream = self.raw()
        magic = stream.read(2)
        stream.seek(0)
        unpacked = gzip.GzipFile(fileobj=stream) if magic == _GZIP_MAGIC else stream
        bounded = _Bounded(cast("BinaryIO", unpacked), stream, self)
        return cast("BinaryIO", io.BufferedReader(bounded, 1 << 16))

    def read(self) -> bytes:
        """Read the whole content, unpacked."""
        with self.open() as stream:
            return stream.read()


class _Bounded(io.RawIOBase):
    """A stream that counts its bytes, and turns a broken archive into a located error."""

    def __init__(self, stream: BinaryIO, raw: BinaryIO, source: Source) -> None:
        self._stream = stream
        self._raw = raw
        self._source = source
        self._seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._stream.read(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ListFormatError(
                f"the gzip stream is broken after {self._seen:,} bytes: {error}",
                where=self._source.name,
                why="a list cut short would clear everybody after the cut",
                hint="fetch the file again",
            ) from error
        self._seen += len(chunk)
        if self._seen > self._source.max_bytes:
            raise ListFormatError(
                f"unpacks to more than {self._source.max_bytes:,} bytes",
                where=self._source.name,
                why="no official list is that large; a decompression bomb is",
                hint="check where the file came from",
            )
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._stream.close()
        self._raw.close()
        super().close()
