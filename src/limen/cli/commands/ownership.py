"""``limen regimes ownership``: who is treated as its listed owners are, authority by authority."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.cli.options import chosen_format, debug_option, output_options

if TYPE_CHECKING:
    from limen.engine import Engine
    from limen.law.ownership.ownership import Conclusion

#: The authorities screened where none is named; with --listed, all that are encoded.
AUTHORITIES = ("US", "EU", "UK")


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--as-of", required=True, metavar="DATE", help="The day of the stakes and the rules.")
@click.option("--authority", "authorities", multiple=True, metavar="CODE", help="US, EU, UK; all.")
@click.option(
    "--measure", metavar="MEASURE", help="The rule for this measure, such as a directive."
)
@click.option(
    "--listed", multiple=True, metavar="NAME",
    help="Who is listed, by name as in FILE. Without it, owners are screened by name.",
)  # fmt: skip
@output_options
@debug_option
def ownership(
    file: Path,
    as_of: str,
    authorities: tuple[str, ...],
    measure: str | None,
    listed: tuple[str, ...],
    output_format: str | None,
    output: Path | None,
) -> int:
    """Compute from a file of stakes what each authority's ownership rule makes of every entity.

    FILE is CSV: owner, owned, percent, and if known control, acting_with, from, to, source.
    Give all owners: shares that are missing or not known, and a circle of owners, leave the
    answer unknown where they could decide, and never "no".
    """
    import limen
    from limen.cli.render.law.ownership import ownership_records
    from limen.cli.write_records import write_records
    from limen.law.ownership.ownership import conclude, rule_of
    from limen.law.ownership.stakes_file import read_stakes
    from limen.model.instant import read_instant

    engine = limen.open()
    day = read_instant(as_of, "--as-of")
    stakes = read_stakes(file.read_bytes(), str(file))
    found: list[Conclusion] = []
    everyone = engine.regimes.law.freezing_authorities if listed else AUTHORITIES
    for authority in authorities or everyone:
        rule = rule_of(engine.regimes.law, authority.upper(), day, measure=measure)
        if rule is None:
            click.echo(
                f"{authority}: no ownership rule reaches that on {as_of}, so it is undecided",
                err=True,
            )
            continue
        owners = dict.fromkeys(stake.owner for stake in stakes)
        known = listed or _screened(engine, owners, authority.upper(), as_of)
        found += conclude(rule, stakes, known, day).values()
    records = ownership_records(engine.regimes.law, found)
    write_records(records, chosen_format(output_format, output, explain=False), output)
    return 0


def _screened(engine: Engine, owners: Iterable[str], authority: str, as_of: str) -> list[str]:
    """Return the owners that are hits on a list of the authority.

    Raises:
        CoverageError: the authority's lists cannot say, so that "not owned" would be a guess.
    """
    from limen.model import CoverageError

    names = list(owners)
    parties = [{"schema": "LegalEntity", "properties": {"name": name}} for name in names]
    answers = engine.screen_many(parties, as_of=as_of, authorities=[authority])
    found = []
    for name, answer in zip(names, answers, strict=True):
        if answer.outcome in ("review", "cannot_say"):
            cause = answer.reasons[0] if answer.reasons else answer.findings[0].why
            raise CoverageError(
                f"it is unknown whether {name} is listed: {cause}",
                where=authority,
                why="an owner taken for unlisted would free what it owns",
                hint="name who is listed with --listed, or `limen lists update`",
            )
        if answer.outcome == "hit":
            found.append(name)
    return found
