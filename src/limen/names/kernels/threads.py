"""Run kernels in threads: compiled, they hold no lock of the interpreter, and use every core.

Where there is one core, or the kernels run interpreted, work is done when its result is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from limen.names.kernels import backend

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")


@cache
def count() -> int:
    """Return how many threads this process uses: one for each core that it may run on."""
    if not backend.kernels().compiled:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def begin(work: Callable[[], T]) -> Callable[[], T]:
    """Begin work in a thread, if there are several; return what waits for its result."""
    return _pool().submit(work).result if count() > 1 else work


@cache
def _pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # for batches; a command has one question

    return ThreadPoolExecutor(count(), thread_name_prefix="limen-kernels")


if hasattr(os, "register_at_fork"):  # a forked process has none of its parent's threads
    os.register_at_fork(after_in_child=_pool.cache_clear)
