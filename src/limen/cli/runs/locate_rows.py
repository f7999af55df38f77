"""Addresses typed one by one: asked, drawn, written, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from limen.cli.exit_codes import CANNOT_SAY, HIT, ROW_ERRORS
from limen.cli.records import Records, write_records
from limen.cli.render.location import flat, located_lines
from limen.engine import Engine
from limen.model import InputError
from limen.places.location import Location


def locate_rows(addresses: Sequence[str], wanted: str, options: Mapping[str, Any]) -> int:
    """Ask every address and write what comes out; returns the exit code."""
    import limen

    engine = limen.open()
    question = {name: options[name] for name in ("country", "as_of", "known_at", "authorities")}
    alone = len(addresses) == 1
    names = ["address" if alone else f"address {n}" for n in range(1, len(addresses) + 1)]
    found = [
        (name, engine.locate(text, **question)) for name, text in zip(names, addresses, strict=True)
    ]
    if options["drawing"] is not None:
        _draw(engine, found[0][1], options["drawing"], options["territory"])
    records = Records(
        text=[line for _, location in found for line in located_lines(location)],
        wire=[{"where": name, **location.to_dict()} for name, location in found],
        flat=[row for name, location in found for row in flat(name, location)],
    )
    write_records(records, wanted, options["output"])
    worst = [_worst(location) for _, location in found]
    if not options["quiet"]:
        told = (f"{worst.count(each):,} {each.replace('_', ' ')}" for each in dict.fromkeys(worst))
        click.echo(", ".join(told), err=True)
    return exit_code(
        inside=worst.count("inside") if options["fail_on"] == "inside" else 0,
        cannot_say=worst.count("cannot_say"),
        refused=0,
    )


def exit_code(*, inside: int, cannot_say: int, refused: int) -> int:
    """What the shell is told: found and asked to say so, not told, refused, or done."""
    if inside:
        return HIT
    if cannot_say:
        return CANNOT_SAY
    return ROW_ERRORS if refused else 0


def _worst(location: Location) -> str:
    outcomes = {verdict.outcome for verdict in location.verdicts}
    return next(each for each in ("inside", "cannot_say", "outside") if each in outcomes)


def _draw(engine: Engine, location: Location, file: Path, territory: str | None) -> None:
    from limen.render.territory_svg import draw

    try:
        file.write_text(draw(engine.places, location, territory), encoding="utf-8")
    except OSError as error:
        what = f"it cannot be written: {error.strerror or error}"
        raise InputError(what, where=str(file)) from error
