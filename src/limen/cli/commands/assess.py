"""``limen assess``: an event before everybody who had spoken, at an instant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.cli.options import chosen_format, debug_option, output_options

if TYPE_CHECKING:
    from limen.law import Assessment

#: The policies of limen.law.assess.policies, named here so that --help loads nothing.
POLICIES = ("latest_named", "most_senior", "strictest", "legal_only")


@click.command()
@click.argument("event", required=False, metavar="[EVENT]")
@click.option("--event", "file", type=click.Path(path_type=Path), metavar="FILE",
              help="A regime file with the event, which need not be in a snapshot.")  # fmt: skip
@click.option("--at", required=True, metavar="INSTANT", help="2022-02-21T23:59-05:00, or a day.")
@click.option("--known-at", metavar="INSTANT", help="With what was known then; --at itself.")
@click.option("--trigger", metavar="TRIGGER", help="One question; all of the event's regime.")
@click.option("--policy", type=click.Choice(POLICIES), help="A view in addition to the readings.")
@output_options
@debug_option
def assess(
    event: str | None,
    file: Path | None,
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
      limen assess --event strait.yml --at 2027-03-01T18:00+08:00
    """  # noqa: D301 (click reads the escape)
    import limen
    from limen.cli.render.law.assessment import assessment_records
    from limen.cli.write_records import write_records

    if file is None:
        if event is None:
            raise click.UsageError("name an event, or a file with --event")
        found = limen.open().assess(event, trigger, at=at, known_at=known_at, policy=policy)
    else:
        found = _of_file(file, event, trigger, at, known_at, policy)
    chosen = chosen_format(output_format, output, explain=False)
    write_records(assessment_records(found), chosen, output)
    return 0


def _of_file(
    file: Path,
    event: str | None,
    trigger: str | None,
    at: str,
    known_at: str | None,
    policy: str | None,
) -> Assessment:
    """Assess an event of a regime file, read together with the law.

    Raises:
        InputError: there is no such file, it holds no event or several, or no such event.
        RegistryError: the file is wrong.
    """
    from limen.cli.commands.law.own import other_texts
    from limen.law import Clocks
    from limen.law.assess.assess import assess as apply_readings
    from limen.law.files.read_law import law_of
    from limen.model import InputError
    from limen.model.instant import Instant, read_instant
    from limen.util.located_yaml import locate

    try:
        raw = file.read_bytes()
    except OSError as error:
        raise InputError(f"{error.strerror or error}", where=str(file)) from error
    law = law_of({**other_texts(file.stem), file.stem: raw})
    data = locate(raw, file.name).data
    names = [each["id"] for each in data.get("events") or ()]
    if event is None and len(names) != 1:
        raise InputError(
            f"{file.name} holds {len(names)} events",
            where="--event",
            hint=f"name one of them: {', '.join(names)}" if names else "write one into it",
        )
    instant = read_instant(at, "--at") or Instant.parse(at)
    clocks = Clocks(instant, read_instant(known_at, "--known-at") or instant)
    return apply_readings(law, event or names[0], clocks, trigger=trigger, policy=policy)
