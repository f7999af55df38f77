"""``limen regimes ask``: the law by territory, party, sector, service, goods, act or effect."""

from __future__ import annotations

from pathlib import Path

import click

from limen.cli.options import chosen_format, debug_option, output_options


@click.command()
@click.option("--authority", default="", metavar="CODE", help="Only this authority's.")
@click.option("--territory", default="", metavar="TERRITORY", help="By id, as ua-dnr or kp.")
@click.option("--party", default="", metavar="NAME", help="Whom a provision or a licence names.")
@click.option("--sector", default="", metavar="WORDS", help="As banks, energy, marine.")
@click.option("--service", default="", metavar="WORDS", help="As architecture, accounting.")
@click.option("--goods", default="", metavar="WORDS", help="As gold, crude oil, diamonds.")
@click.option(
    "--act",
    default="",
    metavar="NUMBER",
    help="As 833/2014, 32014R0833, 'EO 14065', 'SI 2019/855', 'GL 8L', or a tag.",
)
@click.option("--effect", default="", metavar="WORD", help="As import, new_investment, travel.")
@click.option("--as-of", metavar="DATE", help="When it must have applied; today.")
@click.option("--known-at", metavar="DATE", help="When it must have been known; all.")
@output_options
@debug_option
def ask(
    authority: str,
    territory: str,
    party: str,
    sector: str,
    service: str,
    goods: str,
    act: str,
    effect: str,
    as_of: str | None,
    known_at: str | None,
    output_format: str | None,
    output: Path | None,
) -> int:
    """Ask which measures in force say something of all the terms given.

    What is encoded and was not in force is shown apart. Where nothing is encoded the answer is
    "no record", which is no statement that nothing applies.
    """
    import limen
    from limen.cli.render.law.queries import ask_records, instants
    from limen.cli.write_records import write_records
    from limen.law.queries.search import Terms
    from limen.law.queries.search import ask as search

    terms = Terms(
        authority=authority.upper(), territory=territory, party=party, sector=sector,
        service=service, goods=goods, act=act, effect=effect,
    )  # fmt: skip
    clocks = instants(as_of, known_at)
    found = search(limen.open().regimes_known(clocks.known_at).law, terms, clocks)
    write_records(ask_records(found), chosen_format(output_format, output, explain=False), output)
    return 0
