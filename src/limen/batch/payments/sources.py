"""Open the files of payment messages that a command names: files, folders, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from limen.batch.file_arguments import STDIN
from limen.model import InputError


class Sources:
    """Represents the files to read, in order, and how far the reading is.

    Args:
        arguments: paths of files and folders, or a dash for standard input.

    Raises:
        InputError: there is no such file, or nothing in a folder.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        self.paths = [path for argument in arguments for path in _files(argument)]
        self._sizes = [path.stat().st_size if path else 0 for path in self.paths]
        self._before = 0
        self._open: IO[bytes] | None = None

    def files(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Yield each file, opened, with its name; never a machine path."""
        for path, size in zip(self.paths, self._sizes, strict=True):
            if path is None:
                self._open = sys.stdin.buffer
                yield "standard input", self._open
                continue
            try:
                with path.open("rb") as self._open:
                    yield path.name, self._open
            except OSError as error:
                raise InputError(error.strerror or str(error), where=path.name) from error
            self._before += size

    def position(self) -> tuple[int, int]:
        """Return the bytes read and those of all files; 0 where it is not known."""
        total = 0 if None in self.paths else sum(self._sizes)
        at = 0
        if self._open is not None:
            with suppress(OSError, ValueError):  # a pipe has no place, a closed file neither
                at = self._open.tell()
        return self._before + at, total


def _files(argument: str) -> list[Path | None]:
    if argument == STDIN:
        return [None]
    path = Path(argument)
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputError("there is no such file or folder", where=argument)
    found: list[Path | None] = [
        each
        for each in sorted(path.rglob("*"))
        if each.is_file() and not any(part.startswith(".") for part in each.relative_to(path).parts)
    ]
    if not found:
        raise InputError("there is no file in this folder", where=argument)
    return found
