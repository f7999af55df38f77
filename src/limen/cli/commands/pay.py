"""``limen pay``: screen payment messages; ``limen pay lint``: what is wrong with their form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from limen.cli.options import (
    cases_option,
    debug_option,
    output_options,
    ownership_option,
    quiet_option,
    resume_options,
)


class _Pay(click.Group):
    """Represents the command: what is no subcommand is a file, a folder or a dash."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["messages", *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the options of a screening, which need no subcommand's name."""
        messages.format_options(ctx, formatter)


@click.group(cls=_Pay, subcommand_metavar="FILE|FOLDER|-... | lint FILE|FOLDER|-...")
def pay() -> None:
    """Screen payment messages, ISO 20022 or MT, element by element: pass, hold or reject.

    \b
      limen pay payment.xml
      limen pay inbox/ --channel sct_inst --output decisions.jsonl
      limen pay archive/ --look-back --output look-back.parquet
      cat batch.fin | limen pay - --fail-on hold
      limen pay lint payment.xml
    """  # noqa: D301 (click reads the escape)


@pay.command(hidden=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER|-...")
@click.option("--channel", metavar="NAME", help="A channel of the policy; its default.")
@click.option(
    "--policy", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="What channels screen, and what outcomes do; the shipped policy.",
)  # fmt: skip
@click.option("--as-of", metavar="DATE", help="When it must have applied; today.")
@click.option("--known-at", metavar="DATE", help="When it must have been known; all there is.")
@click.option(
    "--look-back", is_flag=True,
    help="Each transaction as of its own day, and what the decision was with what was known then.",
)  # fmt: skip
@click.option(
    "--allow-stale", multiple=True, metavar="LIST",
    help="Accept that this list is stale or incomplete; it is recorded. Repeatable.",
)  # fmt: skip
@ownership_option
@output_options
@click.option(
    "--fail-on", type=click.Choice(["none", "hold", "reject"]), default="none",
    help="Leave with 10 (hold) or 11 (reject) when there is one.",
)  # fmt: skip
@resume_options
@cases_option
@quiet_option
@debug_option
def messages(files: tuple[str, ...], **options: Any) -> int:
    """Screen the messages of files and folders."""
    from limen.cli.runs.pay_files import pay_files

    return pay_files(files, options)


@pay.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER|-...")
@click.option(
    "--as-of", metavar="DATE",
    help="The day of the guidelines, for transactions without a date; today.",
)  # fmt: skip
@click.option(
    "--schemas", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="FOLDER",
    help="Schemas of iso20022.org to check messages against: pacs.008.001.08.xsd, ...",
)  # fmt: skip
@output_options
@quiet_option
@debug_option
def lint(files: tuple[str, ...], **options: Any) -> int:
    """Check the form of messages: addresses, countries, placeholders, cut names, schemas.

    Leaves with 5 where there is an error. docs/payments-lint.md explains every code.
    """
    from limen.cli.runs.pay_lint import lint_files

    return lint_files(files, options)
