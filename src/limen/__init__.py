"""Limen: sanctions screening that answers as of a date, with its evidence."""

from limen._version import __version__

__all__ = ["__version__"]
