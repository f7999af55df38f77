"""Decide which entities are treated like their listed owners, by aggregate stakes and control.

Edges are facts (who owns how much of whom, from when to when, by which source). What follows
from them is computed for each authority's own rule on a day, to a fixpoint: an entity that is
owned counts as an owner of the next. What is missing makes the answer unknown, never no: a stake
that is not known, shares that nobody in the file holds, and a circle of owners.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from limen.law.law import Law
from limen.law.moments import moment
from limen.law.ownership.stakes import How, Owners, Stake, owner_path
from limen.law.records import OwnershipRule
from limen.model import Instant, OwnershipStep

Verdict = Literal["owned", "not_owned", "unknown"]


class Conclusion(msgspec.Struct, frozen=True):
    """The result of one authority's rule for one entity.

    ``percent`` is the aggregate that counts; ``at_most`` what it would be if every share that
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
    named: dict[str, How] = dict.fromkeys(listed, "listed")
    counted = _to_fixpoint(rule, into, named, sure=True)
    chained = _to_fixpoint(rule, into, named, sure=False)
    widest = _possible(rule, into, named)
    return {
        entity: _conclusion(rule, entity, into, counted, chained, widest)
        for entity in into
        if counted.get(entity) != "listed"
    }


def _to_fixpoint(
    rule: OwnershipRule, into: Owners, listed: Mapping[str, How], *, sure: bool
) -> dict[str, How]:
    """Return the listed, and what is owned, until no more is: each may own the next."""
    counted = dict(listed)
    changed = True
    while changed:
        changed = False
        for entity, owners in into.items():
            how = None if entity in counted else _how(rule, owners, counted, sure=sure)
            if how is not None:
                counted[entity] = how
                changed = True
    return counted


def _possible(rule: OwnershipRule, into: Owners, listed: Mapping[str, How]) -> dict[str, How]:
    """Return the listed, and all that may be owned, with circles of owners that own each other.

    Whatever any share that counts, or may, leads to is taken as owned, and let go where that
    does not hold: what is left of a circle holds itself, so that the file does not decide it.
    """
    any_share = replace(rule, threshold=0.0, inclusive=False, aggregate="always", control=True)
    held = _to_fixpoint(any_share, into, listed, sure=False)
    changed = True
    while changed:
        changed = False
        for entity in [name for name in held if name not in listed]:
            how = _how(rule, into[entity], held, sure=False)
            if how is None:
                del held[entity]
                changed = True
            else:
                held[entity] = how
    return held


def _how(
    rule: OwnershipRule, owners: Sequence[Stake], counted: Mapping[str, How], *, sure: bool
) -> How | None:
    """Return how counted owners own an entity under a rule, if they do."""
    if _reaches(rule, _aggregate(rule, owners, counted, sure=sure)):
        return "owned"
    return "control" if rule.control and _controlled(owners, counted, sure=sure) else None


def _aggregate(
    rule: OwnershipRule, owners: Sequence[Stake], counted: Mapping[str, How], *, sure: bool
) -> float:
    """Return the share that counts: all of it, or that of the largest group acting jointly.

    Where it need not be sure, what no known stake accounts for is held by the same.
    """
    together = rule.aggregate == "always"
    groups: dict[str, float] = {}
    for stake in owners:
        if stake.owner in counted:
            key = "" if together else stake.acting_with or f"\x00{stake.owner}"
            groups[key] = groups.get(key, 0.0) + (stake.percent or 0.0)
    rest = 0.0 if sure else unaccounted(owners)
    return round(max(groups.values(), default=0.0) + rest, 6)


def unaccounted(owners: Sequence[Stake]) -> float:
    """Return the percent of an entity that no stake with a known percent accounts for."""
    return round(max(0.0, 100.0 - sum(stake.percent or 0.0 for stake in owners)), 6)


def _reaches(rule: OwnershipRule, percent: float) -> bool:
    return percent >= rule.threshold if rule.inclusive else percent > rule.threshold


def _controlled(owners: Sequence[Stake], counted: Mapping[str, How], *, sure: bool) -> bool:
    """Return whether a counted owner controls; a control that is not stated may be one."""
    counting = (True,) if sure else (True, None)
    return any(stake.owner in counted and stake.control in counting for stake in owners)


def _conclusion(
    rule: OwnershipRule,
    entity: str,
    into: Owners,
    counted: Mapping[str, How],
    chained: Mapping[str, How],
    widest: Mapping[str, How],
) -> Conclusion:
    owners = into[entity]
    verdict: Verdict = "owned" if entity in counted else "not_owned"
    if verdict == "not_owned" and entity in widest:
        verdict = "unknown"
    basis = counted if verdict == "owned" else widest
    conclusion = Conclusion(
        entity=entity,
        authority=rule.authority,
        rule=rule.id,
        verdict=verdict,
        percent=_aggregate(rule, owners, counted, sure=True),
        at_most=_aggregate(rule, owners, widest, sure=False),
        path=tuple(owner_path(entity, into, basis)),
        why="",
    )
    why = _why(
        rule,
        conclusion,
        by_control=basis.get(entity) == "control",
        in_circle=entity not in chained,
        missing=unaccounted(owners),
    )
    return replace(conclusion, why=why)


def _why(
    rule: OwnershipRule, found: Conclusion, *, by_control: bool, in_circle: bool, missing: float
) -> str:
    line = f"{'' if rule.inclusive else 'more than '}{rule.threshold:g} percent"
    line += " or more" if rule.inclusive else ""
    percent = found.percent
    if found.verdict == "unknown" and in_circle:
        return (
            f"{percent:g} percent is outside of a circle of owners, up to {found.at_most:g} with "
            f"it; the line is {line}"
        )
    if found.verdict == "unknown" and by_control:
        return f"{percent:g} percent of {line}; whether it is controlled is not stated"
    if found.verdict == "unknown":
        gap = f" ({missing:g} has no known owner)" if missing else ""
        return (
            f"{percent:g} percent is known, up to {found.at_most:g} possible{gap}; "
            f"the line is {line}"
        )
    if by_control:
        return f"{percent:g} percent, and control, which counts under this rule"
    how = "reaches" if found.verdict == "owned" else "does not reach"
    alone = "" if rule.aggregate == "always" else "; stakes add up only where owners act jointly"
    counts = "" if rule.control else "; control alone does not count"
    return f"{percent:g} percent {how} {line}{alone}{counts}"
