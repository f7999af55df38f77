"""The kernels compiled by numba: the same functions, the same integers, some hundred times faster.

numba takes longer to import than a single question takes to answer, so nothing here is imported
until a batch or a server asks. Compiled code is cached on disk beside this file, or in the
user's cache folder where that cannot be written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import FunctionType, SimpleNamespace
from typing import Any

from limen.names import align, kernels, loops

_MODULES = (kernels, align, loops)


@cache
def compiled() -> SimpleNamespace:
    """Every kernel by its name, compiled on first call and cached on disk."""
    import numba

    space: dict[str, Any] = {}
    names: list[str] = []
    for module in _MODULES:
        for name, value in vars(module).items():
            if not isinstance(value, FunctionType):
                if isinstance(value, int):
                    space[name] = value
            elif value.__module__ == module.__name__:
                names.append(name)
                space[name] = _jit(numba.njit, value, space)
    return SimpleNamespace(**{name: space[name] for name in names})


def _jit(njit: Callable[..., Any], kernel: FunctionType, space: dict[str, Any]) -> Any:
    """Compile a copy of a kernel that calls its compiled neighbours."""
    copy = FunctionType(kernel.__code__, space, kernel.__name__, kernel.__defaults__)
    copy.__module__ = kernel.__module__
    copy.__qualname__ = kernel.__qualname__
    return njit(cache=True, nogil=True)(copy)
