"""How many requests of one worker may wait for their turn.

A worker answers one question at a time. Beyond a bounded queue a request is turned away at once,
with the moment to come again: those that are let in are answered in time. A request counts from
when its body is whole to its response's end, so slow senders keep nobody out.
"""

from __future__ import annotations

import asyncio

from limen.server.problems import ProblemError

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

    def place(self, path: str) -> Place:
        """A place in the queue, not taken yet."""
        return Place(self, path in _ALWAYS)

    def enter(self) -> None:
        """Take one place.

        Raises:
            ProblemError: 503, the queue is full.
        """
        if self._inside >= self._most:
            raise ProblemError(
                503,
                f"{self._inside} requests are waiting for this worker",
                why="one more would wait longer than callers do",
                mend="ask again in a second, or start more workers",
                headers={"Retry-After": "1"},
            )
        self._inside += 1

    def leave(self) -> None:
        """Give one place back."""
        self._inside -= 1


class Place:
    """One request's place."""

    __slots__ = ("_always", "_queue", "_taken")

    def __init__(self, queue: Admission, always: bool) -> None:
        self._queue = queue
        self._always = always
        self._taken = False

    async def take(self) -> None:
        """Queue up, and let those that have arrived meanwhile do so too.

        Raises:
            ProblemError: 503, the queue is full.
        """
        if self._taken or self._always:
            return
        self._queue.enter()
        self._taken = True
        await asyncio.sleep(0)  # else a queue would never be seen: questions hold the loop

    def leave(self) -> None:
        """Give the place back, if it was taken."""
        if self._taken:
            self._taken = False
            self._queue.leave()
