"""Fetch a list's files from its publisher or a mirror: conditional, patient, bounded, whole.

A file gets its name only when it has come whole. It is requested as it is, without transfer
compression, so that the same list has the same hash however often it is fetched.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import urllib3

from limen.lists.fetch.http import (
    TRY_LATER,
    Patience,
    Setback,
    Validators,
    check_response,
    open_response,
    redacted,
    redirected,
    refusal,
    user_agent,
)
from limen.lists.source import MAX_BYTES
from limen.model import DataError, Instant
from limen.util.files import whole_file

#: A publisher's address moves to another host and to https at most; more is a loop.
_MAX_REDIRECTS = 5
#: Bytes read at once: large against a system call, small against memory.
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that has come whole.

    Attributes:
        path: where it is stored.
        url: the address requested, without secrets.
        sha256: of the bytes as delivered, in hex.
        size: in bytes, as delivered.
        validators: for the next, conditional request.
        retrieved_at: when its last byte had come.
    """

    path: Path
    url: str
    sha256: str
    size: int
    validators: Validators
    retrieved_at: Instant


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server's answer that nothing changed since the validators given."""

    url: str
    checked_at: Instant


@dataclass(frozen=True, slots=True)
class Fetcher:
    """A client that fetches one file at a time.

    ``agent`` is the name it gives to servers; ``clock`` returns seconds since 1970, ``sleep`` waits
    for seconds.
    """

    patience: Patience = field(default_factory=Patience)
    agent: str = field(default_factory=user_agent)
    max_bytes: int = MAX_BYTES
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    def fetch(self, url: str, target: Path) -> Fetched:
        """Fetch a file to ``target``.

        Raises:
            NetworkError: the server could not be reached, or did not send the whole file.
            DataError: the file cannot be written.
        """
        fetched = self.fetch_if_changed(url, target, Validators())
        if isinstance(fetched, NotModified):
            raise refusal(url, "the server answers 304 to a request that was not conditional")
        return fetched

    def fetch_if_changed(self, url: str, target: Path, seen: Validators) -> Fetched | NotModified:
        """Fetch a file to ``target`` unless it is still the one that was seen.

        Raises:
            NetworkError: the server could not be reached, or did not send the whole file.
            DataError: the file cannot be written.
        """
        deadline = self.clock() + self.patience.total
        tries = 0
        while True:
            tries += 1
            try:
                return self._try(url, target, seen, deadline)
            except Setback as setback:
                wait = self._wait_after(tries, setback)
                if wait is None or self.clock() + wait > deadline:
                    what = f"{setback} (tried {tries} times)" if tries > 1 else str(setback)
                    raise refusal(url, what, TRY_LATER) from setback
            self.sleep(wait)

    def _wait_after(self, tries: int, setback: Setback) -> float | None:
        """Return the seconds to wait before the next try; ``None`` when there is none."""
        if tries > len(self.patience.pauses):
            return None
        requested = min(setback.retry_after, self.patience.longest_pause)
        return max(self.patience.pauses[tries - 1], requested)

    def fetch_version(
        self, urls: Mapping[str, str], folder: Path, seen: Mapping[str, Validators]
    ) -> dict[str, Fetched] | NotModified:
        """Fetch the files of one version into ``folder``, each under its role, or none of them.

        When one file is new, those that are not are fetched all the same: a version is stored
        whole.

        Raises:
            NetworkError: a file did not come whole.
            DataError: a file cannot be written.
        """
        answers = {
            role: self.fetch_if_changed(url, folder / role, seen.get(role, Validators()))
            for role, url in urls.items()
        }
        unchanged = [answer for answer in answers.values() if isinstance(answer, NotModified)]
        if len(unchanged) == len(answers):
            return unchanged[-1]
        return {
            role: answer if isinstance(answer, Fetched) else self.fetch(urls[role], folder / role)
            for role, answer in answers.items()
        }

    def _try(
        self, url: str, target: Path, seen: Validators, deadline: float
    ) -> Fetched | NotModified:
        hop = url
        for _ in range(_MAX_REDIRECTS + 1):
            with open_response(hop, seen, self.patience, self.agent) as response:
                further = redirected(hop, response)
                if further is None:
                    return self._take(response, url, target, deadline)
                hop = further
        raise refusal(url, f"more than {_MAX_REDIRECTS} redirects")

    def _take(
        self, response: urllib3.BaseHTTPResponse, url: str, target: Path, deadline: float
    ) -> Fetched | NotModified:
        if response.status == HTTPStatus.NOT_MODIFIED:
            return NotModified(redacted(url), self._now())
        check_response(url, response)
        sha256, size = self._receive(response, url, target, deadline)
        return Fetched(
            path=target,
            url=redacted(url),
            sha256=sha256,
            size=size,
            validators=Validators(
                response.headers.get("ETag"), response.headers.get("Last-Modified")
            ),
            retrieved_at=self._now(),
        )

    def _receive(
        self, response: urllib3.BaseHTTPResponse, url: str, target: Path, deadline: float
    ) -> tuple[str, int]:
        digest = hashlib.sha256()
        try:
            with whole_file(target) as file:
                for chunk in self._chunks(response, url, deadline):
                    digest.update(chunk)
                    file.write(chunk)
                size = file.tell()
                if not size:
                    raise refusal(url, "the server sent an empty file")
        except OSError as error:
            raise DataError(
                f"the file cannot be written: {error.strerror}",
                where=target.name,
                hint="make room, or point TMPDIR to a folder that can be written",
            ) from error
        return digest.hexdigest(), size

    def _chunks(
        self, response: urllib3.BaseHTTPResponse, url: str, deadline: float
    ) -> Iterator[bytes]:
        size = 0
        while chunk := response.read1(_CHUNK):
            size += len(chunk)
            if size > self.max_bytes:
                raise refusal(url, f"the file is larger than {self.max_bytes:,} bytes")
            if self.clock() > deadline:
                raise Setback(f"not whole after {self.patience.total:g} s")
            yield chunk

    def _now(self) -> Instant:
        return Instant(int(self.clock()))
