"""``limen whatif``: a portfolio under an overlay. A simulation, and never a decision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.cli.options import chosen_format, debug_option, output_options, quiet_option

if TYPE_CHECKING:
    from limen.simulation.what_if import Holding

#: Headings taken for an amount, where none is named.
_AMOUNTS = ("amount", "exposure", "exposure_eur", "exposure_usd", "balance", "value")


@click.command()
@click.argument("event", metavar="EVENT")
@click.argument("file", metavar="FILE")
@click.option("--at", required=True, metavar="INSTANT", help="From when it is supposed.")
@click.option("--known-at", metavar="INSTANT", help="When measures must be known; --at itself.")
@click.option("--reading", metavar="STATEMENT", help="Only what waits for its trigger: S09a.")
@click.option("--authority", metavar="CODE", help="Only this authority's measures.")
@click.option("--assume", multiple=True, metavar="WHAT",
              help="party=NAME@US, territory=ua-ngc-kherson@us-eo-14065, "
                   "licence-ends=RUSSIA-EO14024/8A. Repeatable.")  # fmt: skip
@click.option("--no-hindsight", is_flag=True, help="Only whom one could have named at the time.")
@click.option("--amount", metavar="COLUMN", help="The column with what is at stake; found out.")
@click.option("--svg", type=click.Path(path_type=Path), metavar="FILE", help="Draw it too.")
@output_options
@quiet_option
@debug_option
def whatif(
    *,
    event: str,
    file: str,
    at: str,
    known_at: str | None,
    reading: str | None,
    authority: str | None,
    assume: tuple[str, ...],
    no_hindsight: bool,
    amount: str | None,
    svg: Path | None,
    output_format: str | None,
    output: Path | None,
    quiet: bool,
) -> int:
    """Suppose that EVENT meets its condition: who in the portfolio FILE would be newly hit?

    A dash for EVENT supposes no event, and takes --assume alone. Every line says "simulation".

    \b
      limen whatif EV05 portfolio.csv --at 2022-02-21T23:59-05:00
      limen whatif - portfolio.csv --at 2022-11-01 --assume territory=ua-ngc-kherson@us-eo-14065
    """  # noqa: D301 (click reads the escape)
    import limen
    from limen.cli.destination import write_text
    from limen.cli.render.law.what_if import drawn, what_if_records
    from limen.cli.write_records import write_records

    engine = limen.open()
    with ExitStack() as stack:
        found = engine.what_if(
            None if event == "-" else event,
            _holdings(file, amount, stack, quiet=quiet),
            at=at,
            known_at=known_at,
            reading=reading,
            authority=authority,
            assume=assume,
            hindsight=not no_hindsight,
        )
    write_records(
        what_if_records(found), chosen_format(output_format, output, explain=False), output
    )
    if svg:
        write_text(svg, drawn(found))
    return 0


def _holdings(file: str, amount: str | None, stack: ExitStack, *, quiet: bool) -> Iterator[Holding]:
    """Yield the rows of a portfolio, its columns mapped as for screening."""
    from limen.batch.columns.mapping import Wishes, map_columns
    from limen.batch.row_party import party_of
    from limen.batch.tables.open_table import open_table
    from limen.batch.tables.table import peek
    from limen.model import LimenError
    from limen.simulation.what_if import Holding

    table = stack.enter_context(open_table(file, encoding=None, header=None, named={}))
    sample, rows = peek(table.rows, table.sample)
    columns = map_columns(table.name, table.columns, sample, Wishes(targets={}))
    named = _amount_column(table.columns, amount)
    refused = 0
    for row in rows:
        try:
            if row.problem is not None:
                raise row.problem
            party, _ = party_of(row, columns, where=f"{table.name} line {row.line:,}")
        except LimenError as error:
            refused += 1
            if not quiet:
                click.echo(str(error), err=True)
            continue
        label = str(next(iter(row.cells.values()), ""))
        yield Holding(party, _number(row.cells.get(named, "")), label)
    if refused:
        click.echo(f"{refused:,} rows could not be read and are not in the simulation", err=True)


def _amount_column(columns: tuple[str, ...], named: str | None) -> str:
    from limen.model import InputError
    from limen.util.suggest import did_you_mean

    if named and named not in columns:
        raise InputError(
            f"no column {named!r}", where="--amount", hint=did_you_mean(named, columns)
        )
    return named or next((each for each in columns if each.casefold() in _AMOUNTS), "")


def _number(cell: object) -> float | None:
    try:
        return float(str(cell).replace(",", "").replace(" ", ""))
    except ValueError:
        return None
