"""Locate files of addresses: row by row, with progress, resumable after an interruption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from limen.batch.columns.address_fields import address_fields, address_of
from limen.batch.output.checkpointed_output import Checkpoint, DoneRows, OutputFile
from limen.batch.tables.open_table import open_table
from limen.batch.tables.table import Row, Table
from limen.cli.destination import Standard
from limen.cli.interrupts import Check, remembered_interrupts
from limen.cli.render.location import FLAT, flat, located_lines
from limen.cli.render.progress import Advance, progress
from limen.cli.run_alerts import RunAlerts, run_alerts
from limen.cli.run_command import InterruptedRunError
from limen.cli.run_exit import location_exit
from limen.cli.runs.resume import check_same, interrupted, left_behind
from limen.cli.write_records import Records, write_records
from limen.engine import Engine
from limen.model import LimenError
from limen.places.location import Location
from limen.util.csv_text import csv_lines

#: Formats of which rows can be written one after the other.
_STREAMED = ("csv", "csv-raw", "jsonl")


@dataclass(frozen=True, slots=True)
class Located:
    """Represents the result of a row: its location, or why it was refused."""

    file: str
    row: Row
    location: Location | None
    refused: LimenError | None = None

    @property
    def where(self) -> str:
        return f"{self.file} line {self.row.line}"


@dataclass(slots=True)
class LocatedTally:
    """Rows by the gravest verdict of any authority: ``rows`` is the sum of the others."""

    rows: int = 0
    inside: int = 0
    cannot_say: int = 0
    outside: int = 0
    refused: int = 0

    @property
    def hit(self) -> int:
        """Return the rows to review first."""
        return self.inside

    def add(self, located: Located) -> None:
        """Count one row."""
        self.rows += 1
        if located.location is None:
            self.refused += 1
            return
        outcomes = {verdict.outcome for verdict in located.location.verdicts}
        if "inside" in outcomes:
            self.inside += 1
        elif "cannot_say" in outcomes:
            self.cannot_say += 1
        else:
            self.outside += 1


@dataclass(slots=True)
class _Work:
    """Represents a run that is prepared: everything that can be refused has been."""

    engine: Engine
    tables: list[Table]
    columns: list[dict[str, str]]
    question: dict[str, Any]
    output_format: str
    output: Path | None
    before: Checkpoint | None
    run: dict[str, Any] = field(default_factory=dict)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the columns of the input."""
        own = dict.fromkeys(name for table in self.tables for name in table.columns)
        return tuple(own)


def locate_files(files: Sequence[str], output_format: str, options: Mapping[str, Any]) -> int:
    """Locate every row of every file and write what comes out; returns the exit code."""
    with ExitStack() as stack:
        work = _prepare(files, output_format, options, stack)
        tally = msgspec.convert(work.before.tally if work.before else {}, LocatedTally)
        try:
            with (
                remembered_interrupts() as check,
                progress(options["progress"], work.tables, tally) as advance,
                run_alerts(options, "place") as alerts,
            ):
                run = _stream if output_format in _STREAMED else _gather
                run(work, tally, alerts, check, advance)
        except KeyboardInterrupt as error:
            message = interrupted(tally.rows, work.output, resumable=output_format in _STREAMED)
            raise InterruptedRunError(message) from error
    if not options["quiet"]:
        counts = msgspec.to_builtins(tally)
        parts = [f"{counts[name]:,} {name.replace('_', ' ')}" for name in counts if name != "rows"]
        click.echo(f"{tally.rows:,} rows: {', '.join(parts)}", err=True)
    return location_exit(
        inside=tally.inside if options["fail_on"] == "inside" else 0,
        cannot_say=tally.cannot_say,
        refused=tally.refused,
    )


def _prepare(
    files: Sequence[str], output_format: str, options: Mapping[str, Any], stack: ExitStack
) -> _Work:
    import limen

    output: Path | None = options["output"]
    before = left_behind(output, resume=options["resume"], restart=options["restart"])
    tables = [stack.enter_context(open_table(file)) for file in files]
    columns = [address_fields(table.name, table.columns) for table in tables]
    engine = limen.open()
    earlier = before.run["question"] if before else {"as_of": None, "known_at": None}
    question = {
        "country": options["country"],
        "as_of": str(engine.applied(options["as_of"] or earlier["as_of"])),
        "known_at": options["known_at"] or earlier["known_at"] or str(datetime.now(UTC).date()),
        "authorities": list(options["authorities"]),
    }
    work = _Work(engine, tables, columns, question, output_format, output, before)
    work.run = {
        "snapshot": engine.snapshot.manifest.id,
        "format": output_format,
        "question": question,
        "files": [[table.name, list(table.columns)] for table in tables],
    }
    if before is not None:
        check_same(before.run, work.run)
    return work


def _located(work: _Work, done: DoneRows) -> Iterator[Located]:
    for table, columns in zip(work.tables, work.columns, strict=True):
        for row in table.rows:
            if done.skips(row):
                continue
            try:
                if row.problem is not None:
                    raise row.problem
                address = address_of(row.cells, columns)
                yield Located(table.name, row, work.engine.locate(address, **work.question))
            except LimenError as error:
                yield Located(table.name, row, None, error)
    done.check()


def _stream(
    work: _Work, tally: LocatedTally, alerts: RunAlerts, check: Check, advance: Advance
) -> None:
    done = DoneRows(work.before)
    out: OutputFile | Standard = (
        Standard(tally)
        if work.output is None
        else OutputFile(work.output, tally=tally, done=done, run=work.run, before=work.before)
    )
    with out:
        if work.before is None and work.output_format != "jsonl":
            out.write(_csv(work, [[*FLAT, *map(_heading, work.headings)]]))
        for located in _located(work, done):
            _complain(located)
            _open_alerts(alerts, located)
            out.add(_encoded(work, located), located)
            check()
            advance()


def _gather(
    work: _Work, tally: LocatedTally, alerts: RunAlerts, check: Check, advance: Advance
) -> None:
    """Collect every row, then write: for formats that have to be whole."""
    found = []
    for located in _located(work, DoneRows()):
        _complain(located)
        _open_alerts(alerts, located)
        tally.add(located)
        found.append(located)
        check()
        advance()
    records = Records(
        text=[line for each in found if each.location for line in located_lines(each.location)],
        wire=[_wire(each) for each in found],
        flat=[
            record | {_heading(name): str(each.row.cells.get(name) or "") for name in work.headings}
            for each in found
            for record in _flat(each)
        ],
    )
    write_records(records, work.output_format, work.output)


def _complain(located: Located) -> None:
    if located.refused is not None:
        click.echo(f"{located.where}: {located.refused}", err=True)


def _open_alerts(alerts: RunAlerts, located: Located) -> None:
    if located.location is not None:
        alerts.add(partial(_wire, located))


def _encoded(work: _Work, located: Located) -> bytes:
    if work.output_format == "jsonl":
        return msgspec.json.encode(_wire(located)) + b"\n"
    cells = [located.row.cells.get(name) for name in work.headings]
    return _csv(work, [[*record.values(), *cells] for record in _flat(located)])


def _csv(work: _Work, rows: Sequence[Sequence[Any]]) -> bytes:
    return csv_lines(rows, raw=work.output_format == "csv-raw")


def _wire(located: Located) -> dict[str, Any]:
    wire: dict[str, Any] = {"where": located.where, "input": located.row.cells}
    if located.location is None:
        what = located.refused.what if located.refused else ""
        return wire | {"outcome": "refused", "error": what}
    return wire | located.location.to_dict()


def _flat(located: Located) -> Iterator[dict[str, Any]]:
    """Yield a record for each verdict; a refused row has one, with the reason."""
    if located.location is not None:
        yield from flat(located.where, located.location)
        return
    what = located.refused.what if located.refused else ""
    yield dict.fromkeys(FLAT, "") | {"where": located.where, "outcome": "refused", "why": what}


def _heading(name: str) -> str:
    return f"input_{name}" if name in FLAT else name
