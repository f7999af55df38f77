"""Write the figures of a watch in Prometheus' text format, for node_exporter's textfile collector.

Labels are lists, bases and kinds of alarms, never a customer. Format: prometheus.io, "Exposition
formats"; the file must be named ``*.prom`` and appear whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from limen.model import Instant
from limen.util.files import write_whole
from limen.watching.lag import WatchState
from limen.watching.watch_report import ALARM_KINDS, WatchReport

Sample = tuple[Mapping[str, str], float]


def write_metrics(path: Path, report: WatchReport, state: WatchState) -> None:
    """Write the file, whole and readable for the collector."""
    write_whole(path, exposition(report, state).encode(), mode=0o644)


def exposition(report: WatchReport, state: WatchState) -> str:
    """Return the text."""
    ended = Instant.parse(report.ended).seconds
    kinds = [alarm.kind for alarm in report.alarms]
    moments = [state.succeeded] if state.succeeded else []
    succeeded: list[Sample] = [({}, Instant.parse(moment).seconds) for moment in moments]
    families: tuple[tuple[str, str, Iterable[Sample]], ...] = (
        ("pass_timestamp_seconds", "When the last pass ended.", [({}, ended)]),
        ("success_timestamp_seconds", "When a pass last ended without an alarm.", succeeded),
        (
            "pass_duration_seconds", "Of the last pass.",
            [({}, ended - Instant.parse(report.started).seconds)],
        ),
        (
            "alarms", "Alarms of the last pass.",
            [({"kind": kind}, kinds.count(kind)) for kind in ALARM_KINDS],
        ),
        (
            "pairs", "What became of pairs in the runs of the last pass.",
            [
                ({"base": run.base, "outcome": outcome}, count)
                for run in report.runs
                for outcome, count in sorted(run.outcomes.items())
            ],
        ),
        (
            "published_timestamp_seconds", "The day of a list's newest version.",
            [
                ({"list": name}, Instant.parse(lag.published).seconds)
                for name, lag in sorted(state.lists.items())
            ],
        ),
        ("lag_seconds", "From a version's day to a step.", _lags(state)),
    )  # fmt: skip
    return "".join(
        f"# HELP limen_watch_{name} {says}\n# TYPE limen_watch_{name} gauge\n"
        + "".join(f"limen_watch_{name}{_labels(labels)} {value}\n" for labels, value in samples)
        for name, says, samples in families
    )


def _lags(state: WatchState) -> Iterator[Sample]:
    """Yield the lags of versions that came after the watch had started."""
    for name, lag in sorted(state.lists.items()):
        if lag.starting:
            continue
        if lag.loaded:
            yield {"list": name, "step": "loaded", "base": ""}, lag.seconds(lag.loaded)
        for step, moments in (("rescreened", lag.rescreened), ("first_alert", lag.alerted)):
            for base, moment in sorted(moments.items()):
                yield {"list": name, "step": step, "base": base}, lag.seconds(moment)


def _labels(labels: Mapping[str, str]) -> str:
    """Return labels in braces; ids of lists and names of bases need no escape."""
    inside = ",".join(f'{name}="{value}"' for name, value in labels.items())
    return f"{{{inside}}}" if inside else ""
