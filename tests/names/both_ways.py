"""Run the names room with the compiled kernels, or with the interpreted ones, in one process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from limen.names.compare import comparison
from limen.names.kernels import backend
from limen.names.matchers import limen_1, limen_2

WAYS = ("compiled", "interpreted")


@contextmanager
def running(way: str) -> Iterator[None]:
    """Let every search and comparison within take the kernels of one way."""
    if way == "compiled" and not backend.kernels().compiled:
        pytest.skip("NO COMPILED KERNELS here (LIMEN_PURE, or no compiler): NOT tested")
    chosen = getattr(backend, way)()
    with patch.object(backend, "kernels", lambda: chosen):
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    """What was laid out for the kernels of the other way is laid out anew."""
    limen_1.model.cache_clear()
    limen_2.model.cache_clear()
    backend.scratch.cache_clear()
    comparison.compare.cache_clear()
    comparison._best.cache_clear()
