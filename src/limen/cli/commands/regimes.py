"""``limen regimes``: the measures of a date, one with its licences, the lawyers' tests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from limen.cli.commands.law.accept import accept
from limen.cli.commands.law.ask import ask
from limen.cli.commands.law.authorised import authorised
from limen.cli.commands.law.own import check, new
from limen.cli.commands.law.packs import pack, packs, update
from limen.cli.commands.ownership import ownership
from limen.cli.options import chosen_format, debug_option, output_options
from limen.util.exit_codes import ExitCode

if TYPE_CHECKING:
    from limen.law import Clocks


@click.group()
def regimes() -> None:
    """Show the law as data: what was in force, prepared or ended on a date."""


regimes.add_command(accept)
regimes.add_command(ownership)
regimes.add_command(ask)
regimes.add_command(authorised)
regimes.add_command(new)
regimes.add_command(check)
regimes.add_command(update)
regimes.add_command(pack)
regimes.add_command(packs)


def clock_options(command: Any) -> Any:
    """Add ``--as-of`` and ``--known-at`` to a command."""
    options = (
        click.option("--as-of", metavar="DATE", help="When it must have applied; today."),
        click.option("--known-at", metavar="DATE", help="When it must have been known; all."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@regimes.command("list")
@clock_options
@click.option("--regime", metavar="REGIME", help="Only this regime.")
@click.option("--authority", metavar="CODE", help="Only this authority's.")
@click.option(
    "--standing", metavar="WORD", help="Only in_force, prepared, enabled, suspended, ended, ..."
)
@output_options
@debug_option
def list_command(
    as_of: str | None,
    known_at: str | None,
    regime: str | None,
    authority: str | None,
    standing: str | None,
    output_format: str | None,
    output: Path | None,
) -> int:
    """Show every measure, and its state."""
    import limen
    from limen.cli.render.law.regimes import list_records
    from limen.cli.write_records import write_records
    from limen.law.in_force import measure_states

    query_clocks = clocks(as_of, known_at)
    law = limen.open().regimes_known(query_clocks.known_at).law
    chosen = law.regime(regime).measures if regime else law.measures
    found = [
        each
        for each in measure_states(law, chosen, query_clocks)
        if authority in (None, each.measure.authority) and standing in (None, each.change.is_)
    ]
    records = list_records(law, found, query_clocks)
    write_records(records, chosen_format(output_format, output, explain=False), output)
    return 0


@regimes.command()
@click.argument("name", metavar="MEASURE|TRIGGER|STATEMENT|LICENCE")
@clock_options
@output_options
@debug_option
def show(
    name: str,
    as_of: str | None,
    known_at: str | None,
    output_format: str | None,
    output: Path | None,
) -> int:
    """Show one measure with its provisions and the licences then valid; or a trigger, or words."""
    import limen
    from limen.cli.render.law.regimes import show_records
    from limen.cli.write_records import write_records

    query_clocks = clocks(as_of, known_at)
    law = limen.open().regimes_known(query_clocks.known_at).law
    records = show_records(law, name, query_clocks)
    write_records(records, chosen_format(output_format, output, explain=False), output)
    return 0


@regimes.command()
@click.argument("lists", nargs=-1, metavar="[LIST]...")
@output_options
@debug_option
def coverage(lists: tuple[str, ...], output_format: str | None, output: Path | None) -> int:
    """Show how many listings of each list have an encoded measure, and what it does."""
    import limen
    from limen.cli.render.law.coverage import coverage_records
    from limen.cli.write_records import write_records
    from limen.simulation.law_coverage import law_coverage

    engine = limen.open()
    shares = list(law_coverage(engine.snapshot, engine.listed, lists))
    chosen = chosen_format(output_format, output, explain=False)
    write_records(coverage_records(shares), chosen, output)
    return 0


@regimes.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@output_options
@debug_option
def test(files: tuple[Path, ...], output_format: str | None, output: Path | None) -> int:
    """Run the lawyers' tests: those that come with Limen, or those in FILES.

    They are run against the bundled law, read afresh. Leaves with 3 when one fails.
    """
    from limen.cli.render.law.regimes import test_records
    from limen.cli.write_records import write_records
    from limen.law.cases import bundled_cases, read_cases, run_case
    from limen.law.files.read_law import read_law

    law = read_law()
    cases = (
        [case for file in files for case in read_cases(file.read_bytes(), str(file), law)]
        if files
        else bundled_cases(law)
    )
    results = [run_case(law, case) for case in cases]
    write_records(
        test_records(results), chosen_format(output_format, output, explain=False), output
    )
    failed = any(result.failures for result in results)
    return ExitCode.DATA_REFUSED if failed else ExitCode.DONE


def clocks(as_of: str | None, known_at: str | None) -> Clocks:
    """Read the two clocks from their options; the defaults are today, and all that is known."""
    from limen.law import Clocks
    from limen.model.instant import Instant, read_instant

    today = Instant.parse(datetime.now(UTC).date())
    day = read_instant(as_of, "--as-of") or today
    return Clocks(day, read_instant(known_at, "--known-at") or max(today, day))
