"""Let Ctrl-C wait while a transaction begins or ends.

An interrupt may be raised between any two steps of Python. Where that is inside the database
library, its own check that a transaction is over fails next: an AssertionError in place of the
interrupt, and a connection of which nobody knows the state.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_waiting() -> Iterator[None]:
    """Hold an interrupt back while the block runs, and raise it after.

    Only the main thread is ever interrupted; others run the block as it is.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: arrived.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if arrived:
            signal.raise_signal(signal.SIGINT)
