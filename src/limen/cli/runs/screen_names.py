"""Screen names given on the command line."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from limen.batch.columns.kinds import schema_for
from limen.batch.output.writers import Encoder, answered, encoder_for
from limen.batch.tally import Tally
from limen.cli.destination import destination
from limen.cli.options import chosen_format
from limen.cli.render.text import wants_colour
from limen.cli.run_alerts import run_alerts
from limen.cli.run_exit import screening_exit
from limen.cli.runs.open_query import open_query
from limen.model import InputError, PartialDate
from limen.model.schemata import known_schema, suggest_schema
from limen.util.suggest import did_you_mean


def screen_names(names: Sequence[str], options: Mapping[str, Any]) -> int:
    """Screen each name and write the answers; returns the exit code."""
    if len(names) > 1 and (described := _described(options)):
        raise click.UsageError(f"--{described} describes one party, and {len(names)} are named")
    output_format = chosen_format(
        options["output_format"], options["output"], explain=options["explain"]
    )
    parties = [_party(name, options) for name in names] or [_party(None, options)]
    query = open_query(options)
    encoder = names_encoder(output_format, options, single=len(parties) == 1)
    tally = Tally()
    with run_alerts(options, "screen") as alerts, destination(options["output"], tally) as out:
        out.write(encoder.head())
        for number, party in enumerate(parties, start=1):
            answer = query.engine.screen(party, **query.arguments.to_dict())
            alerts.add(answer.to_dict)
            cells = {"name": "; ".join(party["properties"].get("name", ()))}
            screened = answered(answer, number, cells)
            out.add(encoder.row(screened), screened)
        out.write(encoder.tail())
    if not options["quiet"]:
        _say(names, query.coverage_lines())
    return screening_exit(tally, query.coverage, fail_on=options["fail_on"])


def names_encoder(output_format: str, options: Mapping[str, Any], *, single: bool) -> Encoder:
    """Return the encoder for names; drawing is loaded only for a table."""
    if output_format != "table":
        return encoder_for(output_format, ["name"], single=single)  # type: ignore[arg-type]
    return table_encoder(options["output"], explain=options["explain"], every=True)


def table_encoder(output: Path | None, *, explain: bool, every: bool) -> Encoder:
    """Return a table as wide as the terminal or ``COLUMNS``, in colour where there is one."""
    from shutil import get_terminal_size

    from limen.cli.render.results import TableEncoder

    width = get_terminal_size((160, 24)).columns if output is None else 160
    colour = output is None and wants_colour(sys.stdout)
    return TableEncoder(width=width, colour=colour, explain=explain, every=every)


def _described(options: Mapping[str, Any]) -> str:
    spelt = {"birth_date": "birth-date", "numbers": "id", "country": "country",
             "address": "address", "more": "property"}  # fmt: skip
    return next((option for name, option in spelt.items() if options[name]), "")


def _party(name: str | None, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the FollowTheMoney object that the options describe."""
    properties: dict[str, list[str]] = {"name": [name]} if name is not None else {}
    if options["birth_date"]:
        properties["birthDate"] = [_birth_date(options["birth_date"])]
    for option in ("country", "address"):
        if options[option]:
            properties[option] = list(options[option])
    for number in options["numbers"]:
        from limen.batch.columns.values import property_of

        properties.setdefault(property_of(number), []).append(number)
    for text in options["more"]:
        key, value = _property(text)
        properties.setdefault(key, []).append(value)
    schema = options["schema"] or schema_for(properties.keys())
    if not known_schema(schema):
        near = suggest_schema(schema)
        raise InputError(
            f"unknown schema {schema!r}",
            where="--schema",
            hint=f"did you mean {near}?" if near else "for example Person, Company or Vessel",
        )
    return {"schema": schema, "properties": properties}


def _birth_date(text: str) -> str:
    try:
        return str(PartialDate.parse(text))
    except ValueError as error:
        raise InputError(str(error), where="--birth-date", hint="write 1962-11-23") from error


def _property(text: str) -> tuple[str, str]:
    from limen.batch.columns.headings import all_properties

    key, equals, value = text.partition("=")
    if not equals or key not in all_properties():
        raise InputError(
            f"{key!r} is not a property" if equals else f"{text!r} is not of the shape NAME=VALUE",
            where="--property",
            hint=did_you_mean(key, all_properties()) if equals else "--property gender=female",
        )
    return key, value


def _say(names: Sequence[str], lines: Sequence[str]) -> None:
    if len(names) > 1 and not any(" " in name for name in names):
        lines = [f"{len(names)} names screened; a name with blanks goes in quotes", *lines]
    click.echo("\n".join(lines), err=True)
