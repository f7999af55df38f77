"""Describe what an answer rests on: lists, versions, ages, counts, and what is missing."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from limen.cli.render.text import aligned, counted, paint
from limen.model import ListCoverage
from limen.render.coverage_sentences import fails


def coverage_lines(
    coverage: Sequence[ListCoverage], *, as_of: str, known_at: str, samples: Sequence[str] = ()
) -> list[str]:
    """Return one line a list, and a warning for each that is only a sample."""
    head = f"rests on {counted(len(coverage), 'list')}, as of {as_of}, known at {known_at}"
    lines = [head, *aligned([_cells(each) for each in coverage], right=(2, 3))]
    if not coverage:
        lines.append("  no list at all")
    for sample in samples:
        lines += [
            paint(f"  SAMPLE  {sample} is a sample, no official list: ", "yellow", sys.stderr)
            + "`clear` only means `not in the sample`",
            "          to get the official lists: limen lists update",
        ]
    return lines


def failed(coverage: Sequence[ListCoverage]) -> list[ListCoverage]:
    """Return the lists that cannot carry an answer."""
    return [each for each in coverage if fails(each)]


def _cells(each: ListCoverage) -> tuple[str, str, str, str, str]:
    age = "" if each.age_days is None else f"{counted(each.age_days, 'day')} old"
    records = counted(each.records, "record") if each.version else ""
    state = "" if each.state == "ok" else f"{each.state.replace('_', ' ').upper()}: {each.why}"
    return each.list, each.version or "no version", age, records, state
