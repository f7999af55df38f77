"""Screen the payment messages of files and folders: with progress, resumable, counted."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import msgspec

from limen.batch.output.checkpointed_output import Checkpoint, DoneRows, OutputFile
from limen.batch.payments.encoders import PaymentEncoder, encoder_for, to_wire
from limen.batch.payments.payment_run import PaymentArguments, screen_files
from limen.batch.payments.screened_payment import PaymentTally
from limen.batch.payments.sources import Sources
from limen.cli.destination import Destination, Standard
from limen.cli.interrupts import Check, remembered_interrupts
from limen.cli.options import chosen_format
from limen.cli.render.lists.coverage import coverage_lines, failed
from limen.cli.render.payments import PaymentTable, closing_lines
from limen.cli.render.progress import Advance, progress
from limen.cli.run_alerts import RunAlerts, run_alerts
from limen.cli.run_command import InterruptedRunError
from limen.cli.runs.resume import check_same, interrupted, left_behind
from limen.engine import Engine
from limen.model import ListCoverage
from limen.payment_screening import Policy, policy_of
from limen.util.exit_codes import ExitCode


@dataclass(frozen=True, slots=True)
class _Work:
    """Represents a run that is prepared: everything that can be refused has been."""

    engine: Engine
    sources: Sources
    arguments: PaymentArguments
    coverage: tuple[ListCoverage, ...]
    encoder: PaymentEncoder
    output: Path | None
    run: dict[str, Any]
    before: Checkpoint | None

    def destination(
        self, tally: PaymentTally, done: DoneRows
    ) -> AbstractContextManager[Destination]:
        if self.output is None:
            return Standard(tally)
        run = self.run if self.encoder.resumable else None
        return OutputFile(self.output, tally=tally, done=done, run=run, before=self.before)


def pay_files(files: Sequence[str], options: Mapping[str, Any]) -> int:
    """Screen every transaction of every file and write what comes out; return the exit code."""
    work = _prepare(files, options)
    tally = msgspec.convert(work.before.tally if work.before else {}, PaymentTally)
    already, started = tally.rows, time.monotonic()
    try:
        with (
            remembered_interrupts() as check,
            progress(options["progress"], [work.sources], tally) as advance,
            run_alerts(options, "payment") as alerts,
        ):
            _screen(work, tally, alerts, check, advance)
    except KeyboardInterrupt as error:
        message = interrupted(tally.rows, work.output, resumable=work.encoder.resumable)
        raise InterruptedRunError(message) from error
    if not options["quiet"]:
        lines = closing_lines(
            tally,
            screened=tally.rows - already,
            seconds=time.monotonic() - started,
            look_back=work.arguments.look_back,
            output=str(work.output or ""),
            rest=_rests_on(work),
        )
        click.echo("\n".join(lines), err=True, color=True)
    return _exit_code(tally, work.coverage, options["fail_on"])


def _screen(
    work: _Work, tally: PaymentTally, alerts: RunAlerts, check: Check, advance: Advance
) -> None:
    done = DoneRows(work.before)
    screened = screen_files(work.engine, work.sources, work.arguments, done=done.skips)
    with work.destination(tally, done) as out:
        if work.before is None:
            out.write(work.encoder.head())
        for each in screened:
            alerts.add(lambda payment=each: msgspec.to_builtins(to_wire(payment)))  # type: ignore[misc]
            out.add(work.encoder.row(each), each)
            check()
            advance()
        done.check()
        out.write(work.encoder.tail())


def _prepare(files: Sequence[str], options: Mapping[str, Any]) -> _Work:
    import limen

    output: Path | None = options["output"]
    before = left_behind(output, resume=options["resume"], restart=options["restart"])
    output_format = chosen_format(options["output_format"], output, explain=False)
    policy = policy_of(options["policy"])
    channel = policy.channel(options["channel"])
    sources = Sources(files)
    engine = limen.open()
    earlier = before.run["question"] if before else {"as_of": None, "known_at": None}
    scope = engine.scope(
        options["as_of"] or earlier["as_of"], options["known_at"] or earlier["known_at"],
        channel.authorities, channel.lists or None, options["allow_stale"],
    )  # fmt: skip
    arguments = PaymentArguments(
        policy=policy,
        channel=channel.name,
        as_of=str(scope.question.as_of),
        known_at=str(scope.question.known_at),
        allow_stale=scope.question.allow_stale,
        look_back=options["look_back"],
        ownership=limen.Stakes.read(options["ownership"]) if options["ownership"] else None,
    )
    encoder: PaymentEncoder = (
        PaymentTable(look_back=arguments.look_back)
        if output_format == "table"
        else encoder_for(output_format)
    )
    run = _run(engine, policy, arguments, sources, output_format)
    if before is not None:
        check_same(before.run, run)
    return _Work(engine, sources, arguments, scope.coverage, encoder, output, run, before)


def _run(
    engine: Engine,
    policy: Policy,
    arguments: PaymentArguments,
    sources: Sources,
    output_format: str,
) -> dict[str, Any]:
    """Return what identifies a run: the question, the snapshot, the policy and the files."""
    return {
        "snapshot": engine.snapshot.manifest.id,
        "format": output_format,
        "policy": policy.sha256,
        "question": {
            "channel": arguments.channel,
            "as_of": arguments.as_of,
            "known_at": arguments.known_at,
            "allow_stale": list(arguments.allow_stale),
            "look_back": arguments.look_back,
            **({"ownership": arguments.ownership.label} if arguments.ownership else {}),
        },
        "files": [path.name if path else "-" for path in sources.paths],
    }


def _rests_on(work: _Work) -> list[str]:
    lists = {each.list for each in work.coverage}
    samples = [
        info.id for info in work.engine.snapshot.manifest.lists if info.sample and info.id in lists
    ]
    return coverage_lines(
        work.coverage,
        as_of=work.arguments.as_of,
        known_at=work.arguments.known_at,
        samples=samples,
    )


def _exit_code(tally: PaymentTally, coverage: Sequence[ListCoverage], fail_on: str) -> ExitCode:
    """Return the code of a run: a rejection, a hold, then what is not known, then refusals."""
    if tally.rejected and fail_on != "none":
        return ExitCode.HIT
    if tally.held and fail_on == "hold":
        return ExitCode.REVIEW
    if tally.cannot_say or not coverage or failed(coverage):
        return ExitCode.CANNOT_SAY
    return ExitCode.ROW_ERRORS if tally.refused else ExitCode.DONE
