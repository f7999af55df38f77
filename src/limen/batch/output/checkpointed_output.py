"""Write the output of a long run so that an interrupted run can be resumed.

``FILE.partial`` grows and takes its name when it is whole; ``FILE.checkpoint`` records how many
rows of which input are in it. Whatever ends the run early (Ctrl-C, a full disk, a power cut), the
next one cuts the partial file back to its last whole row, reads the rows that are done without
screening them, checks that they are the same rows, and continues. The bytes are those of an
uninterrupted run. Results of one piece are written by limen.util.files.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import msgspec

from limen.batch.tables.table import Row
from limen.batch.tally import Tally
from limen.model import DataError, InputError
from limen.util.files import cannot_write, check_replaceable

#: What an interruption may cost at most, since Ctrl-C saves as well: a power cut's two seconds.
_CHECKPOINT_SECONDS = 2.0


class Checkpoint(msgspec.Struct):
    """Represents how far a run has come.

    Attributes:
        run: the question and the files, which have to be the same when it is resumed.
        rows: input rows that are in the partial file.
        bytes: size of the partial file with exactly those rows.
        digest: SHA-256 over those rows.
        tally: counts over those rows.
    """

    run: dict[str, Any]
    rows: int = 0
    bytes: int = 0
    digest: str = ""
    tally: dict[str, Any] = {}


class Done(Protocol):
    """Represents the result of a row, of whatever kind."""

    @property
    def row(self) -> Row: ...


class Counts(Protocol):
    """Counts what became of rows; a dataclass of numbers, for the checkpoint."""

    def add(self, done: Any, /) -> None: ...


class DoneRows:
    """Counts and hashes the rows that are done, and recognises them when they are read again."""

    def __init__(self, before: Checkpoint | None = None) -> None:
        self._digest = sha256()
        self._before = before
        self.rows = 0

    def add(self, row: Row) -> None:
        """Count a row that has been written."""
        self._digest.update(msgspec.json.encode((row.line, row.cells)))
        self.rows += 1

    def skips(self, row: Row) -> bool:
        """Return whether a row was done by the run before.

        Raises:
            InputError: the rows are not the ones that that run has read.
        """
        if self._before is None or self.rows >= self._before.rows:
            return False
        self.add(row)
        if self.rows == self._before.rows:
            self.check()
        return True

    def check(self) -> None:
        """Check that all rows of the run before have been read again.

        Raises:
            InputError: they have not.
        """
        before = self._before
        if before is not None and (
            self.rows < before.rows or (self.rows == before.rows and self.digest != before.digest)
        ):
            raise InputError(
                f"its first {before.rows:,} rows are not the ones the interrupted run has done",
                where="the input",
                why="answers to other rows would be left in the output",
                hint="give the same files in the same order, or begin again with --restart",
            )

    @property
    def digest(self) -> str:
        """Return the SHA-256 over the rows, as text."""
        return self._digest.hexdigest()


def checkpoint_of(path: Path) -> Checkpoint | None:
    """Return the checkpoint that an earlier run has left for an output file, if any.

    One without its ``FILE.partial`` is of a run that was ended after its output was whole.

    Raises:
        DataError: a checkpoint that cannot be read.
    """
    if not _neighbour(path, "partial").exists():
        return None
    try:
        return msgspec.json.decode(_neighbour(path, "checkpoint").read_bytes(), type=Checkpoint)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise DataError(
            f"the checkpoint cannot be read: {error}", where=str(path), hint="use --restart"
        ) from error


def tally_of(checkpoint: Checkpoint) -> Tally:
    """Return the counts of the rows that are done."""
    return msgspec.convert(checkpoint.tally, Tally)


def forget(path: Path) -> None:
    """Remove what an earlier run has left for an output file."""
    for suffix in ("partial", "checkpoint"):
        _neighbour(path, suffix).unlink(missing_ok=True)


class OutputFile:
    """Writes rows to ``FILE.partial`` and gives it its name when all are in.

    Left by an exception, it saves what was written and a checkpoint, so that the run can be
    resumed; where the format cannot be, it leaves nothing behind.

    Args:
        path: the file to be.
        tally: counts the rows.
        done: recognises the rows.
        run: the question, for the checkpoint; ``None`` where the format cannot be resumed.
        before: the checkpoint of an earlier run, to continue from.

    Raises:
        InputError: the file cannot be made.
    """

    def __init__(
        self,
        path: Path,
        *,
        tally: Counts,
        done: DoneRows,
        run: dict[str, Any] | None,
        before: Checkpoint | None = None,
    ) -> None:
        self.path = path
        self._partial = _neighbour(path, "partial")
        self._tally = tally
        self._done = done
        self._run = run
        self._size = before.bytes if before else 0
        self._whole = True
        self._saved_at = time.monotonic()
        self._stream = self._open(before)

    def _open(self, before: Checkpoint | None) -> BinaryIO:
        try:
            if self.path.is_dir():  # seen now, and not when hours of work are to take its name
                raise IsADirectoryError
            check_replaceable(self.path)
            if before is None:
                return self._partial.open("wb")
            stream = self._partial.open("r+b")
            stream.truncate(before.bytes)
            stream.seek(before.bytes)
        except OSError as error:
            raise cannot_write(self.path, error) from error
        return stream

    def __enter__(self) -> OutputFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._finish()
            elif self._whole:
                self._save()
        except OSError as error:
            raise _no_room(error, self.path) from error
        finally:
            with suppress(OSError):
                self._stream.close()
            if kind is not None and self._run is None:
                self._partial.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        """Write bytes that are no row: a head, a tail."""
        try:
            self._stream.write(data)
        except OSError as error:
            raise _no_room(error, self.path) from error
        self._size += len(data)

    def add(self, data: bytes, done: Done) -> None:
        """Write a row, count it, and save a checkpoint every two seconds."""
        self._whole = False  # an interruption from here to the end leaves the last checkpoint
        self.write(data)
        self._done.add(done.row)
        self._tally.add(done)
        self._whole = True
        if time.monotonic() - self._saved_at > _CHECKPOINT_SECONDS:
            try:
                self._save()
            except OSError as error:
                raise _no_room(error, self.path) from error

    def _save(self) -> None:
        if self._run is None:
            return
        self._stream.flush()
        state = Checkpoint(
            self._run,
            self._done.rows,
            self._size,
            self._done.digest,
            msgspec.to_builtins(self._tally),
        )
        aside = _neighbour(self.path, "checkpoint.new")
        aside.write_bytes(msgspec.json.encode(state))
        aside.replace(_neighbour(self.path, "checkpoint"))
        self._saved_at = time.monotonic()

    def _finish(self) -> None:
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        self._partial.replace(self.path)
        _neighbour(self.path, "checkpoint").unlink(missing_ok=True)


def _no_room(error: OSError, path: Path) -> DataError:
    return DataError(
        f"it cannot be written any further: {error.strerror or error}",
        where=str(path),
        hint="make room, then continue with --resume",
        unchanged=f"an earlier {path.name} is as it was",
    )


def _neighbour(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}.{suffix}")
