"""The one entry point to a snapshot: open it, ask it, replay an answer."""

from limen.engine.engine import Engine
from limen.engine.open import open_engine

__all__ = ["Engine", "open_engine"]
