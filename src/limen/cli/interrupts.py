"""Remember Ctrl-C, so that a long run ends even where Python drops the interrupt.

A KeyboardInterrupt raised in a finaliser, in a weak reference's or the collector's callback, or in
a callback from C is printed and dropped: a run would go on to its end and leave as if no one had
interrupted it. For the runs over files, which call the check after each row.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Check = Callable[[], None]


@contextmanager
def remembered_interrupts() -> Iterator[Check]:
    """Give a check that raises KeyboardInterrupt if one came, dropped or not.

    A process that was started to ignore Ctrl-C, or that handles it in another way, goes on so.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield lambda: None
        return
    came = False

    def remember(*_: object) -> None:
        nonlocal came
        came = True
        raise KeyboardInterrupt

    def check() -> None:
        if came:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, remember)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
