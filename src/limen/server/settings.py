"""Hold the settings of a server. Read once, at the start; nothing else reads the environment."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from msgspec.structs import replace

from limen.model import InputError
from limen.util.budget import Budget

#: The addresses of a proxy.
Network = IPv4Network | IPv6Network
#: The source of updates that means each list's own publisher.
PUBLISHERS = "publishers"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Limits:
    """Represents what one request may ask for; the server refuses more before it reads on.

    Attributes:
        body: bytes of a JSON or JSON-lines body; ``upload`` those of a file.
        queries: parties in one batch; ``lines`` in one streamed request.
        seconds: the time of one party, one batch, or each row of a file; the parties left after
            it are *cannot say*.
        document_seconds: the time one document may take to be read; ``document_memory`` the
            bytes it may take, where the platform can limit them.
        names, addresses, properties, values, characters: of one party, as
            :class:`limen.util.budget.Budget` has them.
        url: bytes of path and query string.
        waiting: requests of one worker that may wait for their turn; more are refused.
        header: bytes of a request's header; ``header_seconds`` the time it may take to arrive.
        body_seconds: the time a body may take to arrive; ``upload_seconds`` that of a file.
        send_seconds: the time a client may leave a response unread.
        connections: open connections of one worker.
    """

    body: int = 8 << 20
    upload: int = 256 << 20
    queries: int = 100
    lines: int = 10_000
    seconds: float = 10.0
    document_seconds: float = 30.0
    document_memory: int = 1 << 30
    url: int = 60_000
    waiting: int = 64
    header: int = 96_000
    header_seconds: float = 10.0
    body_seconds: float = 30.0
    upload_seconds: float = 300.0
    send_seconds: float = 30.0
    connections: int = 4096
    names: int = 500
    addresses: int = 100
    properties: int = 200
    values: int = 2_000
    characters: int = 10_000

    def budget(self, times: float = 1.0) -> Budget:
        """Return what a question that begins now may cost, with so many times the seconds."""
        seconds = self.seconds * times
        return replace(self.row_budget(), seconds=seconds, deadline=time.monotonic() + seconds)

    def rows_budget(self, rows: int) -> Budget:
        """Return what so many rows of one request may cost: each batch of them that of a batch."""
        return self.budget(max(1.0, rows / self.queries))

    def row_budget(self) -> Budget:
        """Return what each row of a file may cost."""
        return Budget(
            seconds=self.seconds,
            names=self.names,
            addresses=self.addresses,
            properties=self.properties,
            values=self.values,
            characters=self.characters,
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """Represents a server's settings.

    Attributes:
        home: the home folder; its active snapshot is served.
        hosts: further names a browser may call the server by; those of loopback are allowed.
        allow_stale: ids of lists that may fail their coverage; every answer's stamp names them.
        updates_from: where ``/updatez`` takes new list versions: a folder, a mirror's address, or
            ``publishers``; empty where it may not.
        rate: requests a second allowed to one API key; 0 allows any number.
        proxies: from where a person's name in the header ``user_header`` is believed; both are
            empty where no proxy signs people in.
        audit: whether requests that screened are written into the log of the case store.
        payment_policy: the file of payment channels; the shipped one where there is none.
        keep_days: how long questions, uploads and results are stored.
        clock: returns the present moment.
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
    proxies: tuple[Network, ...] = ()
    user_header: str = ""
    audit: bool = False
    payment_policy: Path | None = None
    limits: Limits = Limits()
    clock: Callable[[], datetime] = _now

    @property
    def on_loopback(self) -> bool:
        """Return whether only this machine can reach the server."""
        return is_loopback(self.host)

    @property
    def folder(self) -> Path:
        """Return the folder of the server's own files."""
        return self.home / "server"


@lru_cache(256)  # callers choose the host name, so it must have a bound
def is_loopback(host: str) -> bool:
    """Return whether an address or name means this machine alone."""
    bare = host.strip("[]").lower()
    if bare == "localhost":
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False


def network(text: str) -> Network:
    """Return an address, or a range of them (``10.0.0.0/8``).

    Raises:
        InputError: it is neither.
    """
    try:
        return ip_network(text.strip())
    except ValueError as error:
        raise InputError(
            f"{text[:100]!r} is no address: {error}", where="limen serve --trust-proxy",
            hint="give an address as 10.0.0.5, or a range as 10.0.0.0/24",
        ) from error  # fmt: skip
