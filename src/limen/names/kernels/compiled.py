"""The kernels compiled by numba: the same functions, the same integers, some hundred times faster.

numba takes longer to import than a single question takes to answer, so nothing here is imported
until a batch or a server asks. Compiled code is kept in the user's cache folder, under the hash
of the kernels themselves: numba itself does not notice when a function that a cached one calls has
changed.
"""

from __future__ import annotations

import marshal
import os
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, TypeGuard

from platformdirs import user_cache_path

from limen.names.kernels import acronyms, align, bounds, loops
from limen.names.kernels import edit_distance as letters
from limen.names.kernels import joined_words as joins
from limen.names.kernels import score as weigh
from limen.names.kernels import word_similarity as kernels

_MODULES = (letters, kernels, joins, acronyms, weigh, align, bounds, loops)
#: The kernels that are called from outside.
ASKED = ("align", "align_pairs", "ask_names")


@cache
def compiled() -> SimpleNamespace:
    """Every kernel by its name, compiled when it is first called and cached on disk."""
    import numba

    folder = _folder()
    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(folder)
    try:
        jit: Any = numba.njit
        asked = {"cache": _can_write(folder), "nogil": True}
        inner = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
        return _compile(jit(**asked, **inner), jit(**asked))
    finally:
        settings.CACHE_DIR = before


def _can_write(folder: Path) -> bool:
    """Whether compiled code can be kept; where it cannot, it is compiled for this process alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def is_compiled() -> bool:
    """Whether this machine has these kernels compiled; the first time takes half a minute."""
    return _folder().is_dir()


def _folder() -> Path:
    return user_cache_path("limen") / "kernels" / _fingerprint()


def _fingerprint() -> str:
    """The hash of every kernel and constant as this process has them."""
    digest = sha256(repr(ASKED).encode())
    for module in _MODULES:
        for name, value in sorted(vars(module).items()):
            if isinstance(value, int):
                digest.update(f"{name}={value};".encode())
            elif _is_kernel(value, module):
                digest.update(marshal.dumps(value.__code__))
    return digest.hexdigest()[:16]


def _compile(inner: Any, asked: Any) -> SimpleNamespace:
    """Copies of the kernels that call their compiled neighbours instead of the plain ones.

    Only those in ``ASKED`` can be called from here: every way in is compiled too. The others
    allocate nothing, and do without the counts of who holds an array. Constants are plain 64-bit
    integers: as literals, a kernel would be compiled again for each.
    """
    import numpy as np

    space: dict[str, Any] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            if isinstance(value, int):
                space[name] = np.int64(value)
            elif _is_kernel(value, module):
                copy = FunctionType(value.__code__, space, name)
                copy.__module__ = module.__name__
                space[name] = asked(copy) if name in ASKED else inner(copy)
    return SimpleNamespace(**{name: space[name] for name in ASKED})


def _is_kernel(value: object, module: ModuleType) -> TypeGuard[FunctionType]:
    return isinstance(value, FunctionType) and value.__module__ == module.__name__
