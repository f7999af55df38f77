"""``limen whatif``: a portfolio under an overlay. A simulation, and never a decision."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.cli.options import chosen_format, debug_option, output_options, quiet_option

if TYPE_CHECKING:
    from limen.model import LimenError
    from limen.simulation.holding import Holding


@click.command()
@click.argument("given", nargs=-1, required=True, metavar="[EVENT]... FILE")
@click.option("--at", metavar="INSTANT", help="From when it is supposed.")
@click.option("--between", nargs=2, metavar="A B", help="Compare two actual days instead.")
@click.option("--known-at", metavar="INSTANT", help="When measures must be known; --at itself.")
@click.option("--reading", metavar="STATEMENT", help="Only this reading, as S09a.")
@click.option("--authority", metavar="CODE", help="Only this authority's measures.")
@click.option("--assume", multiple=True, metavar="WHAT",
              help="party=NAME@US, territory=ua-ngc-kherson@us-eo-14065, "
                   "licence-ends=RUSSIA-EO14024/8A. Repeatable.")  # fmt: skip
@click.option("--ownership", metavar="FILE", help="Who owns whom, as for limen screen.")
@click.option("--no-hindsight", is_flag=True, help="Only whom one could have named at the time.")
@click.option("--amount", metavar="COLUMN", help="The column with what is at stake; found out.")
@click.option("--svg", type=click.Path(path_type=Path), metavar="FILE", help="Draw it too.")
@output_options
@quiet_option
@debug_option
def whatif(
    *,
    given: tuple[str, ...],
    at: str | None,
    between: tuple[str, str] | None,
    known_at: str | None,
    reading: str | None,
    authority: str | None,
    assume: tuple[str, ...],
    ownership: str | None,
    no_hindsight: bool,
    amount: str | None,
    svg: Path | None,
    output_format: str | None,
    output: Path | None,
    quiet: bool,
) -> int:
    """Suppose that EVENT happened: who in the portfolio FILE would be newly hit?

    Only what waits for a trigger that EVENT meets is supposed, by each reading on record then.
    Several events are compared side by side. A dash for EVENT supposes no event, and takes
    --assume alone. With --between nothing is supposed: it shows what changed from day A to B,
    and by which acts. Columns of country, NACE, NAICS, HS code, service and address are used.

    \b
      limen whatif EV05 portfolio.csv --at 2022-02-21T23:59-05:00
      limen whatif EV02 EV03 EV05 EV08 portfolio.csv --at 2022-02-21T23:59-05:00
      limen whatif --between 2022-02-20 2022-03-01 portfolio.csv
      limen whatif - portfolio.csv --at 2022-11-01 --assume territory=ua-ngc-kherson@us-eo-14065
    """  # noqa: D301 (click reads the escape)
    import limen
    from limen.cli.destination import write_text
    from limen.cli.render.law.between import between_records
    from limen.cli.render.law.what_if import drawn, what_if_records
    from limen.cli.write_records import write_records
    from limen.law.ownership.stakes_file import Stakes

    *events, file = given
    _check(events, at, between, assume)
    engine = limen.open()
    stakes = Stakes.read(ownership) if ownership else None
    holdings = _holdings(file, amount, quiet=quiet)
    form = chosen_format(output_format, output, explain=False)
    if between:
        found = engine.between(*between, holdings, known_at=known_at, ownership=stakes)
        write_records(between_records(found), form, output)
        return 0
    results = [
        engine.what_if(
            None if event == "-" else event,
            holdings,
            at=at,
            known_at=known_at,
            reading=reading,
            authority=authority,
            assume=assume,
            hindsight=not no_hindsight,
            ownership=stakes,
        )
        for event in events
    ]
    write_records(what_if_records(results), form, output)
    if svg:
        write_text(svg, drawn(results[0]))
    return 0


def _check(
    events: list[str], at: str | None, between: tuple[str, str] | None, assume: tuple[str, ...]
) -> None:
    """Refuse arguments that do not go together.

    Raises:
        InputError: no event and no days, an event without an instant, or both.
    """
    from limen.model import InputError

    if between and (events or at or assume):
        raise InputError(
            "two actual days and a supposition are different questions",
            where="--between",
            hint="limen whatif --between 2022-02-20 2022-03-01 portfolio.csv",
        )
    if not between and not (events and at):
        raise InputError(
            "an event and --at are needed, or --between with two days",
            where="whatif",
            hint="limen whatif EV05 portfolio.csv --at 2022-02-21T23:59-05:00",
        )


def _holdings(file: str, amount: str | None, *, quiet: bool) -> list[Holding]:
    """Return the rows of a portfolio; those that cannot be read are reported and counted."""
    from limen.batch.portfolio import read_holdings
    from limen.batch.tables.open_table import open_table

    refused: list[LimenError] = []
    with ExitStack() as stack:
        table = stack.enter_context(open_table(file, encoding=None, header=None, named={}))
        holdings = list(read_holdings(table, amount=amount, refused=refused.append))
    for error in refused if not quiet else ():
        click.echo(str(error), err=True)
    if refused:
        count = len(refused)
        click.echo(f"{count:,} rows could not be read and are not in the simulation", err=True)
    return holdings
