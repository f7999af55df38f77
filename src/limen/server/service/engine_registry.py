"""Hold the engine in service, and swap it when another snapshot is activated.

A request takes the engine once and uses it to its end, so a swap drops nothing: the old engine is
freed when the last request that uses it is answered. All questions of a worker run on its one event
loop, because an engine answers one question at a time.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from contextlib import suppress

from limen.engine import Engine
from limen.model import LimenError, ListCoverage
from limen.model.answer import ListState
from limen.server.service.canaries import check_canaries
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.settings import Settings
from limen.snapshot import Snapshot, active_folder, active_id

_LOG = logging.getLogger("limen.server")
#: How often the home folder is checked for another active snapshot.
POLL_SECONDS = 0.5
_GOOD: tuple[ListState, ...] = ("ok", "overridden")
#: Screened once by every new engine, so that no caller waits for pages to be mapped.
_FIRST = ({"schema": "Person", "properties": {"name": ["Jane Doe"]}}, {"schema": "Thing",
          "properties": {"name": ["Example Trading Company"]}})  # fmt: skip


class EngineRegistry:
    """Represents what is served from the active snapshot of a home folder.

    Attributes:
        current: what is in service.
        refused: the active snapshot's name where it failed its check; its answers must not be
            trusted even where it serves already.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.refused = ""
        self.current = self._open()
        try:
            check_canaries(self.current)
        except LimenError as error:
            self._refuse(self.current.manifest.id, error)

    def _open(self) -> ServedSnapshot:
        """Open the active snapshot with an engine that has answered its first questions.

        Raises:
            SnapshotError: there is none, or it cannot be read.
        """
        settings = self._settings
        snapshot = Snapshot(active_folder(settings.home))
        engine = Engine(snapshot, clock=settings.clock)
        known = {info.id for info in snapshot.manifest.lists}
        allowed = tuple(name for name in settings.allow_stale if name in known)
        served = ServedSnapshot(engine, allowed, settings.clock)
        for party in _FIRST:
            engine.screen(party, allow_stale=allowed)
        served.prepare()
        return served

    def _successor(self) -> ServedSnapshot:
        """Open and check the active snapshot, so that it can be taken into service.

        Raises:
            SnapshotError: it cannot be read, or a canary is not found in it.
        """
        served = self._open()
        check_canaries(served)
        return served

    def _refuse(self, name: str, error: LimenError) -> None:
        self.refused = name
        _LOG.error("snapshot %s is not taken: %s", name, error)

    def coverage(self) -> tuple[ListCoverage, ...]:
        """Return what each list can carry now, with the overrides in the server's settings."""
        return self.current.coverage()

    def failing(self) -> list[ListCoverage]:
        """Return the lists on which no party can be cleared now."""
        return [each for each in self.coverage() if each.state not in _GOOD]

    async def watch(self) -> None:
        """Swap the engine whenever another snapshot is activated; runs until cancelled."""
        _freeze()
        while True:
            name = active_id(self._settings.home)
            if name in (None, self.refused, self.current.manifest.id):
                await asyncio.sleep(POLL_SECONDS)
                continue
            try:
                successor = await asyncio.to_thread(self._successor)
            except LimenError as error:
                self._refuse(name or "", error)
                continue
            self.refused = ""
            self.current = successor
            del successor
            _freeze()
            _LOG.info("snapshot %s is in service", self.current.manifest.id)


def _freeze() -> None:
    """Exclude what is open from garbage collection: it has no cycles, and a scan halts requests."""
    gc.collect()  # only what is new since the last swap: the rest is frozen
    gc.freeze()


async def watching(engines: EngineRegistry) -> asyncio.Task[None]:
    """Start the watch."""
    return asyncio.create_task(engines.watch())


async def stop(task: asyncio.Task[None]) -> None:
    """End the watch."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
