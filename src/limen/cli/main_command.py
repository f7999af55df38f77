"""The ``limen`` command: its subcommands, loaded when they are called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NoReturn

import click

from limen._version import __version__
from limen.cli.run_command import run
from limen.util.exit_codes import summary
from limen.util.suggest import did_you_mean

#: Subcommand -> what it does. The module of the same name is imported when the command is called,
#: and none to show the help.
_COMMANDS = {
    "screen": "Screen names or portfolios, as of a date.",
    "base": "Keep customer bases: portfolios that are screened at every change.",
    "rescreen": "Screen what changed for a base since its last run, with proof.",
    "watch": "Update lists, re-screen bases, write alerts; once, or again and again.",
    "lookback": "Screen dated rows as of their days: what would have alerted?",
    "locate": "Locate an address: inside a territory under embargo?",
    "parties": "Show a party's records on all lists, judge what is one, show gaps.",
    "lists": "Update the lists, see their state, compare two days.",
    "regimes": "What was in force or prepared on a date; the law's tests.",
    "timeline": "A regime's measures, statements and events along time.",
    "assess": "Assess an event at an instant, by every statement on record.",
    "read": "Read a document: parties, places, statements and their speakers.",
    "pay": "Screen payment messages: pass, hold or reject.",
    "cases": "Open alerts, decide them by two people, verify their log.",
    "whatif": "Simulate an event: who of a portfolio would be hit.",
    "snapshot": "Build, verify, list and choose snapshots.",
    "archive": "Verify the archive that snapshots are built from.",
    "serve": "Serve the HTTP API and the pages.",
    "keys": "Make, list and revoke API keys for the server.",
    "replay": "Take recorded answers again from their stamps.",
}


#: Where the module of a subcommand is, if it is in a folder.
_IN_FOLDERS = {
    "base": "bases.base",
    "rescreen": "bases.rescreen",
    "watch": "bases.watch",
    "lookback": "bases.lookback",
}


class _Lazy(click.Group):
    """Represents the command group; a subcommand's module is imported when it is called."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"limen.cli.commands.{_IN_FOLDERS.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"no such command {args[0]!r}: {did_you_mean(args[0], _COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.command(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Data goes to stdout, messages and progress to stderr. " + summary(),
)
@click.version_option(__version__, prog_name="limen")
def limen() -> None:
    """Sanctions screening that answers as of a date, with its evidence.

    \b
      limen lists update                          get the official lists
      limen screen "Sergey Aksyonov"              is this party listed?
      limen screen portfolio.csv --as-of 2022-03-01
    """  # noqa: D301 (click reads the escape)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with its exit code."""
    sys.exit(run(limen, sys.argv[1:] if arguments is None else arguments))
