"""Simulate a portfolio under an overlay of measures that are supposed to be in force.

A simulation reads a snapshot and writes nothing. Every line is marked ``simulation``: it is no
answer, has no stamp of one, and is not used where decisions are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from limen.law.in_force import Clocks
from limen.law.suppose.supposed import Overlay, Supposed
from limen.model import Answer, Instant
from limen.simulation.before import before
from limen.simulation.hit_lines import hit
from limen.simulation.holding import Holding, Row, party_of
from limen.simulation.results import Hit, Reach, ReadingResult, WhatIf
from limen.simulation.supposed_owners import by_ownership
from limen.simulation.supposed_parties import likenesses
from limen.simulation.supposed_targets import TargetComparer, Unassessed
from limen.util.budget import UNLIMITED, Budget

if TYPE_CHECKING:
    from limen.law.ownership.stakes_file import Stakes
    from limen.simulation.engine_protocol import ScreeningEngine

#: Kinds of targets of a provision, by its field.
_KINDS = ("parties", "programmes", "territories", "sectors", "goods", "services")


class _Screened(NamedTuple):
    """A portfolio as it is before the supposition."""

    rows: list[Row]
    answers: list[Answer]


def simulate(
    engine: ScreeningEngine,
    overlay: Overlay,
    portfolio: Iterable[Holding],
    *,
    event: str | None,
    at: Instant,
    known_at: Instant,
    ownership: Stakes | None = None,
    budget: Budget = UNLIMITED,
) -> WhatIf:
    """Screen a portfolio before and after; the overlay is dropped with the result.

    Raises:
        InputError: a party that cannot be read, or is larger than the budget allows.
        TimeLimitError: the time of the budget is over.
    """
    screened = _screen(engine, portfolio, Clocks(at, known_at), ownership, budget)
    hits = [*_by_party(engine, overlay, screened.rows, budget)]
    if ownership is not None:
        hits += by_ownership(engine.regimes.law, overlay, ownership, screened.rows, at)
    unassessed: list[Unassessed] = []
    for found in _by_targets(engine, overlay, screened.rows, at, budget):
        if isinstance(found, Hit):
            hits.append(found)
        else:
            unassessed.append(found)
    reaches = tuple(_reaches(overlay, hits, unassessed))
    hits += _by_licence(overlay, screened)
    hits.sort(key=lambda each: (not each.newly, each.row, each.authority, each.measure))
    counts, amounts = _totals(hits)
    return WhatIf(
        stamp="simulation",
        event=event,
        at=str(at),
        known_at=str(known_at),
        snapshot=engine.snapshot.manifest.id,
        assumptions=overlay.assumptions,
        nothing=overlay.nothing,
        readings=tuple(_by_reading(overlay, hits)),
        disagreement=_disagreement(overlay),
        supposed=overlay.supposed,
        reaches=reaches,
        rows=len(screened.rows),
        hit_before=sum(answer.outcome == "hit" for answer in screened.answers),
        newly_hit=counts,
        widened=_widened(hits),
        amounts=amounts,
        cannot_say=len({each.row for each in hits if each.certainty == "cannot_say"}),
        hits=tuple(hits),
    )


def _screen(
    engine: ScreeningEngine,
    portfolio: Iterable[Holding],
    clocks: Clocks,
    ownership: Stakes | None,
    budget: Budget,
) -> _Screened:
    holdings = list(portfolio)
    parties = [party_of(*each, budget) for each in budget.checked(enumerate(holdings))]
    found = engine.screen_many(parties, as_of=clocks.as_of, ownership=ownership, budget=budget)
    answers = [answer for answer in found if isinstance(answer, Answer)]
    law = engine.regimes.law
    rows = [
        Row(number, holding, party, before(engine.snapshot, law, answer, clocks))
        for number, (holding, party, answer) in enumerate(
            zip(holdings, parties, answers, strict=True)
        )
    ]
    return _Screened(rows, answers)


def _by_party(
    engine: ScreeningEngine, overlay: Overlay, rows: Sequence[Row], budget: Budget
) -> Iterator[Hit]:
    for likeness in likenesses(engine, overlay, [row.party for row in rows], budget):
        first = likeness.features[0]
        yield hit(
            rows[likeness.row],
            likeness.target.supposed,
            "party",
            likeness.target.name,
            "hit" if likeness.score >= likeness.threshold else "review",
            f"{first.query!r} is like {first.listed!r}",
            score=likeness.score,
        )


def _by_targets(
    engine: ScreeningEngine, overlay: Overlay, rows: Sequence[Row], at: Instant, budget: Budget
) -> Iterator[Hit | Unassessed]:
    """Yield what the rows' places, sectors, goods, services and tags come to."""
    compared = [(at, each) for at, each in enumerate(overlay.supposed) if _is_compared(each)]
    if not compared:
        return
    named = dict.fromkeys(name for _, each in compared for name in each.territories)
    territories = [name for name in named if name in engine.places.statutes.territories]
    comparer = TargetComparer(engine.regimes.law, engine.places, territories, at, budget)
    for row in budget.checked(rows):
        for position, supposed in compared:
            yield from comparer.compare(row, position, supposed)


def _is_compared(supposed: Supposed) -> bool:
    """Return whether a provision is about more than parties by name."""
    others = any(getattr(supposed, kind) for kind in _KINDS if kind != "parties")
    return others or not supposed.parties


def _reaches(
    overlay: Overlay, hits: Sequence[Hit], unassessed: Sequence[Unassessed]
) -> Iterator[Reach]:
    """Yield whom each supposed provision can reach, in the order of the overlay."""
    left: Counter[int] = Counter()
    whys: dict[int, dict[str, None]] = {}
    for each in unassessed:
        left[each.provision] += 1
        whys.setdefault(each.provision, {}).update(dict.fromkeys(each.whys))
    reached: dict[tuple[str, str], set[int]] = {}
    for one in hits:
        reached.setdefault((one.measure, one.provision), set()).add(one.row)
    for at, supposed in enumerate(overlay.supposed):
        yield Reach(
            measure=supposed.measure,
            provision=supposed.provision,
            authority=supposed.authority,
            prohibits=supposed.prohibits,
            by=tuple(kind for kind in _KINDS if getattr(supposed, kind)),
            hits=len(reached.get((supposed.measure, supposed.provision), ())),
            cannot_be_assessed=left[at],
            why="; ".join(whys.get(at, ())),
        )


def _by_licence(overlay: Overlay, screened: _Screened) -> Iterator[Hit]:
    """Yield rows that a licence may have covered and would no longer cover."""
    for row, answer in zip(*screened, strict=True) if overlay.ended_licences else ():
        covered = {
            (measure.id, licence.key): measure
            for finding in answer.party_findings
            if finding.level == "hit"
            for listing in finding.listings
            for measure in listing.measures_in_force
            for licence in measure.licences
            if licence.key in overlay.ended_licences
        }
        for (_, key), measure in covered.items():
            yield Hit(
                row=row.number,
                label=row.label,
                measure=measure.id,
                authority=measure.authority,
                instrument=measure.instrument,
                prohibits=measure.prohibits,
                target=key,
                by="licence_ended",
                certainty="review",
                score=None,
                newly=True,
                before=answer.outcome,
                hindsight=False,
                amount=row.holding.amount,
                why=f"{key} could apply to dealings with it, and would not any more",
            )


def _by_reading(overlay: Overlay, hits: Sequence[Hit]) -> Iterator[ReadingResult]:
    for reading in overlay.readings:
        own = [each for each in hits if reading.statement in each.under]
        yield ReadingResult(reading, _totals(own)[0], _widened(own))


def _disagreement(overlay: Overlay) -> dict[str, str]:
    """Return the value of each reading whose trigger has readings of different values."""
    values: dict[str, set[str]] = {}
    for each in overlay.readings:
        values.setdefault(each.trigger, set()).add(each.value)
    return {
        each.statement: each.value for each in overlay.readings if len(values[each.trigger]) > 1
    }


def _totals(hits: Sequence[Hit]) -> tuple[dict[str, int], dict[str, float]]:
    counts: dict[str, int] = {}
    amounts: dict[str, float] = {}
    seen: set[tuple[int, str]] = set()
    for each in hits:
        if each.newly and each.certainty == "hit" and (each.row, each.authority) not in seen:
            seen.add((each.row, each.authority))
            counts[each.authority] = counts.get(each.authority, 0) + 1
            amount = amounts.get(each.authority, 0.0) + (each.amount or 0.0)
            amounts[each.authority] = round(amount, 2)
    return counts, amounts


def _widened(hits: Sequence[Hit]) -> dict[str, int]:
    rows = {(each.authority, each.row) for each in hits if each.widened and each.certainty == "hit"}
    return dict(Counter(authority for authority, _ in sorted(rows)))
