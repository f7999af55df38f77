"""Run the background tasks of a worker: a task that fails is logged, started again, and visible.

Without it one unforeseen error, such as no file handle left, ends a task for good, and nothing
shows it. Each task is one step that is repeated; a step that fails is repeated after a pause that
doubles, up to a minute.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from limen.server.metrics import BACKGROUND_FAILURES, BACKGROUND_SUCCESS

_LOG = logging.getLogger("limen.server")
#: Seconds before a step that failed is repeated: the first time, and at most.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
#: Seconds without success after which the server reports that it is not ready: several tries.
ALARM_SECONDS = 120.0

Step = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class TaskState:
    """Represents how a background task is doing.

    Attributes:
        every: seconds between two steps.
        success: when its step last succeeded, by the monotonic clock.
        failures: how often it failed since.
        error: the kind of the last failure, empty where there is none since the last success.
    """

    every: float
    success: float
    failures: int = 0
    error: str = ""

    @property
    def seconds(self) -> float:
        """Return the time since the last success."""
        return time.monotonic() - self.success


class Supervisor:
    """Represents the background tasks of one worker.

    Attributes:
        states: by the tasks' names.
    """

    def __init__(self) -> None:
        self.states: dict[str, TaskState] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, name: str, step: Step, *, every: float) -> None:
        """Repeat a step, with a pause of ``every`` seconds after each success."""
        self.states[name] = TaskState(every, time.monotonic())
        BACKGROUND_FAILURES.labels(name)  # opened while there are file handles
        BACKGROUND_SUCCESS.labels(name).set_to_current_time()
        self._tasks.append(asyncio.create_task(self._repeat(name, step)))

    def alarms(self) -> dict[str, TaskState]:
        """Return the tasks that have not succeeded for too long."""
        return {
            name: state
            for name, state in self.states.items()
            if state.seconds > state.every + ALARM_SECONDS
        }

    async def close(self) -> None:
        """End all tasks."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def _repeat(self, name: str, step: Step) -> None:
        state = self.states[name]
        while True:
            try:
                await step()
            except Exception as error:
                state.failures += 1
                state.error = type(error).__name__
                BACKGROUND_FAILURES.labels(name).inc()
                _LOG.exception("%s: failed %d times in a row", name, state.failures)
                await asyncio.sleep(_pause(state.failures))
            else:
                state.success, state.failures, state.error = time.monotonic(), 0, ""
                BACKGROUND_SUCCESS.labels(name).set_to_current_time()
                await asyncio.sleep(state.every)


def _pause(failures: int) -> float:
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(failures - 1, 10))
