"""Store the judgements of a home folder: a file of JSON lines to which lines are only added.

Each change is checked against all judgements and written whole, one process at a time. A snapshot
has a copy of the file that it was built with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from limen.identity.judgements import Judgement, Judgements
from limen.model import DataError
from limen.util.changing import changing
from limen.util.files import write_whole

#: The file of a home, and of a snapshot that was built with judgements.
JUDGEMENTS = "judgements.jsonl"
#: The lock is as open as the home: the umask decides whether a team shares it.
_MODE = 0o666
_decoder = msgspec.json.Decoder(Judgement)


def read_judgements(folder: Path) -> Judgements:
    """Return the judgements of a home, or of a snapshot; none where there is no file.

    Raises:
        DataError: the file cannot be read, or a line is no judgement.
    """
    path = folder / JUDGEMENTS
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return Judgements()
    except OSError as error:
        raise DataError(f"{error.strerror or error}", where=str(path)) from error
    return Judgements(tuple(_decoded(line, at, path) for at, line in enumerate(lines, 1)))


def _decoded(line: bytes, at: int, path: Path) -> Judgement:
    try:
        return _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DataError(
            f"line {at} is no judgement: {error}",
            where=str(path),
            why="records would be joined or parted that a user judged otherwise",
            hint="restore the file from a backup, or from the copy in a snapshot",
        ) from error


def encode_judgements(judgements: Judgements) -> bytes:
    """Return the content of the file."""
    return b"".join(msgspec.json.encode(each) + b"\n" for each in judgements.all)


def add_judgements(
    home: Path, choose: Callable[[Judgements], Iterable[Judgement]]
) -> tuple[Judgement, ...]:
    """Add judgements to those of a home, and return them.

    Args:
        home: the home folder.
        choose: returns what to add to the judgements that there are; no other process adds any
            until it is written.

    Raises:
        InputError: the judgements would contradict each other; nothing is changed.
        DataError: the file is damaged, or cannot be written.
    """
    path = home / JUDGEMENTS
    try:
        with changing(path, mode=_MODE):
            before = read_judgements(home)
            new = tuple(choose(before))
            if new:
                write_whole(path, encode_judgements(before.add(new)))
    except OSError as error:
        raise DataError(
            f"the judgements cannot be written: {error.strerror or error}",
            where=str(path),
            hint="check that LIMEN_HOME is writable and has room",
            unchanged="no judgement was added",
        ) from error
    return new
