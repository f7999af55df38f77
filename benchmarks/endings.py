"""End a piece of work: at a random instant or at one of its calls that change files.

By a signal, a limit on files, or a disk that is full. At a call means before it is made: the n-th
of those that open, rename, remove or sync a file of the folder, with n drawn evenly.

``benchmarks.lists.kills`` ends updates with it, ``tests.crash`` every other command that writes.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from limen.util.exit_codes import ExitCode

Work = Callable[[], int | None]

#: Room on the small disk that a writer surely fills less than, in bytes.
WIDE = 64 << 20
#: Instants are drawn up to this many times the duration of the whole work.
_BEYOND = 1.3
ENDINGS = ("SIGKILL at a call", "SIGKILL", "SIGINT", "no room", "file limit")
SHARES = (45, 25, 15, 7, 8)
#: What a command may leave with; ``-9`` and ``-2`` are the signals themselves.
EXPECTED = {
    "SIGKILL at a call": (0, -signal.SIGKILL),
    "SIGKILL": (0, -signal.SIGKILL),
    "SIGINT": (0, -signal.SIGINT, ExitCode.INTERRUPTED),
    "no room": (0, ExitCode.DATA_REFUSED),
    "file limit": (0, ExitCode.DATA_REFUSED),
}


class Endings:
    """Ends work that writes into a folder; it learns how long the whole work takes.

    Args:
        folder: where the work writes.
        small_disk: whether the folder is a small disk of its own (:func:`mount`).
        only: the ending that is always drawn, where it is given.
    """

    def __init__(self, folder: Path, *, small_disk: bool, only: str | None = None) -> None:
        self._folder = folder
        self._small_disk = small_disk
        self._only = only
        self._durations: list[float] = []
        self._calls = 1

    def draw(self, chance: random.Random) -> str:
        """Return one of ``ENDINGS``."""
        (ending,) = [self._only] if self._only else chance.choices(ENDINGS, SHARES)
        return "file limit" if ending == "no room" and not self._small_disk else ending

    def learn(self, work: Work) -> None:
        """Run work whole, so that instants can be drawn; the first time only."""
        if not self._durations:
            self._timed(work, None, signal.SIGKILL)

    @property
    def unknown(self) -> bool:
        """Return whether it is not known yet how long the work takes."""
        return not self._durations

    def end(self, work: Work, ending: str, chance: random.Random) -> tuple[int, str]:
        """Run work that is ended, and return its exit code and what it printed."""
        if ending == "no room":
            return self._without_room(work, chance)
        if ending == "SIGKILL at a call":
            return self._at_a_call(work, chance)
        if ending == "file limit":
            limit = int(1024 * 2 ** (chance.random() * 11))
            return in_child(work, first=lambda: _limit_files(limit))
        usual = sorted(self._durations)[len(self._durations) // 2]
        wait = chance.random() * _BEYOND * usual
        return self._timed(work, wait, getattr(signal, ending))

    def _without_room(self, work: Work, chance: random.Random) -> tuple[int, str]:
        disk = os.statvfs(self._folder)
        used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
        mount(self._folder, used + chance.randrange(1, 1 << 20), "remount")
        try:
            return in_child(work)
        finally:
            mount(self._folder, WIDE, "remount")

    def _at_a_call(self, work: Work, chance: random.Random) -> tuple[int, str]:
        """End work before one of its calls; where it makes fewer, learn how many there are."""
        with tempfile.NamedTemporaryFile() as counted:
            last = chance.randint(1, self._calls + 1)
            first = partial(_end_before, self._folder, last, counted.fileno())
            code, printed = in_child(work, first=first)
            made = os.fstat(counted.fileno()).st_size
        if made < last:  # the work was whole
            self._calls = made
        else:
            self._calls = max(self._calls, made)
        return code, printed

    def _timed(self, work: Work, wait: float | None, send: signal.Signals) -> tuple[int, str]:
        start = time.monotonic()
        code, printed = in_child(work, wait=wait, send=send)
        seconds = time.monotonic() - start
        if wait is None or (code == 0 and seconds < wait):
            self._durations.append(seconds)
            del self._durations[:-15]
        return code, printed


def mount(folder: Path, size: int, *options: str) -> bool:
    """Mount a small disk, or give it another size; return whether that was allowed."""
    command = ["mount", "-t", "tmpfs", "-o", ",".join((*options, f"size={size}")), "tmpfs"]
    try:
        done = subprocess.run([*command, str(folder)], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0


def unmount(folder: Path) -> None:
    """Take a small disk away."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


#: Events of Python's own calls that change files.
_CHANGES = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate",
                      "os.link", "os.symlink", "os.chmod"})  # fmt: skip


def _end_before(folder: Path, last: int, counted: int) -> None:
    """End this process before its so many-th call that changes a file of a folder.

    Each call leaves a byte in ``counted``. Processes that it starts count in the same file.
    """

    def call(event: str, arguments: tuple[object, ...]) -> None:
        if event in _CHANGES and _writes(event, arguments, str(folder)):
            os.write(counted, b".")
            if os.fstat(counted).st_size >= last:
                os.kill(os.getpid(), signal.SIGKILL)

    sync = os.fsync

    def synced(file: int) -> None:
        call("os.truncate", (str(folder),))
        sync(file)

    os.fsync = synced
    sys.addaudithook(call)


def _writes(event: str, arguments: tuple[object, ...], folder: str) -> bool:
    path = arguments[0]
    if isinstance(path, bytes | os.PathLike):
        path = os.fsdecode(path)
    if not isinstance(path, str) or not path.startswith(folder):
        return False
    flags = arguments[2] if event == "open" and len(arguments) > 2 else os.O_WRONLY
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _limit_files(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def in_child(
    work: Work,
    *,
    first: Callable[[], None] = lambda: None,
    wait: float | None = None,
    send: signal.Signals = signal.SIGKILL,
) -> tuple[int, str]:
    """Run work in a process of its own, with a signal after ``wait`` seconds if it is given."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if not child:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            code = 1
            try:
                # A shell gives its background processes no interrupts.
                signal.signal(signal.SIGINT, signal.default_int_handler)
                first()
                code = work() or 0
            except Exception as error:
                os.write(2, repr(error).encode())
            except KeyboardInterrupt:
                code = ExitCode.INTERRUPTED
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        code = _waited(child, wait, send)
        output.seek(0)
        return code, " ".join(output.read().decode(errors="replace").split())


def _waited(child: int, wait: float | None, send: signal.Signals) -> int:
    if wait is not None:
        end = time.monotonic() + wait
        while time.monotonic() < end:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.001)
        os.kill(child, send)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)
