"""Screen one table in several processes, so that every core of a machine is used.

Parts of a table go to the processes in turn, and their answers are read in the same turn, so that
rows keep their order without numbers. Each process maps the snapshot and answers as one process
does. They are programs of their own (``python -m`` this module), not forks: a fork of a process
with threads may hang, and ``multiprocessing`` would run the caller's script again.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

import msgspec

from limen.batch.arrow.arrow_input import parts_of
from limen.batch.arrow.screen_batches import screen_batches
from limen.batch.row_party import Columns
from limen.batch.screen_arguments import ScreenArguments
from limen.model import LimenError
from limen.screening.parties import PartyScreen
from limen.snapshot import Snapshot

if TYPE_CHECKING:
    import pyarrow as pa


class TableJob(msgspec.Struct, frozen=True):
    """What each process is started with.

    Attributes:
        folder: the snapshot's.
        now: the present moment, the same for all.
        schema: of what comes out.
        columns: what the columns of the table are used as.
        arguments: the question about every row.
    """

    folder: Path
    now: datetime
    schema: Any
    columns: Columns
    arguments: ScreenArguments


def screen_in_processes(
    job: TableJob, batches: Iterable[pa.RecordBatch], processes: int
) -> Iterator[pa.RecordBatch]:
    """Yield batches with their answers, in their order.

    Raises:
        LimenError: the error of a process, or that one ended before its work.
    """
    workers = [_start(job) for _ in range(processes)]
    feed = _Feed(workers, batches)
    feed.start()
    try:
        for number in count():
            answered = _receive(workers[number % processes])
            if answered is None:  # its next part is not there, so no later one is
                break
            yield answered
        feed.join()
        if feed.error is not None:
            raise feed.error
    finally:
        for worker in workers:
            _stop(worker)


class _EndedError(Exception):
    """A process that is not there to be sent anything."""


class _Feed(Thread):
    """Gives parts to processes in turn, while their answers are read.

    It cannot block for good: a process that does not read is writing an answer, which is read in
    its turn; and the part that the process in turn may need to go on was given before.
    """

    def __init__(
        self, workers: list[subprocess.Popen[bytes]], batches: Iterable[pa.RecordBatch]
    ) -> None:
        super().__init__(name="limen-table-feed", daemon=True)
        self._workers = workers
        self._batches = batches
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            for number, part in enumerate(parts_of(self._batches)):
                _send(self._workers[number % len(self._workers)], part)
        except _EndedError:  # the reader of its answers reports it
            return
        except Exception as error:
            self.error = error
        for worker in self._workers:
            with suppress(_EndedError):
                _send(worker, None)


def _start(job: TableJob) -> subprocess.Popen[bytes]:
    worker = subprocess.Popen(  # noqa: S603 (this program's own interpreter and module)
        [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with suppress(_EndedError):
        _send(worker, job)
    return worker


def _stop(worker: subprocess.Popen[bytes]) -> None:
    """End a process, which has nothing left to do where all went well, and close its pipes."""
    worker.kill()
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was not read is not flushed
                pipe.close()
    worker.wait()


def _send(worker: subprocess.Popen[bytes], what: Any) -> None:
    """Send something to a process.

    Raises:
        _EndedError: it has ended, or was stopped.
    """
    try:
        if worker.stdin is not None:
            _write(worker.stdin, what)
    except (BrokenPipeError, ValueError) as error:
        raise _EndedError from error


def _write(stream: IO[bytes], what: Any) -> None:
    pickle.dump(what, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _receive(worker: subprocess.Popen[bytes]) -> pa.RecordBatch | None:
    """Return the next answers of a process; ``None`` after its last."""
    try:
        # Of our own process, over a pipe that no other one has.
        answered = pickle.load(worker.stdout) if worker.stdout else None  # noqa: S301
    except (EOFError, pickle.UnpicklingError) as error:
        raise LimenError(
            f"a process ended before its rows were answered (exit code {worker.wait()})",
            where="screen_table",
            why="the rows after this point have no answer",
            hint="look at what it printed; without memory for so many processes take fewer",
        ) from error
    if isinstance(answered, Exception):
        raise answered
    return answered


def main() -> None:
    """Answer the parts that come in on standard input, on standard output."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not get among the answers
    job: TableJob = pickle.load(source)  # noqa: S301
    parts = iter(lambda: pickle.load(source), None)  # noqa: S301
    try:
        engine = PartyScreen(Snapshot(job.folder), clock=lambda: job.now)
        answered = screen_batches(engine, parts, job.schema, job.columns, job.arguments)
        for part in answered:
            _write(sink, part)
        _write(sink, None)
    except Exception as error:  # whatever it is, the caller raises it
        _write(sink, error)


if __name__ == "__main__":
    main()
