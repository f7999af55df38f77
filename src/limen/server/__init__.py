"""The HTTP API and the pages: a drop-in for yente's clients, and a place to work in."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from limen.server.app import create_app
    from limen.server.settings import Limits, Settings
    from limen.server.workers import serve

__all__ = ["Limits", "Settings", "create_app", "serve"]

_ROOMS = {"create_app": "app", "serve": "workers", "Settings": "settings", "Limits": "settings"}


def __getattr__(name: str) -> Any:
    """Load when first asked for: where metrics are kept is settled before they are imported."""
    if name in _ROOMS:
        return getattr(import_module(f"limen.server.{_ROOMS[name]}"), name)
    raise AttributeError(f"module 'limen.server' has no attribute {name!r}")
