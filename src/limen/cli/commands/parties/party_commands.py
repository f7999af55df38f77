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


_as_of = click.option(
    "--as-of", metavar="DATE", help="The day that is asked about; the newest known."
)


@parties.command()
@click.argument("id_", metavar="ID")
@click.option("--as-of", metavar="DATE", help="When listings must have applied; today.")
@click.option("--known-at", metavar="DATE", help="When it must have been known; today.")
@output_options
@debug_option
def show(
    *,
    id_: str,
    as_of: str | None,
    known_at: str | None,
    output_format: str | None,
    output: Path | None,
) -> int:
    """Show a party whole: names by script, facts, listings along time, why its records are one.

    ID is a party's, or a record's (list:record). An id that a party had before leads to the party
    that has its record now, and merges and splits are listed; with --known-at, to that of the day.

    \b
      limen parties show us_ofac_sdn:17013
      limen parties show us_ofac_sdn:17013 --known-at 2022-03-01 --format json
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs.parties.show_party import party_records
    from limen.cli.write_records import write_records
    from limen.snapshot import Snapshot, active_folder, home_folder

    snapshot = Snapshot(active_folder(home_folder()))
    shape = chosen_format(output_format, output, explain=False)
    write_records(party_records(snapshot, id_, as_of, known_at), shape, output)
    return 0


@parties.command()
@click.option("--listed-by", required=True, metavar="CODE", help="The authority that lists them.")
@click.option("--not-by", required=True, metavar="CODES", help="Authorities that do not: EU,UK.")
@click.option(
    "--programme",
    default="",
    metavar="TEXT",
    help="Only those under a programme with this in its name.",
)
@_as_of
@output_options
@debug_option
def gaps(
    *,
    listed_by: str,
    not_by: str,
    programme: str,
    as_of: str | None,
    output_format: str | None,
    output: Path | None,
) -> int:
    """Show who is listed by one authority and by none of others on a day, and since when.

    \b
      limen parties gaps --listed-by US --not-by EU,UK --as-of 2022-04-08
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs.parties.authority_tables import gaps_between, later_lists
    from limen.cli.write_records import write_records
    from limen.snapshot import Snapshot, active_folder, home_folder

    snapshot = Snapshot(active_folder(home_folder()))
    others = tuple(code.strip().upper() for code in not_by.split(",") if code.strip())
    write_records(
        gaps_between(snapshot, listed_by.strip().upper(), others, as_of, programme),
        chosen_format(output_format, output, explain=False),
        output,
    )
    for line in later_lists(snapshot, as_of, (listed_by.strip().upper(), *others)):
        click.echo(line, err=True)
    return 0


@parties.command()
@_as_of
@output_options
@debug_option
def matrix(*, as_of: str | None, output_format: str | None, output: Path | None) -> int:
    """Show how many parties each authority lists on a day and each other one does not.

    \b
      limen parties matrix --as-of 2022-04-08
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs.parties import authority_tables
    from limen.cli.write_records import write_records
    from limen.snapshot import Snapshot, active_folder, home_folder
    from limen.snapshot.authority_gaps import authorities_of

    snapshot = Snapshot(active_folder(home_folder()))
    shape = chosen_format(output_format, output, explain=False)
    write_records(authority_tables.matrix(snapshot, as_of), shape, output)
    for line in authority_tables.later_lists(snapshot, as_of, authorities_of(snapshot)):
        click.echo(line, err=True)
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
    from limen.cli.runs.parties import authority_tables
    from limen.cli.write_records import write_records
    from limen.snapshot import Snapshot, active_folder, home_folder

    snapshot = Snapshot(active_folder(home_folder()))
    shape = chosen_format(output_format, output, explain=False)
    write_records(authority_tables.coordination(snapshot, since, until), shape, output)
    for line in authority_tables.short_histories(snapshot, since, until):
        click.echo(line, err=True)
    return 0
