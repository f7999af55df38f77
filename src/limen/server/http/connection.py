"""Bound what a connection may hold: its header, its rest after a response, its unread response.

uvicorn ends a connection that is idle after a response, and no other: one that never sends its
header, or sends a byte a minute, or never reads its response, would stay for ever. The body's own
time is checked in ``limen.server.http.middleware``, because only the application reads it.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import ClassVar

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from limen.server.http.problems import PROBLEM, ProblemError, problem_document
from limen.server.settings import Limits


class BoundedConnection(HttpToolsProtocol):
    """Represents one connection, with limits of time and size.

    Attributes:
        limits: those of the server.
        most: open connections of this worker; beyond them the one that has waited longest for a
            header is ended.
        waiting: connections without a complete header, the oldest first.
        ending: connections aborted to keep to ``most``, until the loop reports them lost.
    """

    limits: ClassVar[Limits]
    most: ClassVar[int]
    waiting: ClassVar[dict[BoundedConnection, None]]
    ending: ClassVar[set[BoundedConnection]]

    _timer: asyncio.TimerHandle | None = None
    _send_timer: asyncio.TimerHandle | None = None
    _header_bytes = 0
    _reading_body = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_header()
        while self.waiting and len(self.connections) - len(self.ending) > self.most:
            next(iter(self.waiting))._abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.ending.discard(self)
        self._header_ended()
        self._sent()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._reading_body:
            self._await_header()
        super().data_received(data)
        if self in self.waiting:
            self._header_bytes += len(data)
            if self._header_bytes > self.limits.header:
                self._refuse(431, f"the header is larger than {self.limits.header:,} bytes")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_header()

    def on_headers_complete(self) -> None:
        self._header_ended()
        self._reading_body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._reading_body = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._reading_body:  # nobody reads the rest of the body any more
            self._start_timer()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._send_timer = self.loop.call_later(self.limits.send_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        self._sent()
        super().resume_writing()

    def _abort(self) -> None:
        """End the connection now; the loop reports it lost only in its next turn."""
        self._header_ended()
        self.ending.add(self)
        self.transport.abort()

    def _await_header(self) -> None:
        """Begin to wait for a header, unless it is waited for already."""
        if self not in self.waiting:
            self._header_bytes = 0
            self.waiting[self] = None
            self._start_timer()

    def _start_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.loop.call_later(self.limits.header_seconds, self._time_over)

    def _header_ended(self) -> None:
        self.waiting.pop(self, None)
        self._header_bytes = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _sent(self) -> None:
        if self._send_timer is not None:
            self._send_timer.cancel()
            self._send_timer = None

    def _time_over(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._start_timer()  # a further header, while the request before it is answered
        elif self._header_bytes:
            self._refuse(408, f"the header did not arrive in {self.limits.header_seconds:g} s")
        else:
            self.transport.close()

    def _refuse(self, status: int, detail: str) -> None:
        """Answer without the application, and end the connection."""
        if self.transport.is_closing():
            return
        phrase = HTTPStatus(status).phrase
        body = msgspec.json.encode(problem_document(ProblemError(status, detail)))
        head = (
            f"HTTP/1.1 {status} {phrase}\r\ncontent-type: {PROBLEM}\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()


def bounded(limits: Limits, most: int) -> type[BoundedConnection]:
    """Return the class of one worker's connections.

    Args:
        limits: those of the server.
        most: open connections, at least one.
    """
    attributes = {"limits": limits, "most": most, "waiting": {}, "ending": set()}
    return type("Connection", (BoundedConnection,), attributes)
