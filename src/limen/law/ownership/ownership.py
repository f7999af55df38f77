"""Decide which entities are treated like their listed owners, by aggregate stakes and control.

Edges are facts (who owns how much of whom, from when to when, by which source). What follows
from them is computed for each authority's own rule on a day, to a fixpoint: an entity that is
owned counts as an owner of the next. A stake that is missing makes the answer unknown, never no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from limen.law.law import Law
from limen.law.moments import moment
from limen.law.records import OwnershipRule
from limen.model import Instant, Interval, OwnershipStep

Verdict = Literal["owned", "not_owned", "unknown"]
ALWAYS = Interval()


@dataclass(frozen=True, slots=True)
class Stake:
    """An edge of the ownership graph: an owner's share of an entity, over a span of time.

    Attributes:
        percent: of shares or votes; ``None`` where it is not known.
        control: whether the owner controls the entity without regard to the share; ``None``
            where it is not known.
        acting_with: the name of a joint arrangement that the owner is part of.
        where: its file and line.
    """

    owner: str
    owned: str
    percent: float | None
    control: bool | None = None
    acting_with: str = ""
    held: Interval = ALWAYS
    source: str = ""
    where: str = ""


class Conclusion(msgspec.Struct, frozen=True):
    """The result of one authority's rule for one entity.

    ``percent`` is the aggregate that counts; ``at_most`` what it would be if every stake that
    is not known were held by the listed. ``path`` leads to the listed owners.
    """

    entity: str
    authority: str
    rule: str
    verdict: Verdict
    percent: float
    at_most: float
    path: tuple[OwnershipStep, ...]
    why: str


def rule_of(
    law: Law, authority: str, on: Instant, *, measure: str | None = None
) -> OwnershipRule | None:
    """Return an authority's rule on a day; with a measure, the rule that reaches it, if any."""
    general = None
    for rule in law.ownership.values():
        if rule.authority != authority or not _in_effect(rule, law.zone(authority), on):
            continue
        if measure is not None and measure in rule.for_measures:
            return rule
        if not rule.for_measures and measure not in rule.not_for:
            general = rule
    return general


def _in_effect(rule: OwnershipRule, zone: str, on: Instant) -> bool:
    if rule.from_ and not moment(rule.from_, zone).effective_by(on):
        return False
    if rule.until and moment(rule.until, zone).effective_by(on):
        return False
    if rule.suspended_from and moment(rule.suspended_from, zone).effective_by(on):
        back = rule.suspended_until
        return bool(back) and moment(str(back), zone).effective_by(on)
    return True


def conclude(
    rule: OwnershipRule, stakes: Iterable[Stake], listed: Iterable[str], on: Instant
) -> dict[str, Conclusion]:
    """Apply a rule to every entity that has an owner; return the conclusions by name.

    Args:
        rule: from :func:`rule_of`.
        stakes: the edges; those not held on the day are left out.
        listed: parties that are themselves listed.
        on: the day.
    """
    held = [stake for stake in stakes if stake.held.covers(on)]
    into: dict[str, list[Stake]] = {}
    for stake in held:
        into.setdefault(stake.owned, []).append(stake)
    named = list(listed)
    counted = dict.fromkeys(named, "listed")
    _to_fixpoint(rule, into, counted, sure=True)
    widest = dict.fromkeys(named, "listed")
    _to_fixpoint(rule, into, widest, sure=False)
    return {
        entity: _conclusion(rule, entity, owners, into, counted, widest)
        for entity, owners in into.items()
        if counted.get(entity) != "listed"
    }


def _to_fixpoint(
    rule: OwnershipRule, into: Mapping[str, Sequence[Stake]], counted: dict[str, str], *, sure: bool
) -> None:
    """Add entities that are owned, until no more are: each may own the next."""
    changed = True
    while changed:
        changed = False
        for entity, owners in into.items():
            if entity in counted:
                continue
            if _reaches(rule, _aggregate(rule, owners, counted, sure=sure)):
                counted[entity] = "owned"
            elif rule.control and _controlled(owners, counted, sure=sure):
                counted[entity] = "control"
            changed = changed or entity in counted


def _aggregate(
    rule: OwnershipRule, owners: Sequence[Stake], counted: Mapping[str, str], *, sure: bool
) -> float:
    """Return the share that counts: all of it, or that of the largest group acting jointly."""
    shares = [(stake, _share(stake, owners, sure=sure)) for stake in owners]
    mine = [(stake, share) for stake, share in shares if stake.owner in counted]
    if rule.aggregate == "always":
        return round(sum(share for _, share in mine), 6)
    groups: dict[str, float] = {}
    for stake, share in mine:
        key = stake.acting_with or f"\x00{stake.owner}"
        groups[key] = groups.get(key, 0.0) + share
    return round(max(groups.values(), default=0.0), 6)


def _share(stake: Stake, owners: Sequence[Stake], *, sure: bool) -> float:
    """Return a stake's percent; one that is not known is nothing, or all that the others leave."""
    if stake.percent is not None:
        return stake.percent
    known = sum(each.percent for each in owners if each.percent is not None)
    return 0.0 if sure else max(0.0, 100.0 - known)


def _reaches(rule: OwnershipRule, percent: float) -> bool:
    return percent >= rule.threshold if rule.inclusive else percent > rule.threshold


def _controlled(owners: Sequence[Stake], counted: Mapping[str, str], *, sure: bool) -> bool:
    """Return whether a counted owner controls; a control that is not stated may be one."""
    counting = (True,) if sure else (True, None)
    return any(stake.owner in counted and stake.control in counting for stake in owners)


def _conclusion(
    rule: OwnershipRule,
    entity: str,
    owners: Sequence[Stake],
    into: Mapping[str, Sequence[Stake]],
    counted: Mapping[str, str],
    widest: Mapping[str, str],
) -> Conclusion:
    percent = _aggregate(rule, owners, counted, sure=True)
    at_most = _aggregate(rule, owners, widest, sure=False)
    verdict: Verdict = "owned" if entity in counted else "not_owned"
    if verdict == "not_owned" and entity in widest:
        verdict = "unknown"
    basis = counted if verdict == "owned" else widest
    return Conclusion(
        entity=entity,
        authority=rule.authority,
        rule=rule.id,
        verdict=verdict,
        percent=percent,
        at_most=at_most,
        path=tuple(_path(entity, into, basis, set())),
        why=_why(rule, verdict, percent, at_most, by_control=basis.get(entity) == "control"),
    )


def _path(
    entity: str, into: Mapping[str, Sequence[Stake]], counted: Mapping[str, str], seen: set[str]
) -> Iterator[OwnershipStep]:
    """Yield the edges up to the listed owners, the nearest first."""
    if entity in seen:
        return
    seen.add(entity)
    above = []
    for stake in into.get(entity, ()):
        how = counted.get(stake.owner)
        if how is None:
            continue
        by: Literal["listed", "owned", "control"] = (
            "control" if stake.control else "listed" if how == "listed" else "owned"
        )
        yield OwnershipStep(
            owner=stake.owner,
            owned=entity,
            percent=stake.percent,
            by=by,
            held_from=str(stake.held.start) if stake.held.start else None,
            held_to=str(stake.held.end) if stake.held.end else None,
            source=stake.source or stake.where,
        )
        above.append(stake.owner)
    for owner in above:
        if counted[owner] != "listed":
            yield from _path(owner, into, counted, seen)


def _why(
    rule: OwnershipRule, verdict: Verdict, percent: float, at_most: float, *, by_control: bool
) -> str:
    line = f"{'' if rule.inclusive else 'more than '}{rule.threshold:g} percent"
    line += " or more" if rule.inclusive else ""
    if verdict == "unknown" and by_control:
        return f"{percent:g} percent of {line}; whether it is controlled is not stated"
    if verdict == "unknown":
        return f"{percent:g} percent is known, up to {at_most:g} possible; the line is {line}"
    if by_control:
        return f"{percent:g} percent, and control, which counts under this rule"
    how = "reaches" if verdict == "owned" else "does not reach"
    alone = "" if rule.aggregate == "always" else "; stakes add up only where owners act jointly"
    counts = "" if rule.control else "; control alone does not count"
    return f"{percent:g} percent {how} {line}{alone}{counts}"
