"""Limit the time and the memory of this process while it reads what a stranger wrote.

A :class:`limen.util.budget.Budget` ends our own loops; these limits also end the libraries that
read PDF, mail or markup. They hold for the whole process, so a command sets them, or a process
that does nothing else; a thread of a server does not.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from limen.model.errors import LimitError, TimeLimitError


class _OverError(BaseException):
    """Raised when the time is over; readers that catch every exception let it pass."""


@contextmanager
def time_limit(seconds: float, *, where: str, hint: str) -> Iterator[None]:
    """End what runs within after some seconds, where the platform has timers (POSIX).

    Args:
        seconds: by the wall clock.
        where: what is being read.
        hint: how to allow more.

    Raises:
        TimeLimitError: the time is over.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield
        return

    def over(*_: object) -> None:
        raise _OverError

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _OverError:
        raise TimeLimitError(
            f"the time allowed, {seconds:g} s, was over before it was read", where=where, hint=hint
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def memory_limit(size: int, *, where: str, hint: str) -> Iterator[None]:
    """Allow what runs within so many bytes more than are in use, where the platform can.

    Args:
        size: bytes of address space.
        where: what is being read.
        hint: how to allow more.

    Raises:
        LimitError: more were needed.
    """
    limit_memory(size)
    try:
        yield
    except MemoryError as error:
        limit_memory(0)
        raise LimitError(
            f"it needs more memory than is allowed, {size >> 20:,} MB", where=where, hint=hint
        ) from error
    finally:
        limit_memory(0)


def limit_memory(more: int) -> None:
    """Allow some bytes more than are in use, where the platform can; 0 lifts the limit."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + more if more else hard
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
