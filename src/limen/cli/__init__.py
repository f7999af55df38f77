"""The command line: thin commands over the library."""

from limen.cli.main_command import main

__all__ = ["main"]
