"""``limen regimes authorised``: may it be done in spite of a measure, by which licence."""

from __future__ import annotations

from pathlib import Path

import click

from limen.cli.options import chosen_format, debug_option, output_options


@click.command()
@click.option("--measure", "measures", multiple=True, metavar="MEASURE", help="The measure, by id.")
@click.option("--party", default="", metavar="NAME", help="With whom.")
@click.option("--activity", required=True, metavar="WORD", help="What is to be done, as energy.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="Of the transaction.")
@click.option("--as-of", metavar="DATE", help="When; today.")
@click.option("--known-at", metavar="DATE", help="When it must have been known; all.")
@output_options
@debug_option
def authorised(
    measures: tuple[str, ...],
    party: str,
    activity: str,
    facts: tuple[str, ...],
    as_of: str | None,
    known_at: str | None,
    output_format: str | None,
    output: Path | None,
) -> int:
    """Answer yes, no or cannot say, with the licences, their conditions and their chains.

    Without --measure, each measure is asked that a licence or exemption for the activity lifts,
    and with --party those that reach it by such a licence.
    """
    import limen
    from limen.cli.render.law.queries import authorised_records, instants, pairs
    from limen.cli.write_records import write_records
    from limen.law.queries.authorised import authorised_by

    clocks = instants(as_of, known_at)
    law = limen.open().regimes_known(clocks.known_at).law
    found = authorised_by(law, activity, clocks, measures=measures, party=party, facts=pairs(facts))
    records = authorised_records(found)
    write_records(records, chosen_format(output_format, output, explain=False), output)
    return 0
