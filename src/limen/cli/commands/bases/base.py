"""``limen base``: add, update, show, list and remove customer bases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from limen.cli.options import chosen_format, debug_option, output_options, quiet_option


def _reading_options(command: Any) -> Any:
    options = (
        click.option(
            "--map", "wishes", multiple=True, metavar="COLUMN=PROPERTY",
            help="What a column is; COLUMN= leaves it out. Repeatable.",
        ),
        click.option("--schema", metavar="SCHEMA", help="Of rows that do not say; any."),
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


@click.group()
def base() -> None:
    """Keep customer bases: portfolios that are compiled once and screened at every change."""


@base.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@_reading_options
@quiet_option
@debug_option
def add(name: str, file: Path, **options: Any) -> int:
    """Compile a portfolio in CSV, JSON lines or Parquet into a new base.

    \b
      limen base add retail customers.csv
      limen rescreen retail
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs.customer_bases import store

    return store(name, file, options, new=True)


@base.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@_reading_options
@quiet_option
@debug_option
def update(name: str, file: Path, **options: Any) -> int:
    """Take a new file into a base, and show who is new, changed and gone.

    Without options the file is read as the one before it was.
    """
    from limen.cli.runs.customer_bases import store

    return store(name, file, options, new=False)


@base.command()
@click.argument("name")
@output_options
@debug_option
def show(name: str, **options: Any) -> int:
    """Show a base: its file, its columns, its customers, and the rows that were refused."""
    from limen.cli.runs.customer_bases import shown

    return _write(shown(name), options)


@base.command("list")
@output_options
@debug_option
def list_command(**options: Any) -> int:
    """List the bases there are, each with its last run."""
    from limen.cli.runs.customer_bases import listed

    return _write(listed(), options)


@base.command()
@click.argument("name")
@quiet_option
@debug_option
def remove(*, name: str, quiet: bool) -> int:
    """Remove a base with all of its versions and runs; your files stay."""
    from limen.rescreening.bases.base_home import remove_base
    from limen.snapshot import home_folder

    remove_base(home_folder(), name)
    if not quiet:
        click.echo("removed, with its runs and their proofs", err=True)
    return 0


def _write(records: Any, options: Mapping[str, Any]) -> int:
    from limen.cli.write_records import write_records

    output = options["output"]
    write_records(records, chosen_format(options["output_format"], output, explain=False), output)
    return 0
