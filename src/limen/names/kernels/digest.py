"""The digest of the kernels' sources, which the compiled kernels carry in their name.

The build and the running program both call it, the build before anything is installed; so it
needs the standard library alone.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

#: The modules that call the kernels and are not compiled.
_AROUND = ("__init__", "backend", "digest", "encode", "threads")


def is_stable() -> bool:
    """Return whether this Python has the stable ABI, by which one module serves all from 3.11 on.

    Those without the interpreter's lock have none yet.
    """
    return sys.implementation.name == "cpython" and "t" not in getattr(sys, "abiflags", "")


def digest(folder: Path) -> str:
    """Return the digest of every kernel in ``folder`` and of the Pythons that it serves."""
    found = sha256(b"abi3" if is_stable() else str(sys.implementation.cache_tag).encode())
    for path in sorted(each for each in folder.rglob("*.py") if each.stem not in _AROUND):
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def seal_of(extension: Path) -> Path:
    """Return the file that holds the hash of a compiled module, written after it."""
    return extension.with_name(extension.name.partition(".")[0] + ".sha256")


def extension_name(folder: Path) -> str:
    """Return the name of the module that holds the compiled form of ``folder``."""
    return f"_compiled_{digest(folder)}"
