"""Draw a simulation: the rows newly hit, by which law, how much; every line is stamped."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from limen.cli.render.text import aligned, counted, paint, printable
from limen.cli.write_records import Records
from limen.simulation.results import Hit, WhatIf

_MOST = 200


def what_if_records(found: Sequence[WhatIf]) -> Records:
    """Return simulations as lines, as an object each, and as a row a hit."""
    lines = [line for each in found for line in (*_lines(each), "")][:-1]
    if len(found) > 1:
        lines = [*_side_by_side(found), "", *lines]
    return Records(
        lines,
        [each.to_dict() for each in found],
        [_flat(each, hit) for each in found for hit in each.hits],
    )


def _side_by_side(found: Sequence[WhatIf]) -> Iterator[str]:
    """Yield a line an event: the readings, what they suppose, and who is newly hit."""
    head = ("simulation", "event", "true", "false", "unknown", "supposes", "newly hit")
    rows = []
    for each in found:
        values = [result.reading.value for result in each.readings]
        counts = (str(values.count(value)) for value in ("true", "false", "unknown"))
        measures = dict.fromkeys(one.measure for one in each.supposed)
        newly = ", ".join(f"{name} {count:,}" for name, count in each.newly_hit.items())
        rows.append(
            (each.stamp, each.event or "-", *counts, ", ".join(measures) or "nothing", newly or "0")
        )
    yield from aligned([head, *rows])


def _lines(found: WhatIf) -> Iterator[str]:
    yield paint("SIMULATION: nothing here is a screening answer", "bold", sys.stdout)
    screened = counted(found.rows, "row")
    yield f"  simulation  at {found.at}, {screened}, {found.hit_before:,} hit before"
    for assumption in found.assumptions:
        yield f"  simulation  {printable(assumption)}"
    yield from _readings(found)
    yield from _reaches(found)
    newly = [hit for hit in found.hits if hit.newly or hit.widened]
    yield ""
    if newly:
        rows = list(dict.fromkeys(_row(hit) for hit in newly))
        yield from aligned([_HEAD, *rows[:_MOST]], right=(6,))
        if len(rows) > _MOST:
            yield f"  simulation  and {len(rows) - _MOST:,} more: --output FILE.csv has them all"
    for authority, count in found.newly_hit.items():
        amount = f", {found.amounts[authority]:,.2f} at stake" if found.amounts[authority] else ""
        line = f"{authority}: {counted(count, 'row')} newly hit{amount}"
        yield paint(f"  simulation  {line}", "red", sys.stdout)
    for authority, count in found.widened.items():
        line = f"{authority}: {counted(count, 'row')} from a partial measure to a full block"
        yield paint(f"  simulation  {line}", "red", sys.stdout)
    if not newly:
        yield "  simulation  no row is newly hit"


def _readings(found: WhatIf) -> Iterator[str]:
    """Yield what the readings come to, those of the same result together."""
    together: dict[tuple[str, str, str], list[str]] = {}
    for result in found.readings:
        reading = result.reading
        newly = ", ".join(f"{name} {count:,}" for name, count in result.newly_hit.items())
        comes_to = printable(reading.why)
        if reading.value == "true":
            comes_to = ", ".join(reading.measures) or "no measure waits for it"
            comes_to += f" (newly hit: {newly or 'none'})"
            if reading.already:
                comes_to = f"in force already: {', '.join(reading.already)}"
        elif reading.lesser:
            comes_to = f"its lesser response is met: {', '.join(reading.lesser)}; {comes_to}"
        key = (reading.trigger, reading.value, comes_to)
        together.setdefault(key, []).append(f"{reading.authority} {reading.statement}")
    for (trigger, value, comes_to), names in together.items():
        yield f"  simulation  {trigger} {value} by {', '.join(names)}: {comes_to}"
    if found.disagreement:
        yield f"  simulation  the readings disagree: {len(found.disagreement)} of them"


def _reaches(found: WhatIf) -> Iterator[str]:
    """Yield whom each provision can reach, and how many rows cannot be assessed."""
    for reach in found.reaches:
        name = f"{reach.measure} {reach.provision}".strip()
        by = ", ".join(reach.by) or "targets not known"
        line = f"{name} reaches by {by}: {counted(reach.hits, 'row')}"
        if reach.cannot_be_assessed:
            open_rows = counted(reach.cannot_be_assessed, "row")
            line += f"; {open_rows} cannot be assessed ({printable(reach.why)})"
        yield f"  simulation  {line}"


_HEAD = ("simulation", "row", "hit", "authority", "measure", "target", "amount", "how sure")


def _row(hit: Hit) -> tuple[str, ...]:
    """Return a line of the table; the provisions of one measure by which it is hit share it."""
    sure = hit.certainty.replace("_", " ") + (" (hindsight)" if hit.hindsight else "")
    sure += " (partial before)" if hit.widened else ""
    amount = f"{hit.amount:,.2f}" if hit.amount is not None else ""
    return (
        hit.stamp, f"{hit.row + 1:,}", hit.label, hit.authority, hit.measure, hit.target, amount,
        sure,
    )  # fmt: skip


def _flat(found: WhatIf, hit: Hit) -> dict[str, Any]:
    return {
        "stamp": hit.stamp,
        "event": found.event or "",
        "row": hit.row + 1,
        "label": hit.label,
        "newly_hit": hit.newly,
        "widened": hit.widened,
        "imposed_before": " ".join(hit.imposed_before),
        "certainty": hit.certainty,
        "authority": hit.authority,
        "measure": hit.measure,
        "provision": hit.provision,
        "under": " ".join(hit.under),
        "instrument": hit.instrument,
        "prohibits": " ".join(hit.prohibits),
        "target": hit.target,
        "by": hit.by,
        "score": hit.score,
        "before": hit.before,
        "hindsight": hit.hindsight,
        "amount": hit.amount,
        "why": hit.why,
    }


def drawn(found: WhatIf) -> str:
    """Draw a simulation as SVG: a bar of newly hit rows for every authority."""
    bars = sorted(found.newly_hit.items(), key=lambda each: -each[1])
    most = max((count for _, count in bars), default=1)
    height = 90 + 34 * max(1, len(bars))
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {height}" '
            'font-family="sans-serif" font-size="13" role="img">'
        ),
        "<title>simulation: rows newly hit</title>",
        f'<rect width="720" height="{height}" fill="#ffffff"/>',
        '<text x="20" y="28" font-size="16" font-weight="bold">Simulation: rows newly hit</text>',
        (
            f'<text x="20" y="48" fill="#555">at {escape(found.at)}, {found.rows:,} rows, '
            f"{found.hit_before:,} hit before</text>"
        ),
    ]
    for place, (authority, count) in enumerate(bars):
        y = 66 + 34 * place
        width = 420 * count / most
        amount = found.amounts.get(authority, 0.0)
        label = f"{count:,}" + (f" ({amount:,.2f})" if amount else "")
        parts += [
            f'<text x="20" y="{y + 16}">{escape(authority)}</text>',
            (
                f'<rect x="80" y="{y}" width="{width:.1f}" height="22" fill="#b3261e" '
                'fill-opacity="0.75" stroke="#b3261e" stroke-dasharray="4 3"/>'
            ),
            f'<text x="{90 + width:.1f}" y="{y + 16}">{label}</text>',
        ]
    parts.append(f'<text x="20" y="{height - 12}" fill="#b3261e">simulation, not a decision</text>')
    return "\n".join([*parts, "</svg>", ""])
