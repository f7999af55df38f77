"""Write files that appear whole: a reader sees the old file or the new one, never a part.

The new content is written to a file next to it, flushed to the disk, and renamed in one step.
What fails leaves the old file as it was and no remains. Outputs of long runs that can be resumed
are written by ``limen.batch.output.checkpointed_output``.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from limen.model.errors import InputError

#: What others may read, by default: files are as readable as the user's umask makes them.
_MODE = 0o666
#: How the file ends that is written next to the one it becomes.
_ASIDE = ".partial"
#: For secrets and customers' data: the owner alone.
PRIVATE = 0o600


def private_file(path: Path) -> BinaryIO:
    """Return an empty file that its owner alone may read, open for writing."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, PRIVATE), "wb")


@contextlib.contextmanager
def whole_file(path: Path, *, mode: int = _MODE) -> Iterator[BinaryIO]:
    """Yield a binary stream; what is written becomes ``path`` when the block ends without an error.

    Args:
        path: the file to write.
        mode: permission bits of the new file, before the umask.

    Raises:
        OSError: it cannot be written; ``path`` is as it was.
    """
    check_replaceable(path)
    aside = path.with_name(f"{path.name}.{os.getpid()}{_ASIDE}")
    try:
        descriptor = os.open(aside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def check_replaceable(path: Path) -> None:
    """Refuse a device or a pipe, which a whole file would replace: ``/dev/null`` is the system's.

    Raises:
        OSError: it is neither a file nor a folder, or is in ``/dev``.
    """
    in_dev = path.parent == Path("/dev")
    if (in_dev or not path.is_file()) and path.exists() and not path.is_dir():
        raise OSError(errno.ENOTSUP, "it is a device or a pipe, and would be replaced by a file")


def remains_of(path: Path) -> list[Path]:
    """Return what writers of a file are writing, or left when they were killed."""
    return list(path.parent.glob(f"{glob.escape(path.name)}.*{_ASIDE}"))


def write_whole(path: Path, data: bytes, *, mode: int = _MODE) -> None:
    """Write a small file whole; the arguments and errors are those of :func:`whole_file`."""
    with whole_file(path, mode=mode) as stream:
        stream.write(data)


def write_output(path: Path, data: bytes) -> None:
    """Write a result that a user sends to a file.

    Raises:
        InputError: it cannot be written; says why and what to do.
    """
    try:
        write_whole(path, data)
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> InputError:
    """Return the one refusal of an output path, whichever command was to write it."""
    if path.is_dir():
        return InputError("it is a folder", where=str(path), hint="name a file in it")
    if not path.parent.is_dir():
        return InputError(
            "its folder does not exist",
            where=str(path),
            hint=f"create {path.parent}, or name another",
        )
    if error.errno == errno.ENOTSUP:
        return InputError(
            str(error.strerror), where=str(path), hint="name a file, or redirect standard output"
        )
    return InputError(
        f"it cannot be written: {error.strerror or error}",
        where=str(path),
        hint="name a place that can be written, or make room",
        unchanged="no part of a file was left",
    )
