"""Run one job in a process of its own: ``python -m limen.server.jobs.work FOLDER``.

It locks a file in its folder while it runs, which distinguishes a running job from a dead one, and
one file for all jobs while it screens, so that files wait for each other and do not slow down the
requests. It ends when it is cancelled, or when the server that started it is gone.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec

from limen.batch.output.writers import encoder_for
from limen.batch.payments.screened_payment import PaymentTally
from limen.batch.payments.sources import Sources
from limen.batch.run import Portfolio
from limen.batch.tally import Tally
from limen.model import DataError, LimenError
from limen.server.jobs.job_files import (
    ALIVE,
    CANCEL,
    INPUT,
    PROGRESS,
    ColumnUse,
    JobRequest,
    PaymentJob,
    Progress,
    read_request,
    results_path,
    write,
)
from limen.server.jobs.job_table import job_portfolio
from limen.server.jobs.payment_file import screen_payments
from limen.server.jobs.row_shares import SharedWork, add, screen_rows
from limen.util.exit_codes import ExitCode

#: Progress is written this often: pages poll it every 0.7 s.
_PROGRESS_SECONDS = 0.4
#: Options of the command line in messages of ``limen.batch``, and the form's fields for them.
_FIELDS = (("--no-header", "header=no"), ("--header", "header=yes"), ("--map ", "map="),
           ("--date-order ", "date_order="), ("--schema ", "schema="))  # fmt: skip
_SLOT = "slot"


class CancelledError(Exception):
    """Raised when a job was cancelled, or its server is gone."""


class JobRun:
    """Represents one file that is being screened.

    Args:
        folder: the job's own.
        parent: the process that started it; when it is gone, the job ends.
    """

    def __init__(self, folder: Path, parent: int) -> None:
        self._folder = folder
        self._parent = parent
        self._request: JobRequest = read_request(folder)
        self._progress = Progress()
        self._started = self._written = time.monotonic()

    def run(self) -> int:
        """Wait for the turn, screen, and write how it ended; return the exit code."""
        with self._alive():
            try:
                with self._turn():
                    if self._request.payments is not None:
                        self._screen_payments(self._request.payments)
                    else:
                        self._screen()
                self._write(state="done", seconds_left=0.0)
            except CancelledError:
                self._write(state="cancelled")
            except LimenError as error:
                self._write(state="failed", error=in_a_form(str(error)))
            except OSError as error:
                return self._end_unwritten(error)
            except Exception as error:
                self._write(state="failed", error=f"this is a fault of Limen: {error!r}")
                raise
        return 0

    def _end_unwritten(self, error: OSError) -> int:
        """End because a file could not be written, which the file of the reason may be too."""
        reason = DataError(
            f"the results cannot be stored: {error.strerror or error}",
            where="LIMEN_HOME",
            hint="its operator frees room in the home folder; then send the file again",
        )
        with suppress(OSError):
            self._write(state="failed", error=str(reason))
        print(reason, file=sys.stderr)
        return ExitCode.DATA_REFUSED

    @contextmanager
    def _alive(self) -> Iterator[None]:
        with (self._folder / ALIVE).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with (self._folder.parent / _SLOT).open("w") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    self._check_cancelled()
                    time.sleep(0.2)
            self._started = time.monotonic()
            self._write(state="running")
            yield

    def _screen(self) -> None:
        with job_portfolio(self._folder, self._request) as portfolio:
            self._write(
                columns=tuple(
                    ColumnUse(each.name, each.target, each.note)
                    for each in portfolio.columns.columns
                ),
                warnings=portfolio.table.warnings,
            )
            self._rows(portfolio)

    def _rows(self, portfolio: Portfolio) -> None:
        tally = Tally()
        columns = portfolio.table.columns
        encoder = encoder_for(self._request.format, columns)
        share = SharedWork(
            self._request.snapshot, self._request.query, self._request.format,
            portfolio.table.name, columns, portfolio.columns,
        )  # fmt: skip
        path = results_path(self._folder, self._request.format)
        with path.open("wb") as out, closing(screen_rows(share, portfolio.table.rows)) as done:
            out.write(encoder.head())
            for data, counts in done:
                out.write(data)
                add(tally, counts)
                self._check_cancelled()
                self._count(tally, portfolio.table.position())
            out.write(encoder.tail())
        self._written = 0.0
        self._count(tally, portfolio.table.position())

    def _screen_payments(self, job: PaymentJob) -> None:
        tally = PaymentTally()
        sources = Sources([str(self._folder / INPUT / self._request.file)])
        path = results_path(self._folder, self._request.format)
        with path.open("wb") as out:
            for data in screen_payments(self._request, job, sources, tally):
                out.write(data)
                self._check_cancelled()
                self._count_payments(tally, sources.position())
        self._written = 0.0
        self._count_payments(tally, sources.position())

    def _count_payments(self, tally: PaymentTally, position: tuple[int, int]) -> None:
        self._advance(
            position,
            tally.rows,
            passed=tally.passed,
            held=tally.held,
            rejected=tally.rejected,
            refused=tally.refused,
            reasons=tuple(each.example for each in tally.reasons.values())[:20],
        )

    def _check_cancelled(self) -> None:
        if (self._folder / CANCEL).exists() or os.getppid() != self._parent:
            raise CancelledError

    def _count(self, tally: Tally, position: tuple[int, int]) -> None:
        self._advance(
            position,
            tally.rows,
            hit=tally.hit,
            review=tally.review,
            clear=tally.clear,
            cannot_say=tally.cannot_say,
            refused=tally.refusals,
            reasons=tuple(each.example for each in tally.reasons.values())[:20],
        )

    def _advance(self, position: tuple[int, int], rows: int, **counts: object) -> None:
        """Write the progress, if the last time is long enough ago."""
        if time.monotonic() - self._written < _PROGRESS_SECONDS:
            return
        seconds = time.monotonic() - self._started
        done, total = position
        self._write(
            rows=rows,
            **counts,
            done=done,
            total=total,
            rate=round(rows / seconds, 1) if seconds else 0.0,
            seconds=round(seconds, 1),
            seconds_left=round(seconds * (total - done) / done, 1) if done else None,
        )

    def _write(self, **changes: object) -> None:
        self._written = time.monotonic()
        self._progress = msgspec.structs.replace(self._progress, **changes)
        write(self._folder, PROGRESS, self._progress)


def in_a_form(message: str) -> str:
    """Return a message with the form's fields in place of the command line's options."""
    for option, field in _FIELDS:
        message = message.replace(option, field)
    return message


def main() -> None:
    """Run the job in the folder that is the first argument."""
    os.nice(5)  # requests have priority
    os.umask(0o077)  # all it writes is of one owner
    sys.exit(JobRun(Path(sys.argv[1]), os.getppid()).run())


if __name__ == "__main__":
    main()
