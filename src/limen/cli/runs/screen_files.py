"""Screen portfolios: map the columns, screen and write the rows, summarise the run."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from limen.batch.columns.mapping import Wishes, map_columns, parse_wish
from limen.batch.file_arguments import STDIN
from limen.batch.output.checkpointed_output import Checkpoint, DoneRows, OutputFile, tally_of
from limen.batch.output.writers import Encoder, encoder_for, to_wire
from limen.batch.run import Portfolio, screen_portfolio
from limen.batch.tables.open_table import open_table
from limen.batch.tables.table import sampled
from limen.batch.tally import Tally
from limen.cli.destination import Destination, Standard
from limen.cli.interrupts import Check, remembered_interrupts
from limen.cli.options import chosen_format
from limen.cli.render.mapping import mapping_lines
from limen.cli.render.progress import Advance, progress
from limen.cli.render.summary import closing_lines
from limen.cli.run_alerts import RunAlerts, run_alerts
from limen.cli.run_command import InterruptedRunError
from limen.cli.run_exit import screening_exit
from limen.cli.runs.open_query import OpenQuery, open_query
from limen.cli.runs.resume import check_same, interrupted, left_behind
from limen.cli.runs.screen_names import table_encoder


@dataclass(frozen=True, slots=True)
class _Work:
    """Represents a run that is prepared: everything that can be refused has been."""

    portfolios: list[Portfolio]
    query: OpenQuery
    encoder: Encoder
    output: Path | None
    run: dict[str, Any]
    before: Checkpoint | None

    def destination(self, tally: Tally, done: DoneRows) -> AbstractContextManager[Destination]:
        if self.output is None:
            return Standard(tally)
        run = self.run if self.encoder.resumable else None
        return OutputFile(self.output, tally=tally, done=done, run=run, before=self.before)


def screen_files(files: Sequence[str], options: Mapping[str, Any]) -> int:
    """Screen every row of every file and write what comes out; returns the exit code."""
    with ExitStack() as stack:
        return _carry_out(_prepare(files, options, stack), options)


def _carry_out(work: _Work, options: Mapping[str, Any]) -> int:
    tally = tally_of(work.before) if work.before else Tally()
    already, started = tally.screened, time.monotonic()
    tables = [each.table for each in work.portfolios]
    try:
        with (
            remembered_interrupts() as check,
            progress(options["progress"], tables, tally) as advance,
            run_alerts(options, "file") as alerts,
        ):
            _screen(work, tally, alerts, check, advance)
    except KeyboardInterrupt as error:
        message = interrupted(tally.rows, work.output, resumable=work.encoder.resumable)
        raise InterruptedRunError(message) from error
    if not options["quiet"]:
        lines = closing_lines(
            tally,
            screened=tally.screened - already,
            seconds=time.monotonic() - started,
            output=str(work.output or ""),
            rest=work.query.coverage_lines(),
        )
        click.echo("\n".join(lines), err=True, color=True)
    return screening_exit(tally, work.query.coverage, fail_on=options["fail_on"])


def _screen(work: _Work, tally: Tally, alerts: RunAlerts, check: Check, advance: Advance) -> None:
    done = DoneRows(work.before)
    with work.destination(tally, done) as out:
        if work.before is None:
            out.write(work.encoder.head())
        for portfolio in work.portfolios:
            for screened in screen_portfolio(
                work.query.engine, portfolio, work.query.arguments, done=done.skips
            ):
                if screened.answer is not None:
                    alerts.add(partial(to_wire, screened))
                out.add(work.encoder.row(screened), screened)
                check()
                advance()
        done.check()
        out.write(work.encoder.tail())


def _prepare(files: Sequence[str], options: Mapping[str, Any], stack: ExitStack) -> _Work:
    output: Path | None = options["output"]
    before = left_behind(output, resume=options["resume"], restart=options["restart"])
    output_format = chosen_format(options["output_format"], output, explain=options["explain"])
    portfolios = _portfolios(files, options, stack)
    if not options["quiet"]:
        for portfolio in portfolios:
            click.echo("\n".join(mapping_lines(portfolio)), err=True)
    columns = dict.fromkeys(name for each in portfolios for name in each.table.columns)
    if output_format == "table":
        encoder = table_encoder(output, explain=options["explain"], every=False)
    else:
        encoder = encoder_for(output_format, tuple(columns))  # type: ignore[arg-type]
    query = open_query(options, as_of=before.run["asking"]["as_of"] if before else None)
    run = _run(portfolios, query, output_format)
    if before is not None:
        check_same(before.run, run)
    return _Work(portfolios, query, encoder, output, run, before)


def _portfolios(
    files: Sequence[str], options: Mapping[str, Any], stack: ExitStack
) -> list[Portfolio]:
    if files.count(STDIN) > 1:
        raise click.UsageError("standard input can be read once")
    wishes = Wishes(
        targets=dict(map(parse_wish, options["wishes"])),
        date_order=options["date_order"],
        schema=options["schema"],
    )
    portfolios = []
    for file in files:
        table = stack.enter_context(
            open_table(
                file,
                encoding=options["encoding"],
                header=options["header"],
                named=wishes.targets,
            )
        )
        sample, table = sampled(table)
        columns = map_columns(table.name, table.columns, sample, wishes)
        portfolios.append(Portfolio(table, columns))
    return portfolios


def _run(portfolios: Sequence[Portfolio], query: OpenQuery, output_format: str) -> dict[str, Any]:
    """Return what identifies a run: the question, the snapshot, the files and their columns."""
    manifest = query.engine.snapshot.manifest
    run: dict[str, Any] = {
        "snapshot": manifest.id,
        "engine": manifest.engine,
        "format": output_format,
        "asking": query.arguments.identity(),
        "files": [
            {
                "name": each.table.name,
                "schema": each.columns.schema,
                "columns": {column.name: column.target for column in each.columns.columns},
                "orders": [column.order for column in each.columns.columns],
            }
            for each in portfolios
        ],
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(run))
    return plain
