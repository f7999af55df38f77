"""Re-screen a customer base and write what became of its pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from limen.cli.render.lists.coverage import failed
from limen.cli.run_alerts import run_alerts
from limen.cli.write_records import Records, write_records
from limen.rescreening.bases.base_home import base_folder, open_base
from limen.rescreening.customer_pairs import PairChange
from limen.rescreening.rescreen import rescreen
from limen.rescreening.run_plan import Question
from limen.rescreening.run_record import RunRecord, read_changes, runs_folder
from limen.rescreening.verify_run import failed_checks, find_run, verify_run
from limen.snapshot import home_folder
from limen.util.exit_codes import ExitCode
from limen.watching.alerts_of_runs import alert_answers

_MARKS = {"new": "+", "worse": "^", "same": "=", "better": "v", "gone": "-"}


def question_of(options: Mapping[str, Any]) -> Question:
    """Return the question that the options of a command make."""
    return Question(**{name: options[name] for name in Question.__struct_fields__})


def rescreen_base(name: str, options: Mapping[str, Any]) -> int:
    """Run, write the changes, and return the exit code."""
    import limen

    home = home_folder()
    question = question_of(options)
    engine = limen.open()
    record = rescreen(home, name, engine, question, whole=options["whole"])
    changes = list(read_changes(runs_folder(base_folder(home, name)) / record.id))
    with run_alerts(options, "base") as alerts:
        if alerts.enabled:
            base = open_base(home, name)
            for customer, answer in alert_answers(base, engine, question, changes):
                alerts.add(answer.to_dict, subject_id=customer)
    write_records(change_records(changes), options["output_format"], options["output"])
    if not options["quiet"]:
        click.echo("\n".join(run_lines(record)), err=True)
    return _exit(record, changes, options["fail_on"])


def verify_base_run(
    name: str, *, sample: int, seed: int, output_format: str, output: Path | None
) -> int:
    """Verify a run, write each check, and return the exit code.

    Raises:
        DataError: a statement of the run does not hold.
    """
    home = home_folder()
    run = find_run(home, name)
    checks = verify_run(home, run, sample=sample, seed=seed)
    text = [
        f"{'holds' if check.holds else 'WRONG'}  {check.statement}: {check.detail}"
        for check in checks
    ]
    wire = [{"run": run.name, **msgspec.to_builtins(check)} for check in checks]
    write_records(Records(text, wire, wire), output_format, output)
    error = failed_checks(checks)
    if error is not None:
        error.where = f"run {run.name}"
        raise error
    return ExitCode.DONE


def change_records(changes: Sequence[PairChange]) -> Records:
    """Return changes of pairs in their three shapes."""
    return Records(
        [line for change in changes for line in _text(change)],
        [msgspec.to_builtins(change) for change in changes],
        [_flat(change) for change in changes],
    )


def _text(change: PairChange) -> list[str]:
    pair = change.after or change.before
    if pair is None:
        return []
    head = f"{_MARKS[change.outcome]} {change.outcome:<6} {pair.level:<6} {pair.score:.2f}"
    return [
        f"{head} {pair.customer}  {pair.caption}  {pair.finding}  ({change.cause})",
        f"    {pair.why}",
    ]


def _flat(change: PairChange) -> dict[str, Any]:
    pair = change.after or change.before
    assert pair is not None  # noqa: S101 (a change has one side at least)
    return {
        "outcome": change.outcome,
        "cause": change.cause,
        "customer": pair.customer,
        "finding": pair.finding,
        "kind": pair.kind,
        "caption": pair.caption,
        "level_before": change.before.level if change.before else "",
        "level": change.after.level if change.after else "",
        "score": pair.score,
        "measures": "; ".join(pair.measures),
        "prohibits": "; ".join(pair.prohibits),
        "why": pair.why,
    }


def run_lines(record: RunRecord) -> list[str]:
    """Return a run in words."""
    done, inputs = record.treatment, record.inputs
    counts = ", ".join(f"{count:,} {name}" for name, count in record.outcomes.items())
    held = ", ".join(f"{count:,} {level}" for level, count in sorted(record.holding.items()))
    lines = [
        (
            f"run {record.id} of {inputs.base}, as of {inputs.as_of}, known at {inputs.known_at}, "
            f"snapshot {inputs.snapshot}"
        ),
        (
            f"{done.customers:,} customers, {done.entries:,} changed entries: {done.pairs:,} pairs "
            f"= {done.ruled_out:,} ruled out + {done.compared:,} compared + "
            f"{done.screened_whole:,} of customers screened whole"
        ),
    ]
    if record.why:
        lines.append(f"every customer was screened: {record.why}")
    removed = sum(each.kind == "removed" for each in record.changed)
    if removed:
        lines.append(f"removed entries: {removed:,}; their pairs are gone")
    if done.places:
        lines.append(f"the law over territories changed: {done.places:,} customers were located")
    lines.append(f"{counts or 'nothing changed'}; pairs that hold: {held or 'none'}")
    lines += [f"cannot clear: {each.list}: {each.why}" for each in failed(record.coverage)]
    return lines


def _exit(record: RunRecord, changes: Sequence[PairChange], fail_on: str) -> ExitCode:
    graver = [each.after for each in changes if each.outcome in ("new", "worse") and each.after]
    levels = {pair.level for pair in graver}
    if "hit" in levels and fail_on != "none":
        return ExitCode.HIT
    if levels and fail_on == "review":
        return ExitCode.REVIEW
    return ExitCode.CANNOT_SAY if failed(record.coverage) else ExitCode.DONE
