"""Conclude for every entity of a file of stakes what each authority's rules make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from limen.law.law import Law
from limen.law.ownership.ownership import Conclusion, Stake, conclude, rule_of
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
    """All results, by entity; entities that no rule reaches are in neither."""

    owned: Mapping[str, Sequence[Owned]]
    ruleless: Mapping[str, Sequence[Ruleless]]


def conclude_all(law: Law, stakes: Sequence[Stake], owners: Owners, on: Instant) -> Concluded:
    """Apply each authority's rule of each measure of its listed owners."""
    owned: dict[str, list[Owned]] = {}
    ruleless: dict[str, list[Ruleless]] = {}
    for authority in owners.authorities():
        for entity, result in _of_authority(law, authority, stakes, owners, on):
            owned.setdefault(entity, []).append(result)
        for each in _ruleless(law, authority, stakes, owners, on):
            ruleless.setdefault(each.entity, []).append(each)
    return Concluded(owned, ruleless)


def _of_authority(
    law: Law, authority: str, stakes: Sequence[Stake], owners: Owners, on: Instant
) -> Iterator[tuple[str, Owned]]:
    """Yield what an authority's rules make of each entity; without any rule, undecided."""
    by_rule: dict[str, tuple[OwnershipRule, dict[str, None], dict[str, None]]] = {}
    for measure, listed in owners.listed.get(authority, {}).items():
        rule = rule_of(law, authority, on, measure=measure or None)
        if rule is not None:
            _, measures, names = by_rule.setdefault(rule.id, (rule, {}, {}))
            measures.update({measure: None} if measure != NOT_ENCODED else {})
            names.update(dict.fromkeys(listed))
    unsure = owners.unsure.get(authority, {})
    general = rule_of(law, authority, on)
    if general is not None and unsure:
        by_rule.setdefault(general.id, (general, {}, {}))
    for rule, measures, names in by_rule.values():
        maybe = unsure if rule is general else {}
        yield from _by_rule(rule, stakes, tuple(names), maybe, tuple(measures), on)
    if general is None and not by_rule:
        yield from _without_rule(authority, stakes, owners, on)


def _by_rule(
    rule: OwnershipRule,
    stakes: Sequence[Stake],
    listed: Sequence[str],
    unsure: Mapping[str, str],
    measures: tuple[str, ...],
    on: Instant,
) -> Iterator[tuple[str, Owned]]:
    certain = conclude(rule, stakes, listed, on)
    possible = conclude(rule, stakes, (*listed, *unsure), on) if unsure else certain
    for entity, found in {**possible, **certain}.items():
        if found.verdict == "owned":
            yield entity, Owned(found, "owned", rule.confidence, measures, found.why)
        elif found.verdict == "unknown":
            yield entity, Owned(found, "undecided", rule.confidence, measures, found.why)
        elif entity in possible and possible[entity].verdict != "not_owned":
            widest = possible[entity]
            names = [step.owner for step in widest.path if step.owner in unsure]
            why = "; ".join(
                f"it is not known whether {name} is listed: {unsure[name]}"
                for name in dict.fromkeys(names)
            )
            yield entity, Owned(widest, "undecided", rule.confidence, measures, why or widest.why)


def _without_rule(
    authority: str, stakes: Sequence[Stake], owners: Owners, on: Instant
) -> Iterator[tuple[str, Owned]]:
    """Yield every entity that a listed owner has any stake in, as undecided."""
    measures = owners.listed.get(authority, {})
    listed = dict.fromkeys(name for names in measures.values() for name in names)
    why = f"no ownership rule of {authority} is encoded for that day, so it is undecided"
    for entity, found in conclude(_any_stake(authority), stakes, tuple(listed), on).items():
        if found.verdict != "not_owned":
            named = tuple(name for name in measures if name != NOT_ENCODED)
            yield entity, Owned(found, "undecided", "", named, why)


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
            if found.verdict != "not_owned":
                owner = next((step.owner for step in found.path if step.by == "listed"), "")
                yield Ruleless(entity, authority, measure, owner)
