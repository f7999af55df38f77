"""``limen locate``: locate addresses, or files of them, in the territories under embargo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from limen.cli.options import (
    cases_option,
    chosen_format,
    debug_option,
    output_options,
    quiet_option,
    resume_options,
)


@click.command()
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS... | FILE...")
@click.option(
    "--country",
    metavar="COUNTRY",
    help="The country, where it is known apart from the address; name or code.",
)
@click.option("--as-of", metavar="DATE", help="When measures must have applied; today.")
@click.option("--known-at", metavar="DATE", help="When both must have been known; now.")
@click.option(
    "--authority", "authorities", multiple=True, metavar="CODE",
    help="An authority: US, EU, UK, CA, AU, JP, CH; US, EU and UK. Repeatable.",
)  # fmt: skip
@click.option(
    "--map", "drawing", type=click.Path(path_type=Path), metavar="FILE.svg",
    help="Draw the territory and the point; of one address.",
)  # fmt: skip
@click.option("--territory", metavar="ID", help="The territory to draw; that of the finding.")
@output_options
@click.option(
    "--fail-on", type=click.Choice(["none", "inside"]), default="none",
    help="Leave with 11 when an address is inside.",
)  # fmt: skip
@resume_options
@cases_option
@quiet_option
@debug_option
def locate(addresses: tuple[str, ...], **options: Any) -> int:
    """Locate addresses, or the rows of CSV, JSON lines or Parquet files.

    An argument that is a file, or looks like the name of one, is a file: its columns named like
    the parts of an address (address, city, region, postcode, country, lat, lon, ...) are read
    together. Two numbers are a point: latitude first.

    \b
      limen locate "Yalta, Krimea" --as-of 2023-01-15
      limen locate "44.95, 34.10" --map crimea.svg
      limen locate customers.csv --authority EU --output located.csv
    """  # noqa: D301 (click reads the escape)
    from limen.batch.file_arguments import names_a_file

    files = [each for each in addresses if names_a_file(each)]
    if files and len(files) < len(addresses):
        raise click.UsageError("addresses and files cannot be mixed")
    if options["drawing"] and (files or len(addresses) != 1):
        raise click.UsageError("--map draws one address")
    output_format = chosen_format(options["output_format"], options["output"], explain=False)
    options["authorities"] = options["authorities"] or ("US", "EU", "UK")
    if files:
        from limen.cli.runs.locate_files import locate_files

        return locate_files(files, output_format, options)
    if options["resume"] or options["restart"]:
        raise click.UsageError("--resume and --restart are about files, and addresses are given")
    from limen.cli.runs.locate_rows import locate_rows

    return locate_rows(addresses, output_format, options)
