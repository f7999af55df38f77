"""Simulate a portfolio under an overlay of measures that are supposed to be in force.

A simulation reads a snapshot and writes nothing. Every line is marked ``simulation``: it is no
answer, has no stamp of one, and is not used where decisions are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from limen.law.overlay import Overlay, Supposed
from limen.model import Answer, Instant, Party, read_party
from limen.screening.query.party_size import check_size
from limen.simulation.supposed_parties import likenesses
from limen.util.budget import UNLIMITED, Budget

if TYPE_CHECKING:
    from limen.places import Location
    from limen.simulation.engine_protocol import ScreeningEngine

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Holding:
    """One row of a portfolio: a party, and the amount at risk with it."""

    party: Mapping[str, Any] | Party
    amount: float | None = None
    label: str = ""


class Hit(msgspec.Struct, frozen=True):
    """One row that a supposed measure would reach."""

    row: int
    label: str
    measure: str
    authority: str
    instrument: str
    prohibits: tuple[str, ...]
    target: str
    by: Literal["party", "territory", "licence_ended"]
    certainty: Literal["hit", "review", "cannot_say"]
    score: float | None
    newly: bool
    before: str
    hindsight: bool
    amount: float | None
    why: str
    stamp: Literal["simulation"] = "simulation"


class WhatIf(msgspec.Struct, frozen=True):
    """The result of a simulation.

    ``hits`` holds a line for every row and measure; ``newly_hit`` and ``amounts`` count rows that
    were no hit of the same authority before, each once for an authority.
    """

    stamp: Literal["simulation"]
    event: str | None
    at: str
    known_at: str
    snapshot: str
    assumptions: tuple[str, ...]
    supposed: tuple[Supposed, ...]
    rows: int
    hit_before: int
    newly_hit: dict[str, int]
    amounts: dict[str, float]
    cannot_say: int
    hits: tuple[Hit, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form, of plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return {"schema_version": SCHEMA_VERSION, **plain}


def simulate(
    engine: ScreeningEngine,
    overlay: Overlay,
    portfolio: Iterable[Holding],
    *,
    event: str | None,
    at: Instant,
    known_at: Instant,
    budget: Budget = UNLIMITED,
) -> WhatIf:
    """Screen a portfolio before and after; the overlay is dropped with the result.

    Raises:
        InputError: a party that cannot be read, or is larger than the budget allows.
        TimeLimitError: the time of the budget is over.
    """
    holdings = list(portfolio)
    parties = [_party(*row, budget) for row in budget.checked(enumerate(holdings))]
    screened = engine.screen_many(parties, as_of=at, budget=budget)
    before = [answer for answer in screened if isinstance(answer, Answer)]
    hits = [
        *_by_party(engine, overlay, holdings, parties, before, budget),
        *_by_territory(engine, overlay, holdings, parties, before, at, budget),
        *_by_licence(overlay, holdings, before),
    ]
    hits.sort(key=lambda hit: (not hit.newly, hit.row, hit.authority, hit.measure))
    counts, amounts = _totals(hits)
    return WhatIf(
        stamp="simulation",
        event=event,
        at=str(at),
        known_at=str(known_at),
        snapshot=engine.snapshot.manifest.id,
        assumptions=overlay.assumptions,
        supposed=overlay.supposed,
        rows=len(holdings),
        hit_before=sum(answer.outcome == "hit" for answer in before),
        newly_hit=counts,
        amounts=amounts,
        cannot_say=len({hit.row for hit in hits if hit.certainty == "cannot_say"}),
        hits=tuple(hits),
    )


def _party(row: int, holding: Holding, budget: Budget) -> Party:
    party, where = holding.party, f"row {row + 1:,}"
    check_size(party, budget, where=where)
    return party if isinstance(party, Party) else read_party(party, where=where).party


def _totals(hits: Sequence[Hit]) -> tuple[dict[str, int], dict[str, float]]:
    counts: dict[str, int] = {}
    amounts: dict[str, float] = {}
    seen: set[tuple[int, str]] = set()
    for hit in hits:
        if hit.newly and hit.certainty == "hit" and (hit.row, hit.authority) not in seen:
            seen.add((hit.row, hit.authority))
            counts[hit.authority] = counts.get(hit.authority, 0) + 1
            amounts[hit.authority] = round(amounts.get(hit.authority, 0.0) + (hit.amount or 0.0), 2)
    return counts, amounts


def _by_party(
    engine: ScreeningEngine,
    overlay: Overlay,
    holdings: Sequence[Holding],
    parties: Sequence[Party],
    before: Sequence[Answer],
    budget: Budget,
) -> Iterator[Hit]:
    for likeness in likenesses(engine, overlay, parties, budget):
        row, supposed, first = likeness.row, likeness.target.supposed, likeness.features[0]
        yield Hit(
            row=row,
            label=holdings[row].label or parties[row].caption,
            measure=supposed.measure,
            authority=supposed.authority,
            instrument=supposed.instrument,
            prohibits=supposed.prohibits,
            target=likeness.target.name,
            by="party",
            certainty="hit" if likeness.score >= likeness.threshold else "review",
            score=likeness.score,
            newly=not _hit_before(engine, before[row], supposed.authority),
            before=before[row].outcome,
            hindsight=supposed.hindsight,
            amount=holdings[row].amount,
            why=f"{first.query!r} is like {first.listed!r}",
        )


def _hit_before(engine: ScreeningEngine, answer: Answer, authority: str) -> bool:
    """Return whether the row was already a hit on a list of the same authority."""
    authorities = {info.id: info.authority for info in engine.snapshot.manifest.lists}
    return any(
        finding.level == "hit"
        and _authority(listing.list, listing.programmes, authorities) == authority
        for finding in answer.parties
        for listing in finding.listings
    )


def _authority(list_id: str, programmes: Sequence[str], authorities: Mapping[str, str]) -> str:
    """Return the authority of a listing; the bundled sample prefixes its tags with it."""
    code = authorities.get(list_id, "")
    if code in ("US", "EU", "UK"):
        return code
    tag = programmes[0] if programmes else ""
    return tag[:2] if tag[:3] in ("EU-", "UK-") else "US"


def _by_territory(
    engine: ScreeningEngine,
    overlay: Overlay,
    holdings: Sequence[Holding],
    parties: Sequence[Party],
    before: Sequence[Answer],
    at: Instant,
    budget: Budget,
) -> Iterator[Hit]:
    """Yield the rows with an address in a territory that a measure is supposed to reach.

    The answers of the screening do not suffice: they hold the territories of the lists'
    authorities alone, and a supposed measure may reach one that only another authority has.
    """
    pairs = [
        (supposed, territory) for supposed in overlay.supposed for territory in supposed.territories
    ]
    located: dict[str, Location] = {}
    for row, party in enumerate(parties) if pairs else ():
        outcomes: dict[str, tuple[str, str]] = {}
        for address in budget.checked(party.values("address", "full")):
            if address not in located:
                located[address] = engine.locate(address, as_of=at, budget=budget)
            for finding in located[address].findings:
                earlier = outcomes.get(finding.territory)
                if finding.outcome != "outside" and (earlier is None or earlier[0] != "inside"):
                    outcomes[finding.territory] = (finding.outcome, finding.why)
        for supposed, territory in pairs:
            if territory not in outcomes:
                continue
            outcome, why = outcomes[territory]
            yield Hit(
                row=row,
                label=holdings[row].label or party.caption,
                measure=supposed.measure,
                authority=supposed.authority,
                instrument=supposed.instrument,
                prohibits=supposed.prohibits,
                target=territory,
                by="territory",
                certainty="hit" if outcome == "inside" else "cannot_say",
                score=None,
                newly=True,
                before=before[row].outcome,
                hindsight=supposed.hindsight,
                amount=holdings[row].amount,
                why=why,
            )


def _by_licence(
    overlay: Overlay, holdings: Sequence[Holding], before: Sequence[Answer]
) -> Iterator[Hit]:
    """Yield rows that a licence may have covered and would no longer cover."""
    for row, answer in enumerate(before) if overlay.ended_licences else ():
        covered = {
            (measure.id, licence.key): measure
            for finding in answer.parties
            if finding.level == "hit"
            for listing in finding.listings
            for measure in listing.measures_in_force
            for licence in measure.licences
            if licence.key in overlay.ended_licences
        }
        for (_, key), measure in covered.items():
            yield Hit(
                row=row,
                label=holdings[row].label or str(answer.query.get("caption", "")),
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
                amount=holdings[row].amount,
                why=f"{key} could apply to dealings with it, and would not any more",
            )
