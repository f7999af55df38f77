"""The engine's version; it is part of every stamp."""

__version__ = "0.1.0"
