"""Draw conclusions about ownership: the verdict, the percent that counts, the path."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from limen.cli.render.text import aligned, paint, printable
from limen.cli.write_records import Records
from limen.law.ownership.ownership import Conclusion, Step

_STYLES = {"owned": "red", "unknown": "yellow", "not_owned": "green"}


def ownership_records(found: Sequence[Conclusion]) -> Records:
    """Return conclusions as lines, as objects, and as rows."""
    return Records(
        list(_lines(found)),
        [msgspec.to_builtins(each) for each in found],
        [_flat(each) for each in found],
    )


def _lines(found: Sequence[Conclusion]) -> Iterator[str]:
    rows = [
        (each.authority, each.entity, each.verdict.replace("_", " "), each.why) for each in found
    ]
    for line, each in zip(aligned(rows) if rows else [], found, strict=True):
        yield paint(line, _STYLES[each.verdict], sys.stdout)
        yield from (f"      {printable(_step(step))}" for step in each.path)


def _step(step: Step) -> str:
    share = "an unknown share" if step.percent is None else f"{step.percent:g} percent"
    by = {"listed": "who is listed", "owned": "itself owned", "control": "by control"}[step.by]
    return f"{step.owner} ({by}) holds {share} of {step.owned}  [{step.source}]"


def _flat(each: Conclusion) -> dict[str, Any]:
    return {
        "authority": each.authority,
        "entity": each.entity,
        "verdict": each.verdict,
        "percent": each.percent,
        "at_most": each.at_most,
        "rule": each.rule,
        "path": " | ".join(_step(step) for step in each.path),
        "why": each.why,
    }
