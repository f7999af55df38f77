"""Queue the requests of one worker, and turn away those that would wait too long.

A worker answers one question at a time. Between two of them the event loop reads its sockets: new
requests join the queue or, where it is full, are refused with ``Retry-After``, so that those that
are admitted are answered in time. A request counts from the moment its body is complete until its
response ends: a slow sender occupies no place.
"""

from __future__ import annotations

import asyncio
from collections import deque

from limen.server.http.problems import ProblemError

#: Never queued: monitoring must see an overload, and these cost almost nothing.
_ALWAYS = frozenset({"/healthz", "/readyz", "/metrics"})


class Admission:
    """Represents the queue of one worker.

    Args:
       limit: how many requests may be in it.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._inside = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._pacing = False

    def ticket(self, path: str) -> Ticket:
        """Return a request's ticket; it has not joined the queue yet."""
        return Ticket(self, exempt=path in _ALWAYS)

    def enter(self) -> asyncio.Future[None]:
        """Join the queue and return a future that is done when the turn has come.

        Raises:
            ProblemError: 503, the queue is full.
        """
        if self._inside >= self._limit:
            raise ProblemError(
                503,
                f"{self._inside} requests are waiting for this worker",
                why="one more would wait longer than most callers do",
                hint="try again in a second, or start more workers",
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
        """Free one place."""
        self._inside -= 1

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let one request begin; the next begins after the loop has read its sockets."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():  # the caller may have disconnected
                turn.set_result(None)
                break
        self._pacing = bool(self._waiting)
        if self._pacing:
            loop.call_soon(self._next, loop)


class Ticket:
    """Represents one request's place in the queue, taken or not."""

    __slots__ = ("_exempt", "_queue", "_taken")

    def __init__(self, queue: Admission, *, exempt: bool) -> None:
        self._queue = queue
        self._exempt = exempt
        self._taken = False

    async def take(self) -> None:
        """Join the queue and wait for the turn.

        Raises:
            ProblemError: 503, the queue is full.
        """
        if self._taken or self._exempt:
            return
        turn = self._queue.enter()
        self._taken = True
        await turn

    def leave(self) -> None:
        """Free the place, if it was taken."""
        if self._taken:
            self._taken = False
            self._queue.leave()
