"""Draw a simulation: the rows newly hit, by which law, how much; every line is stamped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from limen.cli.render.text import aligned, counted, paint, printable
from limen.cli.write_records import Records
from limen.simulation.what_if import Hit, WhatIf

_MOST = 200


def what_if_records(found: WhatIf) -> Records:
    """Return a simulation as lines, as one object, and as a row a hit."""
    return Records(list(_lines(found)), [found.to_dict()], [_flat(hit) for hit in found.hits])


def _lines(found: WhatIf) -> Iterator[str]:
    yield paint("SIMULATION: nothing here is a screening answer", "bold", sys.stdout)
    screened = counted(found.rows, "row")
    yield f"  simulation  at {found.at}, {screened}, {found.hit_before:,} hit before"
    for assumption in found.assumptions:
        yield f"  simulation  {printable(assumption)}"
    newly = [hit for hit in found.hits if hit.newly]
    yield ""
    if newly:
        rows = [_row(hit) for hit in newly[:_MOST]]
        yield from aligned([_HEAD, *rows], right=(6,))
    if len(newly) > _MOST:
        yield f"  simulation  and {len(newly) - _MOST:,} more: --output FILE.csv has them all"
    for authority, count in found.newly_hit.items():
        amount = f", {found.amounts[authority]:,.2f} at stake" if found.amounts[authority] else ""
        line = f"{authority}: {counted(count, 'row')} newly hit{amount}"
        yield paint(f"  simulation  {line}", "red", sys.stdout)
    if not newly:
        yield "  simulation  no row is newly hit"


_HEAD = ("simulation", "row", "hit", "authority", "measure", "target", "amount", "how sure")


def _row(hit: Hit) -> tuple[str, ...]:
    sure = hit.certainty.replace("_", " ") + (" (hindsight)" if hit.hindsight else "")
    amount = f"{hit.amount:,.2f}" if hit.amount is not None else ""
    return (
        hit.stamp, f"{hit.row + 1:,}", hit.label, hit.authority, hit.measure, hit.target, amount,
        sure,
    )  # fmt: skip


def _flat(hit: Hit) -> dict[str, Any]:
    return {
        "stamp": hit.stamp,
        "row": hit.row + 1,
        "label": hit.label,
        "newly_hit": hit.newly,
        "certainty": hit.certainty,
        "authority": hit.authority,
        "measure": hit.measure,
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
