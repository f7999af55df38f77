"""Conclude for every entity of a file of stakes what each authority's rules make of it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from limen.law.law import Law
from limen.law.ownership.ownership import Conclusion, conclude, rule_of
from limen.law.ownership.stakes import Stake
from limen.law.records import OwnershipRule
from limen.model import Instant
from limen.screening.ownership.owners import NOT_ENCODED, Owners


class Owned(msgspec.Struct, frozen=True):
    """One authority's result for one entity, by one rule or without any."""

    conclusion: Conclusion
    verdict: Literal["owned", "undecided"]
    rule_confidence: str
    measures: tuple[str, ...]
    why: str


class Ruleless(msgspec.Struct, frozen=True):
    """A measure of an owner that has no ownership rule, for an entity that it owns."""

    entity: str
    authority: str
    measure: str
    owner: str


class Concluded(msgspec.Struct, frozen=True):
    """All results, by entity; entities that no rule reaches are in neither.

    ``gaps`` holds those in which no listed party is known to have a stake, and for which the
    file does not account well enough to exclude it: by entity, why.
    """

    owned: Mapping[str, Sequence[Owned]]
    ruleless: Mapping[str, Sequence[Ruleless]]
    gaps: Mapping[str, str]


def conclude_all(law: Law, stakes: Sequence[Stake], owners: Owners, on: Instant) -> Concluded:
    """Apply each authority's rule of each measure of its listed owners."""
    owned: dict[str, list[Owned]] = {}
    ruleless: dict[str, list[Ruleless]] = {}
    gaps: dict[str, str] = {}
    for authority in owners.authorities():
        for entity, result in _of_authority(law, authority, stakes, owners, on):
            if isinstance(result, str):
                gaps.setdefault(entity, result)
            else:
                owned.setdefault(entity, []).append(result)
        for each in _ruleless(law, authority, stakes, owners, on):
            ruleless.setdefault(each.entity, []).append(each)
    return Concluded(owned, ruleless, gaps)


def _of_authority(
    law: Law, authority: str, stakes: Sequence[Stake], owners: Owners, on: Instant
) -> Iterator[tuple[str, Owned | str]]:
    """Yield what an authority's rules make of each entity; without any rule, undecided."""
    by_rule: dict[str, tuple[OwnershipRule, dict[str, Sequence[str]]]] = {}
    for measure, listed in owners.listed.get(authority, {}).items():
        rule = rule_of(law, authority, on, measure=measure or None)
        if rule is not None:
            by_rule.setdefault(rule.id, (rule, {}))[1][measure] = listed
    unsure = owners.unsure.get(authority, {})
    general = rule_of(law, authority, on)
    if general is not None and unsure:
        by_rule.setdefault(general.id, (general, {}))
    for rule, measures in by_rule.values():
        maybe = unsure if rule is general else {}
        yield from _by_rule(rule, stakes, measures, maybe, on)
    if general is None and not by_rule:
        yield from _without_rule(authority, stakes, owners, on)


def _by_rule(
    rule: OwnershipRule,
    stakes: Sequence[Stake],
    measures: Mapping[str, Sequence[str]],
    unsure: Mapping[str, str],
    on: Instant,
) -> Iterator[tuple[str, Owned | str]]:
    """Yield a rule's results; of an entity that no listed party has a stake in, what is open."""
    listed = tuple(dict.fromkeys(name for names in measures.values() for name in names))
    certain = conclude(rule, stakes, listed, on)
    possible = conclude(rule, stakes, (*listed, *unsure), on) if unsure else certain
    for entity, found in certain.items():
        widest = possible.get(entity, found)
        if found.verdict == "owned":
            carried = _carried(found, measures)
            yield entity, Owned(found, "owned", rule.confidence, carried, found.why)
        elif found.verdict == "unknown" and _leads_to(found, listed):
            carried = _carried(found, measures)
            yield entity, Owned(found, "undecided", rule.confidence, carried, found.why)
        elif widest.verdict != "not_owned" and _leads_to(widest, unsure):
            carried = _carried(widest, measures)
            why = _not_known(widest, unsure)
            yield entity, Owned(widest, "undecided", rule.confidence, carried, why)
        elif found.verdict == "unknown":
            yield entity, found.why


def _not_known(found: Conclusion, unsure: Mapping[str, str]) -> str:
    """Return of which owners on a path it is not known whether they are listed, and why."""
    names = dict.fromkeys(step.owner for step in found.path if step.owner in unsure)
    return "; ".join(f"it is not known whether {name} is listed: {unsure[name]}" for name in names)


def _leads_to(found: Conclusion, parties: Container[str]) -> bool:
    """Return whether the path of a conclusion has a stake of any of these."""
    return any(step.owner in parties for step in found.path)


def _carried(found: Conclusion, measures: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the measures of those who are on the path, and of no other owner of the file."""
    return tuple(
        measure
        for measure, listed in measures.items()
        if measure != NOT_ENCODED and _leads_to(found, listed)
    )


def _without_rule(
    authority: str, stakes: Sequence[Stake], owners: Owners, on: Instant
) -> Iterator[tuple[str, Owned]]:
    """Yield every entity that a listed owner has any stake in, as undecided."""
    measures = owners.listed.get(authority, {})
    listed = tuple(dict.fromkeys(name for names in measures.values() for name in names))
    why = f"no ownership rule of {authority} is encoded for that day, so it is undecided"
    for entity, found in conclude(_any_stake(authority), stakes, listed, on).items():
        if found.verdict != "not_owned" and _leads_to(found, listed):
            yield entity, Owned(found, "undecided", "", _carried(found, measures), why)


def _any_stake(authority: str) -> OwnershipRule:
    """Return the rule under which any stake counts, for what has no rule of its own."""
    return OwnershipRule(
        id="", authority=authority, threshold=0.0, inclusive=False, aggregate="always",
        control=True, source=(),
    )  # fmt: skip


def _ruleless(
    law: Law, authority: str, stakes: Sequence[Stake], owners: Owners, on: Instant
) -> Iterator[Ruleless]:
    """Yield the measures without a rule, for the entities that their parties have a stake in."""
    if rule_of(law, authority, on) is None:
        return
    for measure, listed in owners.listed.get(authority, {}).items():
        if measure == NOT_ENCODED or rule_of(law, authority, on, measure=measure) is not None:
            continue
        for entity, found in conclude(_any_stake(authority), stakes, listed, on).items():
            owner = next((step.owner for step in found.path if step.owner in listed), "")
            if owner and found.verdict != "not_owned":
                yield Ruleless(entity, authority, measure, owner)
