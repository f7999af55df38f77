"""The queries that a lawyer's test may put, and what each finds, under the names it may expect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, get_args

import msgspec

from limen.law.assess.assess import given_facts
from limen.law.in_force import Clocks, is_beyond, measure_state, measure_states, provisions
from limen.law.law import Law
from limen.law.licence_state import licence_state
from limen.law.listing_measures import Printed, measures_behind
from limen.law.ownership.ownership import conclude, rule_of
from limen.law.ownership.stakes import Stake
from limen.law.queries.licences import authorised
from limen.law.queries.search import NO_RECORD, Terms
from limen.law.queries.search import ask as search
from limen.law.records import Record
from limen.law.records.sourced import Prohibition
from limen.model import Instant


class Authorised(Record, frozen=True, kw_only=True):
    """The query whether an activity was allowed in spite of a measure."""

    measure: str
    activity: str
    party: str = ""


class StakeGiven(Record, frozen=True, kw_only=True):
    """A stake, in a test about ownership."""

    owner: str
    owned: str
    percent: float | None = None
    control: bool | None = None
    acting_with: str = ""


class Owned(Record, frozen=True, kw_only=True):
    """The query whether an entity is treated as its listed owners are."""

    authority: str
    entity: str
    listed: tuple[str, ...]
    stakes: tuple[StakeGiven, ...]
    measure: str | None = None


class Listed(Record, frozen=True, kw_only=True):
    """The query which measures are behind a listing, and what these do to the party.

    The terms are what the list prints; ``record`` begins the record id, with act and annex.
    """

    list: str
    programmes: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    record: str = ""
    person: bool = True
    parties: tuple[str, ...] = ()


class LawTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The query what the law says of these terms together."""


class Due(Record, frozen=True, kw_only=True):
    """The query when a trigger's clock ends."""

    trigger: str
    clock: str
    counted_from: str


class Ask(Record, frozen=True, kw_only=True):
    """The query of a test, one of these; without it, the event under ``given`` is assessed."""

    measure: str | None = None
    licence: str | None = None
    authorised: Authorised | None = None
    territory: str | None = None
    owned: Owned | None = None
    due: Due | None = None
    listing: Listed | None = None
    law: LawTerms | None = None


def answer(law: Law, ask: Ask, clocks: Clocks, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a query finds."""
    if ask.licence is not None:
        return _licence(law, ask.licence, clocks)
    if ask.authorised is not None:
        return _authorised(law, ask.authorised, clocks, facts)
    if ask.listing is not None:
        return _listing(law, ask.listing, clocks)
    if ask.law is not None:
        return _law(law, ask.law, clocks)
    if ask.owned is not None:
        return _owned(law, ask.owned, clocks.as_of)
    if ask.due is not None:
        return {"due": _due(law, ask.due)}
    if ask.territory is not None:
        return _embargoes(law, ask.territory, clocks)
    return _measure(law, ask.measure or "", clocks)


def _licence(law: Law, key: str, clocks: Clocks) -> dict[str, Any]:
    licence = law.licences.get(key)
    if licence is None:
        return {"exists": False}
    state = licence_state(law, licence, clocks)
    return {
        "exists": True,
        "valid": state.value == "valid",
        "standing": state.value,
        "beyond_known": state.beyond_known,
        "parties": set(licence.parties),
        "excluded": set(licence.excluded),
        "lifts": set(licence.lifts),
    }


def _authorised(
    law: Law, ask: Authorised, clocks: Clocks, facts: Mapping[str, Any]
) -> dict[str, Any]:
    measure = law.measure(ask.measure)
    given = given_facts(law, facts)
    found = authorised(law, measure, ask.activity, clocks, given, party=ask.party)
    return {
        "authorised": found.value,
        "by": set(found.by),
        "missing": set(found.missing),
        "considered": set(found.considered),
    }


def _listing(law: Law, ask: Listed, clocks: Clocks) -> dict[str, Any]:
    terms = {name: getattr(ask, name) for name in Listed.__struct_fields__}
    terms["record"] = law.record_named(ask.record)
    terms["parties"] = law.parties_named(ask.parties)
    behind = measures_behind(law, Printed(**terms), clocks)
    prohibits = {word for each in behind for word in each.prohibits}
    offered = {found.key for each in behind for found in each.licences}
    return {
        "measures": {each.id for each in behind if each.id},
        "authorities": ", ".join(sorted({each.authority for each in behind})),
        "instruments": {each.instrument for each in behind if not each.id},
        "prohibits": prohibits,
        "allows": set(get_args(Prohibition)) - prohibits,
        "licences": offered,
        "not_offered": set(law.licences) - offered,
        "beyond_known": any(each.beyond_known for each in behind),
    }


def _law(law: Law, terms: Terms, clocks: Clocks) -> dict[str, Any]:
    found = search(law, Terms(**msgspec.structs.asdict(terms)), clocks)
    return {
        "in_force": {each.id for each in found.in_force},
        "not_in_force": {*(each.id for each in found.not_in_force), *found.later},
        "licences": {each.key for each in found.licences},
        "ended_licences": {each.partition(":")[0] for each in found.licences_not_in_force},
        "record": found.says != NO_RECORD,
    }


def _measure(law: Law, name: str, clocks: Clocks) -> dict[str, Any]:
    measure = law.measure(name)
    state = measure_state(law, measure, clocks)
    held = list(provisions(law, measure, clocks)) if state and state.binding else []
    return {
        "standing": state.change.is_ if state else "unknown",
        "beyond_known": is_beyond(measure.known_to, clocks.as_of),
        "contested_by": set(state.change.contested_by) if state else set(),
        "prohibits": {word for each in held for word in each.prohibits},
        "provisions": {each.id for each in held},
        "territories": {name for each in held for name in each.targets.territories},
        "terms": {f"{each.id}.{key}": value for each in held for key, value in each.terms.items()},
        "additional_to": set(measure.additional_to),
    }


def _embargoes(law: Law, territory: str, clocks: Clocks) -> dict[str, Any]:
    found: dict[str, set[str]] = {}
    for state in measure_states(law, law.measures, clocks):
        if not state.binding:
            continue
        for provision in provisions(law, state.measure, clocks):
            if territory in provision.targets.territories:
                found.setdefault(state.measure.authority, set()).add(state.measure.id)
    return {
        "authorities": set(found),
        "no_authorities": set(law.authorities) - set(found),
        "measures": {name for names in found.values() for name in names},
    }


def _owned(law: Law, ask: Owned, on: Instant) -> dict[str, Any]:
    rule = rule_of(law, ask.authority, on, measure=ask.measure)
    if rule is None:
        return {"verdict": "no rule"}
    stakes = [Stake(s.owner, s.owned, s.percent, s.control, s.acting_with) for s in ask.stakes]
    found = conclude(rule, stakes, ask.listed, on)[ask.entity]
    return {"verdict": found.verdict, "percent": found.percent, "rule": rule.id}


def _due(law: Law, ask: Due) -> str:
    clock = next(each for each in law.trigger(ask.trigger).clocks if each.name == ask.clock)
    start = date.fromisoformat(ask.counted_from)
    if clock.days is not None:
        return (start + timedelta(days=clock.days)).isoformat()
    if clock.months is not None:
        month = start.month - 1 + clock.months
        return start.replace(year=start.year + month // 12, month=month % 12 + 1).isoformat()
    return clock.on or ""
