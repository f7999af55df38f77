"""What a server is started with. Read once, at the start; nothing else looks at the environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path

#: Lists are taken from whoever publishes them.
PUBLISHERS = "publishers"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may ask for; beyond it the server refuses before it reads on.

    Attributes:
        body: bytes of a JSON or JSON-lines body; ``upload`` those of a file.
        queries: parties in one batch; ``lines`` in one streamed request.
        seconds: the time one request may take; after it the rest is *cannot say*.
        document_seconds: the time one document may take to be read.
        url: bytes of path and query string.
        waiting: requests of one worker that may wait for their turn; more are turned away.
    """

    body: int = 8 << 20
    upload: int = 256 << 20
    queries: int = 100
    lines: int = 10_000
    seconds: float = 10.0
    document_seconds: float = 30.0
    url: int = 60_000
    waiting: int = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """A server's settings.

    Attributes:
        home: the home folder whose active snapshot is served.
        hosts: names a browser may call the server by, beside those of loopback.
        allow_stale: lists whose failing coverage is accepted in every answer; it is stamped.
        updates_from: where ``/updatez`` takes new list versions: a folder, a mirror's address, or
            ``publishers``; empty where it may not.
        rate: requests a second allowed to one API key; 0 allows any number.
        keep_days: how long answers and uploads are kept.
        clock: tells the present moment.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    hosts: tuple[str, ...] = ()
    allow_stale: tuple[str, ...] = ()
    updates_from: str = ""
    rate: float = 100.0
    keep_days: int = 30
    limits: Limits = Limits()
    clock: Callable[[], datetime] = _now

    @property
    def on_loopback(self) -> bool:
        """Whether nobody but this machine can reach the server."""
        return is_loopback(self.host)

    @property
    def folder(self) -> Path:
        """Where the server keeps its own files."""
        return self.home / "server"


@lru_cache(256)
def is_loopback(host: str) -> bool:
    """Whether an address or name means this machine alone."""
    bare = host.strip("[]").lower()
    if bare == "localhost":
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False
