"""Update the lists in a process of its own.

Run as ``python -m limen.server.service.update_process HOME [SOURCE]``.

That process activates the new snapshot, and every worker swaps it in like any other. It writes its
result as one JSON object to standard output.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from limen.model import LimenError

_LOG = logging.getLogger("limen.server")


class UpdateResult(msgspec.Struct, frozen=True):
    """Represents what an update did.

    ``refused`` has the versions that were not taken, each with its reason; ``error`` says why
    nothing was done at all, and ``hint`` how to fix it.
    """

    taken: int = 0
    refused: tuple[str, ...] = ()
    snapshot: str = ""
    error: str = ""
    hint: str = ""


_RESULT = msgspec.json.Decoder(UpdateResult)


class ListUpdates:
    """Runs the updates of one worker, one at a time.

    Args:
        home: the home folder with the lists.
        source: a folder or a mirror; ``""`` for the publishers.
    """

    def __init__(self, home: Path, source: str) -> None:
        self._command = (
            "-m",
            "limen.server.service.update_process",
            str(home),
            *([source] if source else ()),
        )
        self._running: asyncio.Task[UpdateResult] | None = None

    def begin(self) -> asyncio.Task[UpdateResult]:
        """Start an update, or join the running one."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        return self._running

    async def close(self) -> None:
        """Stop the running update; nothing of it is activated."""
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running

    async def _run(self) -> UpdateResult:
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *self._command,
                stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
        except OSError as error:
            _LOG.exception("lists update: no process can be started")
            return UpdateResult(error=f"no process can be started: {error.strerror or error}")
        try:
            out, _ = await process.communicate()
        except asyncio.CancelledError:
            process.terminate()
            await process.wait()
            raise
        try:
            result = _RESULT.decode(out)
        except msgspec.MsgspecError:
            result = UpdateResult(error=f"the update ended with status {process.returncode}")
        for line in filter(None, (*result.refused, result.error)):
            _LOG.error("lists update: %s", line)
        return result


def run(home: Path, source: str | None) -> UpdateResult:
    """Update the archive and the active snapshot."""
    from limen.snapshot.build import update

    try:
        report = update(home, source=source)
    except LimenError as error:
        where = f"{error.where}: " if error.where else ""
        return UpdateResult(error=f"{where}{error.what}", hint=error.hint)
    return UpdateResult(
        taken=sum(each.result == "stored" for each in report.outcomes),
        refused=tuple(
            f"{each.list_id} {each.published}: {each.error.what}"
            for each in report.refused
            if each.error
        ),
        snapshot=report.snapshot.manifest.id if report.snapshot else "",
    )


def main() -> None:
    """Run the update that the arguments describe and write its result."""
    os.nice(10)  # requests have priority
    source = sys.argv[2] if len(sys.argv) > 2 else None
    sys.stdout.buffer.write(msgspec.json.encode(run(Path(sys.argv[1]), source)))


if __name__ == "__main__":
    main()
