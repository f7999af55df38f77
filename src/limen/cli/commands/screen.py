"""``limen screen``: names or portfolios against the lists, as of a date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from limen.cli.options import (
    cases_option,
    debug_option,
    output_options,
    ownership_option,
    question_options,
    quiet_option,
    resume_options,
)


def _party_options(command: Any) -> Any:
    options = (
        click.option("--schema", metavar="SCHEMA", help="Person, Company, Vessel, ...; any."),
        click.option("--birth-date", metavar="DATE", help="1962, 1962-11 or 1962-11-23."),
        click.option("--country", multiple=True, metavar="COUNTRY", help="Name or code."),
        click.option("--address", multiple=True, metavar="TEXT", help="As it is written."),
        click.option(
            "--id", "numbers", multiple=True, metavar="NUMBER",
            help="Passport, tax or national number, LEI, BIC, IMO number, wallet.",
        ),
        click.option(
            "--property", "more", multiple=True, metavar="NAME=VALUE",
            help="Any other FollowTheMoney property of the party.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def _file_options(command: Any) -> Any:
    options = (
        click.option(
            "--map", "wishes", multiple=True, metavar="COLUMN=PROPERTY",
            help="What a column is; COLUMN= leaves it out. Repeatable.",
        ),
        click.option(
            "--date-order", type=click.Choice(["dmy", "mdy"]), help="Of dates that read both ways."
        ),
        click.option("--encoding", metavar="NAME", help="Of text files; found out."),
        click.option(
            "--header/--no-header", default=None, help="Whether the first row holds headings."
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("what", nargs=-1, metavar="NAME... | FILE...")
@_party_options
@question_options
@click.option("--threshold", type=float, metavar="SCORE", help="The score of a hit, 0 to 1.")
@ownership_option
@click.option("--explain", is_flag=True, help="Draw the evidence of every finding.")
@output_options
@click.option(
    "--fail-on", type=click.Choice(["none", "review", "hit"]), default="none",
    help="Leave with 10 (review) or 11 (hit) when there is one.",
)  # fmt: skip
@_file_options
@resume_options
@cases_option
@quiet_option
@debug_option
def screen(what: tuple[str, ...], **options: Any) -> int:
    """Screen names, or portfolios in CSV, JSON lines or Parquet.

    An argument that is a file, or looks like the name of one, is a portfolio; anything else is
    a name. A dash reads a portfolio from standard input.

    \b
      limen screen "Sergey Aksyonov" --birth-date 1972-11-26 --explain
      limen screen customers.csv --as-of 2022-03-01 --output hits.csv
      limen screen customers.csv --ownership stakes.csv
      zcat big.csv.gz | limen screen - --map kunde=name --fail-on hit
    """  # noqa: D301 (click reads the escape)
    from limen.batch.file_arguments import names_a_file

    files = [argument for argument in what if names_a_file(argument)]
    if files and len(files) < len(what):
        name = next(argument for argument in what if argument not in files)
        raise click.UsageError(
            f"names and files cannot be mixed: {files[0]!r} is a file, {name!r} is not there"
        )
    if files:
        from limen.cli.runs.screen_files import screen_files

        _refuse(options, _OF_NAMES, "describes a single name, and files are given")
        return screen_files(files, options)
    from limen.cli.runs.screen_names import screen_names

    _refuse(options, _OF_FILES, "is about files, and names are given")
    if not what and not options["numbers"]:
        raise click.UsageError("give a name, a file, or - for standard input")
    return screen_names(what, options)


_OF_NAMES = ("birth_date", "country", "address", "numbers", "more")
_OF_FILES = ("wishes", "date_order", "encoding", "header", "resume", "restart")
_SPELT = {"numbers": "id", "more": "property", "wishes": "map"}


def _refuse(options: dict[str, Any], names: Sequence[str], why: str) -> None:
    for name in names:
        if options[name] not in (None, False, ()):
            raise click.UsageError(f"--{_SPELT.get(name, name).replace('_', '-')} {why}")
