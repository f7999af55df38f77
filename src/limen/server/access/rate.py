"""Limit how many requests a second one API key may send, over all workers.

Each key has a token bucket in an unnamed file that is mapped before the workers fork. A record lock
guards it; it ends with the process that holds it, so a worker that dies blocks no other.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import tempfile
import time
import weakref
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

#: A key's digest, the tokens in its bucket, and since when: seconds of a clock all processes share.
_BUCKET = struct.Struct("<16sdd")
#: More keys than a team creates; beyond it two keys share a bucket.
_PLACES = 4096


class Buckets:
    """Represents token buckets that refill steadily and hold one second of requests.

    Args:
        rate: requests a second of one key; 0 sets no limit.
        clock: seconds, the same in every worker.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._file, path = tempfile.mkstemp(prefix="limen-rate-")
        weakref.finalize(self, os.close, self._file)
        Path(path).unlink()
        os.truncate(self._file, _BUCKET.size * _PLACES)
        self._memory = mmap.mmap(self._file, 0)

    def take(self, name: str) -> float:
        """Take one token from a key's bucket and return 0, or the seconds until there is one."""
        if not self._rate:
            return 0.0
        digest = blake2b(name.encode(), digest_size=16).digest()
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            return self._take(digest)
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)

    def _take(self, digest: bytes) -> float:
        most, now = max(1.0, self._rate), self._clock()
        at = self._place(digest)
        known, held, since = _BUCKET.unpack_from(self._memory, at)
        held = min(most, held + (now - since) * self._rate) if known == digest else most
        enough = held >= 1.0
        _BUCKET.pack_into(self._memory, at, digest, held - 1.0 if enough else held, now)
        return 0.0 if enough else (1.0 - held) / self._rate

    def _place(self, digest: bytes) -> int:
        """Return the offset of a key's bucket: its own place, or the next free one."""
        first = int.from_bytes(digest[:4], "little")
        for step in range(_PLACES):
            at = (first + step) % _PLACES * _BUCKET.size
            known = self._memory[at : at + 16]
            if known == digest or not any(known):
                return at
        return first % _PLACES * _BUCKET.size
