"""The command line: thin commands over the library."""

from limen.cli.app import main

__all__ = ["main"]
