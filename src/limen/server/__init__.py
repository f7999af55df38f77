"""Serve Limen over HTTP: yente's API, Limen's own, OpenRefine's, and pages for analysts.

Only these names are for others; ``limen serve`` is the command. It answers nothing itself:
every question goes to ``limen.engine``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from limen.server.app import create_app
    from limen.server.settings import Limits, Settings
    from limen.server.workers import serve

__all__ = ["Limits", "Settings", "create_app", "serve"]

_MODULES = {"create_app": "app", "serve": "workers", "Settings": "settings", "Limits": "settings"}


def __getattr__(name: str) -> Any:
    """Import a name on first use: the folder of the metrics must be set before they load."""
    if name in _MODULES:
        return getattr(import_module(f"limen.server.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'limen.server' has no attribute {name!r}")
