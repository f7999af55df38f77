"""Compare a portfolio on two actual days: what began, ended or changed, and by which acts.

Nothing is supposed here. Both days are answered with the same knowledge, so that a difference is
one of the law and the lists, and not of what was known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from limen.model import Answer, Finding, Instant, ListingEvidence, OwnershipFinding, PlaceFinding
from limen.simulation.holding import Holding, party_of
from limen.util.budget import UNLIMITED, Budget

if TYPE_CHECKING:
    from limen.law.ownership.stakes_file import Stakes
    from limen.simulation.engine_protocol import ScreeningEngine

SCHEMA_VERSION = "1"

By = Literal["listing", "territory", "ownership", "licence"]
Kind = Literal["began", "ended", "changed"]


class Imposed(msgspec.Struct, frozen=True):
    """What one measure, licence or embargo meant for a row on one day."""

    authority: str
    measure: str
    instrument: str
    acts: tuple[str, ...]
    prohibits: tuple[str, ...]
    target: str
    since: str
    level: str


class Change(msgspec.Struct, frozen=True):
    """One difference between the two days, for one row.

    ``prohibits_before`` and ``prohibits`` are what was imposed on each day; ``acts`` those that
    the list or the measure names.
    """

    row: int
    label: str
    change: Kind
    by: By
    authority: str
    measure: str
    instrument: str
    acts: tuple[str, ...]
    target: str
    since: str
    prohibits_before: tuple[str, ...]
    prohibits: tuple[str, ...]
    level: str
    outcomes: tuple[str, str]
    amount: float | None


class Between(msgspec.Struct, frozen=True):
    """What changed for a portfolio between two days.

    ``outcomes`` counts rows by their two outcomes (``"clear to hit"``); ``cannot_say`` are rows
    for which one of the days cannot be answered, with the reasons.
    """

    first: str
    second: str
    known_at: str
    snapshot: str
    rows: int
    changed_rows: int
    outcomes: dict[str, int]
    acts: dict[str, int]
    cannot_say: int
    reasons: tuple[str, ...]
    changes: tuple[Change, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form, of plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return {"schema_version": SCHEMA_VERSION, **plain}


def compare_days(
    engine: ScreeningEngine,
    portfolio: Iterable[Holding],
    *,
    first: Instant,
    second: Instant,
    known_at: Instant | None,
    ownership: Stakes | None = None,
    budget: Budget = UNLIMITED,
) -> Between:
    """Screen a portfolio on two days and return the differences.

    Raises:
        InputError: a party that cannot be read, or is larger than the budget allows.
        TimeLimitError: the time of the budget is over.
    """
    holdings = list(portfolio)
    parties = [party_of(*each, budget) for each in budget.checked(enumerate(holdings))]
    answers = [
        [
            each
            for each in engine.screen_many(
                parties, as_of=day, known_at=known_at, ownership=ownership, budget=budget
            )
            if isinstance(each, Answer)
        ]
        for day in (first, second)
    ]
    changes: list[Change] = []
    outcomes: Counter[str] = Counter()
    reasons: dict[str, None] = {}
    unsure = 0
    for number, (holding, party) in enumerate(zip(holdings, parties, strict=True)):
        pair = answers[0][number], answers[1][number]
        outcomes[f"{pair[0].outcome} to {pair[1].outcome}"] += 1
        if any(each.outcome == "cannot_say" for each in pair):
            unsure += 1
            reasons.update(dict.fromkeys(reason for each in pair for reason in each.reasons))
        label = holding.label or party.caption
        changes += _changes(engine, number, label, holding.amount, pair)
    return Between(
        first=str(first),
        second=str(second),
        known_at=str(known_at) if known_at else "all that is known",
        snapshot=engine.snapshot.manifest.id,
        rows=len(holdings),
        changed_rows=len({each.row for each in changes}),
        outcomes=dict(outcomes),
        acts=_acts(changes),
        cannot_say=unsure,
        reasons=tuple(reasons),
        changes=tuple(changes),
    )


def _acts(changes: Iterable[Change]) -> dict[str, int]:
    """Return each act, with the number of rows for which it changed something."""
    rows = {
        (act, each.row)
        for each in changes
        for act in (each.acts or (each.instrument or each.measure,))
    }
    return dict(Counter(act for act, _ in sorted(rows)).most_common())


def _changes(
    engine: ScreeningEngine,
    row: int,
    label: str,
    amount: float | None,
    pair: tuple[Answer, Answer],
) -> Iterator[Change]:
    old, new = (dict(_imposed(engine, answer)) for answer in pair)
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        change = _kind(before, after)
        latest = after or before
        if change is None or latest is None:
            continue
        yield Change(
            row=row,
            label=label,
            change=change,
            by=key[0],
            authority=latest.authority,
            measure=latest.measure,
            instrument=latest.instrument,
            acts=latest.acts,
            target=latest.target,
            since=latest.since,
            prohibits_before=before.prohibits if before else (),
            prohibits=after.prohibits if after else (),
            level=latest.level,
            outcomes=(pair[0].outcome, pair[1].outcome),
            amount=amount,
        )


def _kind(before: Imposed | None, after: Imposed | None) -> Kind | None:
    if before is None:
        return "began"
    if after is None:
        return "ended"
    same = before.prohibits == after.prohibits and before.level == after.level
    return None if same else "changed"


Key = tuple[By, str, str, str]


def _imposed(engine: ScreeningEngine, answer: Answer) -> Iterator[tuple[Key, Imposed]]:
    authorities = {info.id: info.authority for info in engine.snapshot.manifest.lists}
    for finding in answer.findings:
        if isinstance(finding, PlaceFinding):
            yield _territory(finding)
        elif isinstance(finding, OwnershipFinding):
            yield _ownership(finding)
        else:
            for listing in finding.listings:
                yield from _listing(finding, listing, authorities[listing.list])


def _territory(finding: PlaceFinding) -> tuple[Key, Imposed]:
    key: Key = ("territory", finding.measure, finding.territory, finding.field)
    words = (finding.prohibits,) if finding.prohibits else ()
    return key, Imposed(
        finding.authority, finding.measure, finding.instrument, (), words, finding.territory,
        finding.applied_from, finding.level,
    )  # fmt: skip


def _ownership(finding: OwnershipFinding) -> tuple[Key, Imposed]:
    key: Key = ("ownership", finding.authority, finding.rule, finding.caption)
    return key, Imposed(
        finding.authority, finding.rule, ", ".join(finding.measures), (), (finding.verdict,),
        finding.caption, "", finding.level,
    )  # fmt: skip


def _listing(
    finding: Finding, listing: ListingEvidence, authority: str
) -> Iterator[tuple[Key, Imposed]]:
    target = f"{listing.list} {listing.record_id}"
    for measure in listing.measures_in_force:
        name = measure.id or measure.instrument
        key: Key = ("listing", listing.list, listing.record_id, name)
        since = max(listing.applied_from or "", measure.since or "")
        yield key, Imposed(
            authority, name, measure.instrument, listing.acts, measure.prohibits, target, since,
            finding.level,
        )  # fmt: skip
        for licence in measure.licences:
            allowed: Key = ("licence", listing.list, licence.key, name)
            yield allowed, Imposed(
                authority, licence.key, licence.title, (licence.key,), licence.activities, target,
                licence.until or "", licence.standing,
            )  # fmt: skip
    if not listing.measures_in_force:
        key = ("listing", listing.list, listing.record_id, "")
        yield key, Imposed(
            authority, "", ", ".join(listing.instruments), listing.acts, (), target,
            listing.applied_from or "", finding.level,
        )  # fmt: skip
