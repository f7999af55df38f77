"""Start, follow, cancel and remove jobs. Every worker sees the same folder."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import re
import secrets
import shutil
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from limen.model import DataError
from limen.server.jobs.job_files import (
    ALIVE,
    CANCEL,
    ENDED,
    INPUT,
    REQUEST,
    JobRequest,
    Progress,
    read_progress,
    read_request,
    results_path,
    write,
)
from limen.server.metrics import PAYMENTS, SUBJECTS
from limen.util.files import PRIVATE, private_file

_LOG = logging.getLogger("limen.server")
_NAME = re.compile(r"[A-Za-z0-9_-]{22}")
_NOT_A_FILE_NAME = re.compile(r"[^\w.() -]+")
_DAY = 86_400
#: Time for a job's process to start and take its lock; one that has not by then has failed.
_START_SECONDS = 30.0


class Jobs:
    """Represents a folder of jobs.

    Args:
        folder: created with the first job.
        days: how long a job and its files are stored.
    """

    def __init__(self, folder: Path, days: int) -> None:
        self._folder = folder
        self._days = days
        self._running: dict[asyncio.Task[None], asyncio.subprocess.Process] = {}

    async def take(
        self, file: str, chunks: AsyncIterator[bytes], ask: Callable[[str], JobRequest]
    ) -> str:
        """Store a file, start its job and return the job's name.

        Raises:
            DataError: the folder cannot be written.
        """
        name = secrets.token_urlsafe(16)
        folder = self._folder / name
        safe = _NOT_A_FILE_NAME.sub("_", Path(file).name).strip(". ")[-100:] or "portfolio.csv"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.mkdir(mode=0o700)
            (folder / INPUT).mkdir(mode=0o700)
            with private_file(folder / INPUT / safe) as out:
                async for chunk in chunks:
                    out.write(chunk)
            write(folder, REQUEST, ask(safe))
            await self._start(folder)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise DataError(
                f"the file cannot be stored: {error.strerror or error}",
                where="LIMEN_HOME",
                hint="check that the home folder is writable and has room",
            ) from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return name

    async def _start(self, folder: Path) -> None:
        with private_file(folder / "log") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "limen.server.jobs.work", str(folder),
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        task = asyncio.create_task(self._follow(process, folder))
        self._running[task] = process
        task.add_done_callback(self._running.pop)

    async def _follow(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        """Count a job's rows once its process has ended."""
        await process.wait()
        try:
            _count(read_progress(folder))
        except (OSError, msgspec.MsgspecError):
            _LOG.exception("the rows of job %s are not counted", folder.name)

    def folder(self, name: str) -> Path | None:
        """Return a job's folder; ``None`` where there is no such job."""
        folder = self._folder / name
        return folder if _NAME.fullmatch(name) and (folder / REQUEST).is_file() else None

    def of_owner(self, owner: str, limit: int) -> list[tuple[str, JobRequest]]:
        """Return the last jobs of an owner with their names, the last one first."""
        if not owner:
            return []
        folders = (self.folder(path.name) for path in self._folder.glob("*"))
        found = ((path.name, read_request(path)) for path in folders if path is not None)
        own = [(name, task) for name, task in found if task.owner == owner]
        return sorted(own, key=lambda job: job[1].created_at, reverse=True)[:limit]

    def request(self, folder: Path) -> JobRequest:
        """Return what a job has to do."""
        return read_request(folder)

    def progress(self, folder: Path) -> Progress:
        """Return a job's progress; one that has no process any more has failed."""
        progress = read_progress(folder)
        if progress.state in ENDED or _is_alive(folder):
            return progress
        progress = read_progress(folder)  # it may have ended in between
        if progress.state in ENDED:
            return progress
        return msgspec.structs.replace(
            progress, state="failed", error="its process ended before its work was done"
        )

    def results(self, folder: Path) -> Path:
        """Return the path of a job's results."""
        return results_path(folder, read_request(folder).format)

    def cancel(self, folder: Path) -> None:
        """End a job; the results so far remain."""
        (folder / CANCEL).touch(PRIVATE)

    def forget(self, folder: Path) -> None:
        """Remove a job and all its files; its rows so far are counted."""
        self.cancel(folder)
        progress = read_progress(folder)
        if progress.state not in ENDED:
            _count(progress)
        shutil.rmtree(folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove the jobs that are older than allowed."""
        limit = time.time() - self._days * _DAY
        with suppress(OSError):
            for folder in self._folder.iterdir():
                if folder.is_dir() and folder.stat().st_mtime < limit:
                    shutil.rmtree(folder, ignore_errors=True)

    async def close(self) -> None:
        """End the jobs this worker started."""
        for process in self._running.values():
            with suppress(ProcessLookupError):
                process.terminate()
        if self._running:
            await asyncio.wait(self._running, timeout=5)


def _count(progress: Progress) -> None:
    """Add a job's rows to the parties screened."""
    for outcome in ("hit", "review", "cannot_say", "clear"):
        SUBJECTS.labels("file", outcome).inc(getattr(progress, outcome))
    decisions = {"pass": progress.passed, "hold": progress.held, "reject": progress.rejected}
    for decision, count in decisions.items():
        PAYMENTS.labels("file", decision).inc(count)


def _is_alive(folder: Path) -> bool:
    """Return whether the job's process holds its lock, or may be about to take it."""
    try:
        with (folder / ALIVE).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return time.time() - (folder / REQUEST).stat().st_mtime < _START_SECONDS
    except BlockingIOError:
        return True
    return False
