"""Change a small file that several processes change: one at a time, so that no change is lost.

For files that are read, changed and written whole (:mod:`limen.util.files`). The operating system
holds the lock and releases it when the process ends, however it ends. The archive has a lock of
its own, which refuses a second writer instead of letting it wait.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from limen.util.files import PRIVATE, remains_of

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def changing(path: Path, *more: Path, mode: int = PRIVATE) -> Iterator[None]:
    """Hold files for the block, which reads, changes and writes them; others wait.

    What writers that were killed left next to them is removed: no other one is at work.

    Args:
        path: the file by which the others are held too.
        more: files of its folder.
        mode: of the lock file, when it is made.

    Raises:
        OSError: the folder cannot be written.
    """
    lock = path.with_name(f".{path.name}.lock")
    lock.touch(mode=mode)
    with lock.open("r+b") as file:
        _lock(file)
        for remains in (each for held in (path, *more) for each in remains_of(held)):
            remains.unlink(missing_ok=True)
        yield
