"""Pause Python's cyclic garbage collector while millions of small objects are made.

For reading and compiling in bulk, and for each chunk of a batch: what is made has no cycles, so
that counting references is enough. Not for as long as a process serves: there a cycle must be
collected in the end.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Run the block without cyclic garbage collection, and restore the state from before."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
