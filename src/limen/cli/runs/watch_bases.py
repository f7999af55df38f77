"""Watch bases: pass by pass, each reported."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

import click
import msgspec

from limen.cli.render.text import printable
from limen.cli.runs.rescreen_base import question_of
from limen.cli.write_records import Records, write_records
from limen.snapshot import home_folder
from limen.watching.watch import watch_once
from limen.watching.watch_report import WatchReport, WatchSettings


def watch_bases(bases: tuple[str, ...], options: Mapping[str, Any]) -> int:
    """Make one pass, or one every so often until the process is ended; return the exit code.

    Raises:
        BusyError: another pass is at work.
    """
    home = home_folder()
    settings = WatchSettings(
        bases=bases,
        source=options["source"],
        question=question_of(options),
        profile=options["profile"],
        alerts=options["alerts"],
        metrics=options["metrics"],
        most_lag=options["most_lag"],
        alarm_url=options["alarm_url"],
    )
    while True:
        begun = time.monotonic()
        report = watch_once(home, settings)
        write_records(_records(report), options["output_format"], options["output"])
        if not options["quiet"]:
            click.echo(_sentence(report), err=True)
        for line in _alarm_lines(report):
            click.echo(line, err=True)
        if options["every"] is None:
            return report.exit_code
        sys.stdout.flush()
        time.sleep(max(0.0, options["every"] - (time.monotonic() - begun)))


def _records(report: WatchReport) -> Records:
    """Return a report in its three shapes."""
    wire = msgspec.to_builtins(report)
    flat = {
        "started": report.started,
        "ended": report.ended,
        "snapshot": report.snapshot,
        "loaded": "; ".join(report.loaded),
        "runs": "; ".join(f"{run.base} {run.run}" for run in report.runs),
        "alarms": "; ".join(f"{alarm.kind} {alarm.about}" for alarm in report.alarms),
    }
    text = [
        f"{run.base}  {run.run}  "
        + (", ".join(f"{count:,} {outcome}" for outcome, count in run.outcomes.items()) or "-")
        + (f"  {run.alerts}" if run.alerts else "")
        for run in report.runs
    ]
    return Records(text, [wire], [flat])


def _sentence(report: WatchReport) -> str:
    """Return what a pass did, in words."""
    loaded = ", ".join(report.loaded) or "no new version"
    return f"{report.ended}  {loaded}; {len(report.runs):,} runs; {len(report.alarms):,} alarms"


def _alarm_lines(report: WatchReport) -> Iterator[str]:
    """Yield the alarms of a pass, which are errors and are printed with --quiet too."""
    for alarm in report.alarms:
        yield f"ALARM {alarm.kind} {alarm.about}: {printable(alarm.text, lines=True)}"
