"""Write one line of a simulation: a row that a supposed provision would reach."""

from __future__ import annotations

from typing import Literal

from limen.law.suppose.supposed import Supposed
from limen.simulation.holding import Row
from limen.simulation.results import Hit, HitBy

Certainty = Literal["hit", "review", "cannot_say"]
_FREEZE = "asset_freeze"


def hit(
    row: Row,
    supposed: Supposed,
    by: HitBy,
    target: str,
    certainty: Certainty,
    why: str,
    *,
    score: float | None = None,
) -> Hit:
    """Return the line, with what the row was under before."""
    before = row.before
    widened = (
        before.is_partial(supposed.authority)
        and _FREEZE in supposed.prohibits
        and by in ("party", "programme", "ownership")
    )
    return Hit(
        row=row.number,
        label=row.label,
        measure=supposed.measure,
        authority=supposed.authority,
        instrument=supposed.instrument,
        prohibits=supposed.prohibits,
        target=target,
        by=by,
        certainty=certainty,
        score=score,
        newly=not before.is_hit(supposed.authority),
        before=before.outcome,
        hindsight=supposed.hindsight,
        amount=row.holding.amount,
        why=why,
        provision=supposed.provision,
        widened=widened,
        imposed_before=tuple(sorted(before.imposed.get(supposed.authority, ()))),
        under=supposed.under,
    )
