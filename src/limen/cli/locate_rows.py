"""Addresses one by one, from arguments or files: asked, written, counted."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import msgspec

from limen.batch.opening import open_table
from limen.cli.outcome import CANNOT_SAY, HIT, ROW_ERRORS
from limen.cli.records import Records, write_records
from limen.cli.render.located import flat, located_lines
from limen.model import InputError, LimenError
from limen.model.suggest import did_you_mean
from limen.places.asking import FIELDS, NUMBERS, POINT
from limen.places.location import Location
from limen.screening import Engine
from limen.screening.locating import Address

_KNOWN = {name.casefold(): name for name in (*FIELDS, *NUMBERS, *POINT)}


@dataclass(frozen=True, slots=True)
class Run:
    """What is asked of every address, and where the answers go.

    ``question`` holds the keyword arguments of :meth:`limen.screening.Engine.locate`.
    """

    wanted: str
    output: Path | None
    question: Mapping[str, Any]
    drawing: Path | None
    territory: str | None
    quiet: bool
    fail_on_inside: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, where it stood, and why it cannot be asked if it cannot."""

    where: str
    address: Address
    problem: LimenError | None = None


def of_arguments(addresses: Sequence[str]) -> Iterator[Asked]:
    """Addresses as they were typed."""
    for number, text in enumerate(addresses, 1):
        yield Asked(f"address {number}" if len(addresses) > 1 else "address", text)


def of_files(files: Sequence[str]) -> Iterator[Asked]:
    """The rows of tables, each as the fields of an address.

    Raises:
        InputError: no column of a file is part of an address.
    """
    with ExitStack() as stack:
        for file in files:
            table = stack.enter_context(open_table(file))
            columns = _columns(table.name, table.columns)
            for row in table.rows:
                fields = {
                    columns[name]: value
                    for name, value in row.cells.items()
                    if name in columns and value not in (None, "")
                }
                yield Asked(f"{table.name} line {row.line}", fields, row.problem)


def _columns(name: str, columns: Sequence[str]) -> dict[str, str]:
    found = {
        column: _KNOWN[key]
        for column in columns
        if (key := column.strip().casefold().replace(" ", "")) in _KNOWN
    }
    if not found:
        raise InputError(
            f"no column is part of an address: {', '.join(columns[:8])}",
            where=name,
            mend=f"call one 'address', or parts of it {', '.join(list(FIELDS)[17:30])}; "
            + did_you_mean(columns[0] if columns else "", FIELDS),
        )
    return found


def locate_rows(asked: Iterable[Asked], run: Run) -> int:
    """Ask every address and write what comes out; returns the exit code."""
    import limen

    engine = limen.open()
    tally: Counter[str] = Counter()
    found = _located(engine, asked, run, tally)
    if run.wanted == "jsonl" and run.output is None:
        stream = sys.stdout.buffer
        for where, location in found:
            stream.write(msgspec.json.encode(_wire(where, location)) + b"\n")
    elif run.wanted == "csv" and run.output is None:
        _stream_csv(found)
    else:
        _write_whole(list(found), run)
    if not run.quiet:
        told = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in tally.items())
        click.echo(told or "no address", err=True)
    return _exit_code(tally, run)


def _located(
    engine: Engine, asked: Iterable[Asked], run: Run, tally: Counter[str]
) -> Iterator[tuple[str, Location]]:
    for each in asked:
        try:
            if each.problem is not None:
                raise each.problem
            location = engine.locate(each.address, **run.question)
        except LimenError as error:
            if each.where.startswith("address"):
                raise
            tally["refused"] += 1
            click.echo(f"{each.where}: {error}", err=True)
            continue
        outcomes = {verdict.outcome for verdict in location.verdicts}
        tally[next(o for o in ("inside", "cannot_say", "outside") if o in outcomes)] += 1
        if run.drawing is not None:
            _draw(engine, location, run.drawing, run.territory)
        yield each.where, location


def _draw(engine: Engine, location: Location, file: Path, territory: str | None) -> None:
    from limen.places.drawing import draw

    try:
        file.write_text(draw(engine.places, location, territory), encoding="utf-8")
    except OSError as error:
        what = f"it cannot be written: {error.strerror or error}"
        raise InputError(what, where=str(file)) from error


def _wire(where: str, location: Location) -> dict[str, Any]:
    return {"where": where, **location.to_dict()}


def _stream_csv(found: Iterable[tuple[str, Location]]) -> None:
    stream = sys.stdout.buffer
    first = True
    for where, location in found:
        for row in flat(where, location):
            text = io.StringIO()
            writer = csv.DictWriter(text, fieldnames=list(row), lineterminator="\n")
            if first:
                writer.writeheader()
                first = False
            writer.writerow(row)
            stream.write(text.getvalue().encode("utf-8", errors="replace"))


def _write_whole(found: Sequence[tuple[str, Location]], run: Run) -> None:
    records = Records(
        text=[line for _, location in found for line in located_lines(location)],
        wire=[_wire(where, location) for where, location in found],
        flat=[row for where, location in found for row in flat(where, location)],
    )
    write_records(records, run.wanted, run.output)


def _exit_code(tally: Counter[str], run: Run) -> int:
    if run.fail_on_inside and tally["inside"]:
        return HIT
    if tally["cannot_say"]:
        return CANNOT_SAY
    return ROW_ERRORS if tally["refused"] else 0
