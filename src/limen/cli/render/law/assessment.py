"""Draw an assessment: the statements, their readings, what was in force and what prepared."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from limen.cli.render.text import aligned, paint, printable
from limen.cli.write_records import Records
from limen.law import Assessment, MeasureView

_STYLES = {"true": "red", "unknown": "yellow", "false": "green"}


def assessment_records(found: Assessment) -> Records:
    """Return an assessment as lines, as one object, and as a row a reading."""
    return Records(list(_lines(found)), [found.to_dict()], [*_flat(found)])


def _lines(found: Assessment) -> Iterator[str]:
    yield paint(f"{found.event}  {printable(found.title)}", "bold", sys.stdout)
    yield f"  at {found.at}, with what was known at {found.known_at}"
    if not found.event_known:
        yield "  the event was not known then: none of its facts count"
    for trigger in found.triggers:
        reads = [each for each in found.readings if each.trigger == trigger.id]
        if not reads:
            continue
        yield ""
        met = {"every": "condition met under every reading", "none": "condition met under none"}
        under = ", ".join(trigger.met_under)
        outcome = met.get(trigger.condition_met, f"condition met under {under}")
        yield f"{printable(trigger.question)}  " + paint(outcome, "bold", sys.stdout)
        rows = [
            (
                each.statement,
                each.authority,
                f"{each.speaker} ({each.attribution})",
                each.said_at.partition("/")[0],
                each.value + (" (lesser response)" if each.grade == "lesser" else ""),
                each.why
                + (
                    f" [superseded by {', '.join(each.superseded_by)}]"
                    if each.superseded_by
                    else ""
                ),
            )
            for each in reads
        ]
        for line, each in zip(aligned(rows), reads, strict=True):
            yield paint(line, _STYLES[each.value], sys.stdout)
        for name in dict.fromkeys(name for each in reads for name in each.missing):
            who = ", ".join(each.statement for each in reads if name in each.missing)
            asks = next(
                asks
                for each in reads
                for missing, asks in zip(each.missing, each.asks, strict=True)
                if missing == name
            )
            yield f"    missing {name}: {printable(asks)} ({who})"
    for view in found.views.values():
        yield f"  {found.policy}: {view.authority} {view.trigger}: {view.value} ({view.statement})"
    yield from _measures("in force", found.in_force)
    yield from _measures("prepared", found.prepared)


def _measures(what: str, measures: Sequence[MeasureView]) -> Iterator[str]:
    yield ""
    yield paint(f"{what}: {len(measures) or 'nothing'}", "bold", sys.stdout)
    if measures:
        yield from aligned(
            [(each.id, each.authority, each.since, each.standing, each.title) for each in measures]
        )


def _flat(found: Assessment) -> Iterator[dict[str, Any]]:
    for each in found.readings:
        yield {
            "event": found.event,
            "at": found.at,
            "trigger": each.trigger,
            "statement": each.statement,
            "authority": each.authority,
            "speaker": each.speaker,
            "said_at": each.said_at,
            "value": each.value,
            "standing": each.standing,
            "missing": " ".join(each.missing),
            "why": each.why,
        }
