"""Draw what an update did, version by version."""

from __future__ import annotations

import sys

from limen.cli.render.text import counted, paint, printable
from limen.cli.write_records import Records
from limen.snapshot.build import Outcome, UpdateReport

#: Counts by name, which a table shows as their sum.
_COUNTED = ("unread", "oddities")
_STYLES = {"stored": "green", "unchanged": "dim", "refused": "red"}


def outcome_lines(outcome: Outcome) -> list[str]:
    """Return one line a version, and its reason where it was refused."""
    word = paint(f"{outcome.result:<9}", _STYLES[outcome.result], sys.stderr)
    records = f"  {counted(outcome.records, 'record')}" if outcome.records else ""
    lines = [f"{word}  {outcome.list_id}  {outcome.published}{records}".rstrip()]
    if outcome.error is not None:
        lines += [f"    {line}" for line in printable(str(outcome.error), lines=True).splitlines()]
    if outcome.unread:
        names = ", ".join(f"{name} ({count:,})" for name, count in outcome.unread.items())
        lines.append(f"    not looked at: {printable(names)}")
    for what, count in (outcome.oddities or {}).items():
        lines.append(f"    {printable(what)} ({count:,})")
    return lines


def snapshot_line(report: UpdateReport) -> str:
    """Return the counts, and the snapshot that was built."""
    results = [each.result for each in report.outcomes]
    counts = ", ".join(
        f"{results.count(result):,} {result}"
        for result in ("stored", "unchanged", "refused")
        if result in results
    )
    if report.snapshot is None:
        return f"{counts or 'nothing to do'}; the snapshot stays as it was"
    manifest = report.snapshot.manifest
    parties = counted(manifest.counts.get("parties", 0), "party", "parties")
    return f"{counts}; snapshot {manifest.id} with {parties} is active"


def report_records(report: UpdateReport) -> Records:
    """Return an update as data, a record a version."""
    wire = [
        {
            "list": each.list_id,
            "version": each.published,
            "result": each.result,
            "records": each.records,
            "unread": dict(each.unread or {}),
            "oddities": dict(each.oddities or {}),
            "error": str(each.error) if each.error else None,
        }
        for each in report.outcomes
    ]
    flat = [{**each, **{key: sum(_counts(each[key])) for key in _COUNTED}} for each in wire]
    text = [line for each in report.outcomes for line in outcome_lines(each)]
    return Records(text, wire, flat)


def _counts(unread: object) -> list[int]:
    return list(unread.values()) if isinstance(unread, dict) else []
