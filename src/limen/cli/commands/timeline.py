"""``limen timeline``: a regime's measures, words and events along time."""

from __future__ import annotations

from pathlib import Path

import click

from limen.cli.options import chosen_format, debug_option, output_options


@click.command()
@click.argument("regime", metavar="REGIME")
@click.option("--from", "start", metavar="DATE", help="Where it begins; the first day there is.")
@click.option("--to", "end", metavar="DATE", help="Where it ends; the last day there is.")
@click.option("--as-of", metavar="DATE", help="The cursor of what applied; the end.")
@click.option("--known-at", metavar="DATE", help="The cursor of what was known; all there is.")
@click.option("--authority", metavar="CODE", help="Only this authority's.")
@click.option("--svg", type=click.Path(path_type=Path), metavar="FILE", help="Draw it.")
@output_options
@debug_option
def timeline(
    regime: str,
    start: str | None,
    end: str | None,
    as_of: str | None,
    known_at: str | None,
    authority: str | None,
    svg: Path | None,
    output_format: str | None,
    output: Path | None,
) -> int:
    """Show a regime along time; `limen regimes list` names the regimes.

    \b
      limen timeline russia-ukraine --from 2022-01-15 --to 2022-03-15 --svg out.svg
      limen timeline russia-ukraine --known-at 2022-02-21T23:59-05:00
    """  # noqa: D301 (click reads the escape)
    import limen
    from limen.cli.commands.regimes import clocks
    from limen.cli.destination import write_text
    from limen.cli.render.law.regimes import timeline_records
    from limen.cli.write_records import write_records
    from limen.law.timeline import timeline as lay_out
    from limen.model.instant import read_instant
    from limen.render.timeline_svg import draw

    law = limen.open().regimes.law
    query_clocks = clocks(as_of or end, known_at)
    found = lay_out(
        law,
        regime,
        query_clocks,
        start=read_instant(start, "--from"),
        end=read_instant(end, "--to"),
        authority=authority.upper() if authority else None,
    )
    write_records(
        timeline_records(found), chosen_format(output_format, output, explain=False), output
    )
    if svg:
        write_text(svg, draw(found))
    return 0
