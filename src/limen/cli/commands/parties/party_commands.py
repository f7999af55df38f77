"""``limen parties``: one party with its records, and who is listed by one and not by others."""

from __future__ import annotations

from pathlib import Path

import click

from limen.cli.commands.parties.judge_commands import (
    export_judgements,
    import_judgements,
    judge,
    judgements,
)
from limen.cli.options import chosen_format, debug_option, output_options


@click.group()
def parties() -> None:
    """Show and judge parties: the records of all lists that are one, and why."""


parties.add_command(judge)
parties.add_command(judgements)
parties.add_command(export_judgements)
parties.add_command(import_judgements)


@parties.command()
@click.argument("id_", metavar="ID")
@output_options
@debug_option
def show(*, id_: str, output_format: str | None, output: Path | None) -> int:
    """Show the listings of a party along time; ID is a party's, or a record's (list:record).

    \b
      limen parties show us_ofac_sdn:17013
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs.show_parties import joins_of, listings_of
    from limen.cli.write_records import write_records
    from limen.snapshot import Snapshot, active_folder, home_folder

    snapshot = Snapshot(active_folder(home_folder()))
    write_records(
        listings_of(snapshot, id_), chosen_format(output_format, output, explain=False), output
    )
    for line in joins_of(snapshot, id_):
        click.echo(line, err=True)
    return 0


@parties.command()
@click.option("--listed-by", required=True, metavar="CODE", help="The authority that lists them.")
@click.option("--not-by", required=True, metavar="CODES", help="Authorities that do not: EU,UK.")
@click.option("--as-of", metavar="DATE", help="The day that is asked about; the newest known.")
@output_options
@debug_option
def gaps(
    *,
    listed_by: str,
    not_by: str,
    as_of: str | None,
    output_format: str | None,
    output: Path | None,
) -> int:
    """Show who is listed by one authority and by none of others on a day, and since when.

    \b
      limen parties gaps --listed-by US --not-by EU,UK --as-of 2022-04-08
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs.show_parties import gaps_between
    from limen.cli.write_records import write_records
    from limen.snapshot import Snapshot, active_folder, home_folder

    snapshot = Snapshot(active_folder(home_folder()))
    others = tuple(code.strip().upper() for code in not_by.split(","))
    write_records(
        gaps_between(snapshot, listed_by.upper(), others, as_of),
        chosen_format(output_format, output, explain=False),
        output,
    )
    return 0


@parties.command()
@click.option("--as-of", metavar="DATE", help="The day that is asked about; the newest known.")
@output_options
@debug_option
def matrix(*, as_of: str | None, output_format: str | None, output: Path | None) -> int:
    """Show how many parties each authority lists on a day and each other one does not.

    \b
      limen parties matrix --as-of 2022-04-08
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs import show_parties
    from limen.cli.write_records import write_records
    from limen.snapshot import Snapshot, active_folder, home_folder

    snapshot = Snapshot(active_folder(home_folder()))
    shape = chosen_format(output_format, output, explain=False)
    write_records(show_parties.matrix(snapshot, as_of), shape, output)
    return 0


@parties.command()
@click.option("--from", "since", required=True, metavar="DATE", help="The first day.")
@click.option("--to", "until", required=True, metavar="DATE", help="The last day.")
@output_options
@debug_option
def coordination(*, since: str, until: str, output_format: str | None, output: Path | None) -> int:
    """Show who was listed by whom first in a period, and when others followed.

    \b
      limen parties coordination --from 2022-02-21 --to 2022-04-08
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs import show_parties
    from limen.cli.write_records import write_records
    from limen.snapshot import Snapshot, active_folder, home_folder

    snapshot = Snapshot(active_folder(home_folder()))
    shape = chosen_format(output_format, output, explain=False)
    write_records(show_parties.coordination(snapshot, since, until), shape, output)
    for line in show_parties.short_histories(snapshot, since, until):
        click.echo(line, err=True)
    return 0
