"""``limen cases``: the desk on the command line."""

from limen.cli.commands.cases.case_commands import cases

__all__ = ["cases"]
