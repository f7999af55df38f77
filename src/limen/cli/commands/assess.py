"""``limen assess``: an event before everybody who had spoken, at an instant."""

from __future__ import annotations

from pathlib import Path

import click

from limen.cli.options import chosen_format, debug_option, output_options

#: The policies of limen.law.assess.policies, named here so that --help loads nothing.
POLICIES = ("latest_named", "most_senior", "strictest", "legal_only")


@click.command()
@click.argument("event", metavar="EVENT")
@click.option("--at", required=True, metavar="INSTANT", help="2022-02-21T23:59-05:00, or a day.")
@click.option("--known-at", metavar="INSTANT", help="With what was known then; --at itself.")
@click.option("--trigger", metavar="TRIGGER", help="One question; all of the event's regime.")
@click.option("--policy", type=click.Choice(POLICIES), help="A view in addition to the readings.")
@output_options
@debug_option
def assess(
    event: str,
    at: str,
    known_at: str | None,
    trigger: str | None,
    policy: str | None,
    output_format: str | None,
    output: Path | None,
) -> int:
    """Assess an event: every reading on record at an instant, and where they disagree.

    A condition that is met is "condition met", never "in force": only an act says that.

    \b
      limen assess EV05 --at 2022-02-21T23:59-05:00
      limen assess full-scale-invasion --at 2022-02-24 --policy latest_named
    """  # noqa: D301 (click reads the escape)
    import limen
    from limen.cli.render.law.assessment import assessment_records
    from limen.cli.write_records import write_records

    found = limen.open().assess(event, trigger, at=at, known_at=known_at, policy=policy)
    chosen = chosen_format(output_format, output, explain=False)
    write_records(assessment_records(found), chosen, output)
    return 0
