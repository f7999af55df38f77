"""Addresses typed one by one: query, drawn, written, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from limen.cli.destination import write_text
from limen.cli.render.location import flat, located_lines
from limen.cli.run_alerts import run_alerts
from limen.cli.run_exit import location_exit
from limen.cli.write_records import Records, write_records
from limen.engine import Engine
from limen.places.location import Location


def locate_rows(addresses: Sequence[str], output_format: str, options: Mapping[str, Any]) -> int:
    """Locate every address and write the results; return the exit code."""
    import limen

    engine = limen.open()
    question = {name: options[name] for name in ("country", "as_of", "known_at", "authorities")}
    alone = len(addresses) == 1
    names = ["address" if alone else f"address {n}" for n in range(1, len(addresses) + 1)]
    found = [
        (name, engine.locate(text, **question)) for name, text in zip(names, addresses, strict=True)
    ]
    with run_alerts(options, "place") as alerts:
        for _, location in found:
            alerts.add(location.to_dict)
    if options["drawing"] is not None:
        _draw(engine, found[0][1], options["drawing"], options["territory"])
    records = Records(
        text=[line for _, location in found for line in located_lines(location)],
        wire=[{"where": name, **location.to_dict()} for name, location in found],
        flat=[row for name, location in found for row in flat(name, location)],
    )
    write_records(records, output_format, options["output"])
    worst = [_worst(location) for _, location in found]
    if not options["quiet"]:
        counts = (
            f"{worst.count(each):,} {each.replace('_', ' ')}" for each in dict.fromkeys(worst)
        )
        click.echo(", ".join(counts), err=True)
    return location_exit(
        inside=worst.count("inside") if options["fail_on"] == "inside" else 0,
        cannot_say=worst.count("cannot_say"),
        refused=0,
    )


def _worst(location: Location) -> str:
    outcomes = {verdict.outcome for verdict in location.verdicts}
    return next(each for each in ("inside", "cannot_say", "outside") if each in outcomes)


def _draw(engine: Engine, location: Location, file: Path, territory: str | None) -> None:
    from limen.render.territory_svg import draw

    write_text(file, draw(engine.places, location, territory))
