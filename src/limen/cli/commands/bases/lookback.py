"""``limen lookback``: dated rows as of their days."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from limen.cli.options import chosen_format, debug_option, output_options, quiet_option


@click.command()
@click.argument("file")
@click.option("--from", "first", required=True, metavar="DAY", help="The first day of the window.")
@click.option("--to", "last", required=True, metavar="DAY", help="The last day, included.")
@click.option("--date", metavar="COLUMN", help="The day of a row: a payment.")
@click.option("--start", metavar="COLUMN", help="The first day of a row: a customer.")
@click.option("--end", metavar="COLUMN", help="The last day of a customer; empty where it goes on.")
@click.option(
    "--known", type=click.Choice(["then", "now"]), default="then", show_default=True,
    help="With what was known on each day, or with what is known now.",
)  # fmt: skip
@click.option("--alerted", metavar="COLUMN", help="Whether a row did alert: yes, no, hit, clear.")
@click.option("--amount", metavar="COLUMN", help="What is at stake.")
@click.option("--currency", metavar="COLUMN", help="Of the amount.")
@click.option(
    "--map", "wishes", multiple=True, metavar="COLUMN=PROPERTY",
    help="What a column is; COLUMN= leaves it out. Repeatable.",
)  # fmt: skip
@click.option("--schema", metavar="SCHEMA", help="Of rows that do not say; any.")
@click.option(
    "--date-order", type=click.Choice(["dmy", "mdy"]), help="Of dates that read both ways."
)
@click.option(
    "--authority", "authorities", multiple=True, metavar="CODE",
    help="An authority's lists: US, EU, UK, UN, ... Repeatable.",
)  # fmt: skip
@click.option("--list", "lists", multiple=True, metavar="LIST", help="A list. Repeatable.")
@click.option(
    "--allow-stale", multiple=True, metavar="LIST",
    help="Accept that this list is stale or incomplete; it is recorded. Repeatable.",
)  # fmt: skip
@click.option("--threshold", type=float, metavar="SCORE", help="The score of a hit, 0 to 1.")
@click.option(
    "--scope", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write the scope of the look-back here, as JSON: for the report.",
)  # fmt: skip
@output_options
@quiet_option
@debug_option
def lookback(file: str, **options: Any) -> int:
    """Screen dated rows as law and lists stood on the day of each.

    Leaves with 5 where rows could not be read, and with 6 where one could not be said.

    \b
      limen lookback payments.csv --from 2022-02-18 --to 2022-02-25 --date value_date
      limen lookback customers.csv --from 2022-02-18 --to 2022-02-25 --start opened --end closed
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs.look_back_file import look_back_file

    if (options["date"] is None) == (options["start"] is None):
        raise click.UsageError("name the column of a row's day with --date, or --start and --end")
    if options["date"] and options["end"]:
        raise click.UsageError("--end is for customers with a --start")
    output = options["output"]
    options["output_format"] = chosen_format(options["output_format"], output, explain=False)
    return look_back_file(file, options)
