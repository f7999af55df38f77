"""Limen: sanctions screening that answers as of a date, with its evidence."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from limen._version import __version__

if TYPE_CHECKING:
    from limen import names
    from limen.engine import open_engine as open  # noqa: A004

__all__ = ["__version__", "names", "open"]


def __getattr__(name: str) -> Any:
    """Load a room when it is first asked for, so that importing limen costs nothing."""
    if name == "open":
        return import_module("limen.engine").open_engine
    if name == "names":
        return import_module("limen.names")
    raise AttributeError(f"module 'limen' has no attribute {name!r}")
