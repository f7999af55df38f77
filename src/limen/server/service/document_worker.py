"""Have documents read by a process that can be ended: one for each worker, started once.

A document may take so many seconds and no more: then its process is ended, whatever it does, and
the next document gets a new one. The wait for the document before it is limited too.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path

import msgspec

from limen.server.http.problems import ProblemError
from limen.server.metrics import SUBJECTS
from limen.server.service.document_process import (
    REPLY,
    DocumentAnswer,
    DocumentRefusal,
    OpenRequest,
    ReadRequest,
    frame,
    length_of,
)
from limen.server.settings import Settings

#: Time for a process to start and to open a snapshot, which is no part of a document's own.
_OPEN_SECONDS = 60.0
_PROGRAM = ("-m", "limen.server.service.document_process")
_HINT = "cut it into parts, or use `limen read`"


class DocumentWorker:
    """Reads the documents of one worker, one after another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: Process | None = None
        self._folder: Path | None = None
        self._turn = asyncio.Lock()

    async def read(
        self,
        data: bytes,
        name: str,
        *,
        folder: Path,
        on: date | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
        allow_stale: Sequence[str] = (),
    ) -> DocumentAnswer:
        """Read a document and search it for what a snapshot lists.

        Args:
            data: its bytes, in any format that can be read.
            name: its name.
            folder: of the snapshot in service.
            on: the document's own day, where the caller knows it.
            as_of: when listings must have applied; today.
            known_at: when they must have been known.
            allow_stale: ids of lists that may fail their coverage.

        Raises:
            ProblemError: 422, it cannot be read as a document, or the question cannot be
                understood; 503, not in the time allowed.
        """
        seconds = self._settings.limits.document_seconds
        request = ReadRequest(
            data, name, on, as_of, known_at, tuple(allow_stale), self._settings.clock(), seconds
        )
        async with self._next(seconds), self._ended_on_failure():
            process = await self._opened(folder)
            answer = await _ask(process, request, seconds)
        SUBJECTS.labels("document", answer.outcome).inc()
        return answer

    async def close(self) -> None:
        """End the process."""
        process, self._process, self._folder = self._process, None, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()

    @asynccontextmanager
    async def _next(self, seconds: float) -> AsyncIterator[None]:
        """Wait until the document before is read."""
        try:
            async with asyncio.timeout(seconds):
                await self._turn.acquire()
        except TimeoutError as error:
            raise ProblemError(
                503, f"other documents took more than {seconds:g} s",
                hint="try again, or start more workers", headers={"Retry-After": "5"},
            ) from error  # fmt: skip
        try:
            yield
        finally:
            self._turn.release()

    @asynccontextmanager
    async def _ended_on_failure(self) -> AsyncIterator[None]:
        """End the process where its reply was not taken: it may be busy, or in the middle of it."""
        try:
            yield
        except _RefusedError as error:
            if error.refusal.spent:
                await self.close()
            raise _problem(error.refusal) from None
        except BaseException:
            await self.close()
            raise

    async def _opened(self, folder: Path) -> Process:
        """Return the process, with the snapshot open."""
        if self._process is not None and self._process.returncode is not None:
            await self.close()
        if self._process is None:
            self._process = await _start()
        if self._folder != folder:
            memory = self._settings.limits.document_memory
            await _ask(self._process, OpenRequest(str(folder), memory), _OPEN_SECONDS)
            self._folder = folder
        return self._process


class _RefusedError(Exception):
    """Raised where the process refuses a request; it can take the next one."""

    def __init__(self, refusal: DocumentRefusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.detail)


async def _start() -> Process:
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable, *_PROGRAM,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
    except OSError as error:
        raise ProblemError(
            503, f"no process can be started to read it: {error.strerror or error}"
        ) from error


async def _ask(
    process: Process, request: OpenRequest | ReadRequest, seconds: float
) -> DocumentAnswer:
    """Send a request and return the reply.

    Raises:
        ProblemError: there is none in time, or the process has ended.
        _RefusedError: the process refuses the request.
    """
    try:
        async with asyncio.timeout(seconds):
            reply = await _exchange(process, frame(request))
    except TimeoutError as error:
        raise ProblemError(
            503, f"the document was not read in {seconds:g} s", field="file", hint=_HINT
        ) from error
    except (asyncio.IncompleteReadError, ConnectionError, msgspec.MsgspecError) as error:
        raise ProblemError(
            422, "the process that read the document broke down", field="file", hint=_HINT
        ) from error
    if isinstance(reply, DocumentRefusal):
        raise _RefusedError(reply)
    return reply  # type: ignore[return-value]


async def _exchange(process: Process, request: bytes) -> object:
    if process.stdin is None or process.stdout is None:
        raise ConnectionError("the process has no pipes")
    process.stdin.write(request)
    await process.stdin.drain()
    head = await process.stdout.readexactly(4)
    return REPLY.decode(await process.stdout.readexactly(length_of(head)))


def _problem(refusal: DocumentRefusal) -> ProblemError:
    return ProblemError(
        refusal.status, refusal.detail, field=refusal.field, hint=refusal.hint, why=refusal.why
    )
