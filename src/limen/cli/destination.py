"""Write rows and results: to standard output, or to a file that appears when it is whole."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from limen.batch.tally import Tally
from limen.util.files import write_output

if TYPE_CHECKING:  # a single name is written without what only files need
    from limen.batch.output.checkpointed_output import Counts


class Destination(Protocol):
    """Takes bytes, and the bytes of rows with their results."""

    def write(self, data: bytes) -> None: ...
    def add(self, data: bytes, done: Any, /) -> None: ...


class Standard:
    """Writes to standard output, as bytes, flushed when the work is done."""

    def __init__(self, tally: Counts) -> None:
        self._tally = tally
        self._stream = sys.stdout.buffer

    def __enter__(self) -> Standard:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.flush()

    def write(self, data: bytes) -> None:
        self._stream.write(data)

    def add(self, data: bytes, done: Any, /) -> None:
        self._stream.write(data)
        self._tally.add(done)


def destination(output: Path | None, tally: Tally) -> AbstractContextManager[Destination]:
    """Return a file when there is a path, else standard output."""
    if output is None:
        return Standard(tally)
    from limen.batch.output.checkpointed_output import DoneRows, OutputFile

    return OutputFile(output, tally=tally, done=DoneRows(), run=None)


def write_result(data: bytes, output: Path | None) -> None:
    """Write a result of one piece to a file, which appears whole, or to standard output.

    Raises:
        InputError: the file cannot be written.
    """
    if output is not None:
        write_output(output, data)
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_text(path: Path, text: str) -> None:
    """Write a drawing or a report, which appears when it is whole.

    Raises:
        InputError: the file cannot be written.
    """
    write_output(path, text.encode("utf-8"))
