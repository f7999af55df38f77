"""Draw the differences of a portfolio between two actual days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from limen.cli.render.text import aligned, counted, printable
from limen.cli.write_records import Records
from limen.simulation.between import Between, Change

_MOST = 200
_HEAD = ("row", "party", "what", "authority", "measure", "since", "imposes", "by")


def between_records(found: Between) -> Records:
    """Return a comparison as lines, as one object, and as a row a change."""
    return Records(list(_lines(found)), [found.to_dict()], [_flat(each) for each in found.changes])


def _lines(found: Between) -> Iterator[str]:
    changed = f"{counted(found.rows, 'row')}, {found.changed_rows:,} changed"
    yield f"from {found.first} to {found.second}, known at {found.known_at}: {changed}"
    yield "  " + ", ".join(f"{count:,} {outcomes}" for outcomes, count in found.outcomes.items())
    if found.cannot_say:
        yield f"  {counted(found.cannot_say, 'row')} cannot be answered on one of the days:"
        yield from (f"    {printable(reason)}" for reason in found.reasons[:10])
    if found.changes:
        yield ""
        yield from aligned([_HEAD, *(_row(each) for each in found.changes[:_MOST])])
    if len(found.changes) > _MOST:
        yield f"  and {len(found.changes) - _MOST:,} more: --output FILE.csv has them all"
    if found.acts:
        yield ""
        yield "by act:"
        rows = [(counted(count, "row"), printable(act)) for act, count in found.acts.items()]
        yield from (f"  {line}" for line in aligned(rows))


def _row(each: Change) -> tuple[str, ...]:
    words = " ".join(each.prohibits or each.prohibits_before)
    if each.change == "changed":
        words = f"{' '.join(each.prohibits_before)} -> {' '.join(each.prohibits)}"
    by = ", ".join(each.acts) or each.instrument
    what = f"{each.by} {each.change}"
    return (
        f"{each.row + 1:,}", printable(each.label), what, each.authority, each.measure, each.since,
        words, printable(by),
    )  # fmt: skip


def _flat(each: Change) -> dict[str, Any]:
    return {
        "row": each.row + 1,
        "label": each.label,
        "change": each.change,
        "by": each.by,
        "authority": each.authority,
        "measure": each.measure,
        "instrument": each.instrument,
        "acts": " | ".join(each.acts),
        "target": each.target,
        "since": each.since,
        "prohibits_before": " ".join(each.prohibits_before),
        "prohibits": " ".join(each.prohibits),
        "level": each.level,
        "outcome_before": each.outcomes[0],
        "outcome": each.outcomes[1],
        "amount": each.amount,
    }
