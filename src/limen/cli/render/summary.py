"""Draw the box at the end of a run: what went in, what came out, and what it rests on."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from limen.batch.tally import Group, Tally
from limen.cli.render.text import aligned, counted, paint, printable, width

_MOST_GROUPS = 8
_LABELS = {
    "hit": "hit",
    "review": "review",
    "cannot_say": "cannot say",
    "clear": "clear",
    "refused": "refused",
}
_STYLES = ("red", "yellow", "magenta", "green", "magenta")


def closing_lines(
    tally: Tally, *, screened: int, seconds: float, output: str, rest: Sequence[str]
) -> list[str]:
    """Return the run in numbers: ``screened`` parties in ``seconds``, then ``rest``."""
    lines = [*_counts(tally)]
    lines += groups("refused", tally.refused)
    lines += groups("cannot say", tally.reasons)
    lines += groups("noticed", tally.notices)
    lines += ["", *rest, ""]
    rate = screened / seconds if seconds > 0 else 0.0
    took = f"{counted(screened, 'party', 'parties')} in {seconds:.1f} s, {rate:,.0f} a second"
    lines.append(f"{took}; written to {output}" if output else took)
    head = (
        f"{counted(tally.rows, 'row')} in = {tally.screened:,} screened + "
        f"{tally.refusals:,} refused"
    )
    return boxed(head, lines)


def _counts(tally: Tally) -> list[str]:
    unsure = tally.undetermined
    note = f"{unsure:,} of them could not be cleared without it either" if unsure else ""
    numbers = (
        ("hit", tally.hit, ""),
        ("review", tally.review, note),
        ("cannot_say", tally.cannot_say, ""),
        ("clear", tally.clear, ""),
        ("refused", tally.refusals, ""),
    )
    rows = [(_LABELS[name], f"{number:,}", note) for name, number, note in numbers]
    return [
        paint(line, style, sys.stderr) if number else line
        for line, style, (_, number, _note) in zip(
            aligned(rows, right=(1,), indent=""), _STYLES, numbers, strict=True
        )
    ]


def groups(title: str, counts: Mapping[str, Group], what: str = "row") -> list[str]:
    """Return what was reported, the most frequent first, each with its first place."""
    if not counts:
        return []
    ranked = sorted(counts.values(), key=lambda group: -group.count)
    lines = ["", f"{title}:"]
    lines += [
        f"  {counted(group.count, what)}: {printable(group.example)} "
        f"(first: {printable(group.first)})"
        for group in ranked[:_MOST_GROUPS]
    ]
    if len(ranked) > _MOST_GROUPS:
        more = sum(group.count for group in ranked[_MOST_GROUPS:])
        lines.append(f"  {counted(more, what)} for {len(ranked) - _MOST_GROUPS} other reasons")
    return lines


def boxed(head: str, lines: list[str]) -> list[str]:
    """Frame lines; the frame is open to the right, so that nothing is cut."""
    rule = "─" * max(8, min(72, width(head) + 8))
    return [f"╭─ {head} {rule[width(head) + 4 :]}", *(f"│ {line}".rstrip() for line in lines),
            f"╰{rule}"]  # fmt: skip
