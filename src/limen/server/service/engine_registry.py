"""Hold the engine in service, and swap it when another snapshot is activated.

A request takes the engine once and uses it to its end, so a swap drops nothing: the old engine is
freed when the last request that uses it is answered. All questions of a worker run on its one event
loop, because an engine answers one question at a time.
"""

from __future__ import annotations

import asyncio
import gc
import logging

from limen.engine import Engine
from limen.model import DamagedSnapshotError, LimenError, ListCoverage
from limen.model.finding import ListState
from limen.server.service.canaries import check_canaries
from limen.server.service.file_watch import FileWatch
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
        in_service: the snapshot in service, also where its files are damaged.
        damaged: what is wrong with them; empty where nothing is.
        refused: the name of the snapshot in service where it failed its check at the start: its
            answers must not be trusted.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.refused = self.damaged = ""
        self.in_service = self._open()
        try:
            check_canaries(self.in_service)
        except LimenError as error:
            self.refused = self.in_service.manifest.id
            _LOG.error("snapshot %s is not to be trusted: %s", self.refused, error)

    @property
    def current(self) -> ServedSnapshot:
        """Return what answers requests.

        Raises:
            DamagedSnapshotError: a file of it was changed meanwhile: no answer would be certain.
        """
        if self.damaged:
            raise DamagedSnapshotError(
                self.damaged,
                where=f"snapshot {self.in_service.manifest.id}",
                hint="restore the file, or build it again with `limen snapshot build`",
            )
        return self.in_service

    def _open(self) -> ServedSnapshot:
        """Open the active snapshot with an engine that has answered its first questions.

        Raises:
            SnapshotError: there is none, or it cannot be read.
        """
        settings = self._settings
        snapshot = Snapshot(active_folder(settings.home))
        watch = FileWatch(snapshot.folder, snapshot.manifest.files)
        engine = Engine(snapshot, clock=settings.clock)
        known = {info.id for info in snapshot.manifest.lists}
        allowed = tuple(name for name in settings.allow_stale if name in known)
        served = ServedSnapshot(engine, allowed, settings.clock, watch)
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

    def coverage(self) -> tuple[ListCoverage, ...]:
        """Return what each list can carry now, with the overrides in the server's settings."""
        return self.in_service.coverage()

    def failing(self) -> list[ListCoverage]:
        """Return the lists on which no party can be cleared now."""
        return [each for each in self.coverage() if each.state not in _GOOD]

    async def follow(self) -> None:
        """Take the active snapshot into service, where it is another than the one that serves.

        Where it is the same, look whether its files are still what was built.

        Raises:
            SnapshotError: it cannot be read, or a canary is not found in it; the old one serves on.
            OSError: there is no file handle left, or the home folder cannot be read.
        """
        if active_id(self._settings.home) in (None, self.in_service.manifest.id):
            await self._check_files()
            return
        self.in_service = await asyncio.to_thread(self._successor)
        self.refused = self.damaged = ""
        freeze()
        _LOG.info("snapshot %s is in service", self.in_service.manifest.id)

    async def _check_files(self) -> None:
        """Answer from the snapshot in service only while its files are what was built."""
        name = await asyncio.to_thread(self.in_service.watch.damaged)
        damaged = f"{name} was changed while the snapshot is in service" if name else ""
        if damaged != self.damaged:
            self.damaged = damaged
            snapshot = self.in_service.manifest.id
            _LOG.error("snapshot %s: %s", snapshot, damaged or "its files are whole again")


def freeze() -> None:
    """Exclude what is open from garbage collection: it has no cycles, and a scan halts requests."""
    gc.collect()  # only what is new since the last swap: the rest is frozen
    gc.freeze()
