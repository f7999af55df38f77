"""Whose turn it is in one worker, and how many may wait for theirs.

A worker answers one question at a time. Questions begin one by one, and between two of them the
sockets are looked at: what has arrived meanwhile queues up, or, beyond a bounded queue, is turned
away at once with the moment to come again. So those that are let in are answered in time. A
request counts from when its body is whole to its response's end: slow senders keep nobody out.
"""

from __future__ import annotations

import asyncio
from collections import deque

from limen.server.http.problems import ProblemError

#: Asked by machines that must hear of an overload, and cheap.
_ALWAYS = frozenset({"/healthz", "/readyz", "/metrics"})


class Admission:
    """The queue of one worker.

    Args:
        most: requests that may be in it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._pacing = False

    def ticket(self, path: str) -> Ticket:
        """A ticket in the queue, not taken yet."""
        return Ticket(self, path in _ALWAYS)

    def enter(self) -> asyncio.Future[None]:
        """Take one ticket; what is returned is done when it is its turn.

        Raises:
            ProblemError: 503, the queue is full.
        """
        if self._inside >= self._most:
            raise ProblemError(
                503,
                f"{self._inside} requests are waiting for this worker",
                why="one more would wait longer than callers do",
                hint="ask again in a second, or start more workers",
                headers={"Retry-After": "1"},
            )
        self._inside += 1
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        if not self._pacing:
            self._pacing = True
            loop.call_soon(self._next, loop)
        return turn

    def leave(self) -> None:
        """Give one ticket back."""
        self._inside -= 1

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let one begin; the next one after the loop has looked at its sockets."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():  # its caller may have gone
                turn.set_result(None)
                break
        self._pacing = bool(self._waiting)
        if self._pacing:
            loop.call_soon(self._next, loop)


class Ticket:
    """One request's ticket."""

    __slots__ = ("_always", "_queue", "_taken")

    def __init__(self, queue: Admission, always: bool) -> None:
        self._queue = queue
        self._always = always
        self._taken = False

    async def take(self) -> None:
        """Queue up, and wait for one's turn.

        Raises:
            ProblemError: 503, the queue is full.
        """
        if self._taken or self._always:
            return
        turn = self._queue.enter()
        self._taken = True
        await turn

    def leave(self) -> None:
        """Give the ticket back, if it was taken."""
        if self._taken:
            self._taken = False
            self._queue.leave()
