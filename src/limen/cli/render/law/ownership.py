"""Draw conclusions about ownership: the verdict, the percent that counts, the path."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from limen.cli.render.text import aligned, paint, printable
from limen.cli.write_records import Records
from limen.law.law import Law
from limen.law.ownership.ownership import Conclusion
from limen.model import OwnershipStep

_STYLES = {"owned": "red", "unknown": "yellow", "not_owned": "green"}


def ownership_records(law: Law, found: Sequence[Conclusion]) -> Records:
    """Return conclusions as lines, as objects, and as rows, each with the note of its rule."""
    return Records(
        list(_lines(law, found)),
        [{**msgspec.to_builtins(each), **_of_rule(law, each)} for each in found],
        [{**_flat(each), **_of_rule(law, each)} for each in found],
    )


def _of_rule(law: Law, each: Conclusion) -> dict[str, str]:
    rule = law.ownership[each.rule]
    return {"rule_note": rule.note, "rule_confidence": rule.confidence}


def _lines(law: Law, found: Sequence[Conclusion]) -> Iterator[str]:
    rows = [
        (each.authority, each.rule, each.entity, each.verdict.replace("_", " "), each.why)
        for each in found
    ]
    for line, each in zip(aligned(rows) if rows else [], found, strict=True):
        yield paint(line, _STYLES[each.verdict], sys.stdout)
        yield from (f"      {printable(ownership_step(step))}" for step in each.path)
    for name in dict.fromkeys(each.rule for each in found):
        rule = law.ownership[name]
        mark = "" if rule.confidence == "sourced" else f" [{rule.confidence}]"
        if rule.note:
            yield f"  {name}{mark}: {printable(rule.note)}"


def ownership_step(step: OwnershipStep) -> str:
    """Return one stake of a path in words."""
    share = "an unknown share" if step.percent is None else f"{step.percent:g} percent"
    by = {"listed": "who is listed", "owned": "itself owned", "control": "by control"}[step.by]
    dates = f" from {step.held_from}" if step.held_from else ""
    dates += f" to {step.held_to}" if step.held_to else ""
    return f"{step.owner} ({by}) holds {share} of {step.owned}{dates}  [{step.source}]"


def _flat(each: Conclusion) -> dict[str, Any]:
    return {
        "authority": each.authority,
        "entity": each.entity,
        "verdict": each.verdict,
        "percent": each.percent,
        "at_most": each.at_most,
        "rule": each.rule,
        "path": " | ".join(ownership_step(step) for step in each.path),
        "why": each.why,
    }
