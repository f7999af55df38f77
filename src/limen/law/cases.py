"""Tests of the law that lawyers write in YAML: given, at, ask, expect, because.

::

    - given: troops-into-occupied-donbas
      at: 2022-02-21T23:59-05:00
      expect:
        in_force: [us-eo-14065]
        readings: {S09a: true, S10a: unknown, S23: false}
      because: an anonymous line of the evening contradicts the written statement of January

What is not named under ``expect`` is not tested; ``ask`` names a query other than an assessment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import msgspec

from limen.law.assess.assess import assess, given_facts
from limen.law.in_force import Clocks, measure_state, measure_states, provisions
from limen.law.law import Law
from limen.law.licence_state import licence_state
from limen.law.ownership.ownership import Stake, conclude, rule_of
from limen.law.queries.licences import authorised
from limen.law.records import Record
from limen.model import Instant, LimenError
from limen.util.located_yaml import Located, locate


class Authorised(Record, frozen=True, kw_only=True):
    """The query whether an activity was allowed in spite of a measure."""

    measure: str
    activity: str


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


class Case(Record, frozen=True, kw_only=True):
    """One test."""

    at: str
    because: str
    expect: dict[str, Any]
    given: str | None = None
    known_at: str | None = None
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    policy: str | None = None
    ask: Ask | None = None
    where: str = ""


class Result(msgspec.Struct, frozen=True):
    """The result of a test; it passed where there are no failures."""

    where: str
    because: str
    failures: tuple[str, ...]


def bundled_cases(law: Law) -> list[Case]:
    """Return the tests that come with Limen."""
    folder = files("limen.law") / "data" / "cases"
    found = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".yml")), key=lambda one: one.name
    )
    return [case for each in found for case in read_cases(each.read_bytes(), each.name, law)]


def read_cases(raw: bytes, name: str, law: Law) -> list[Case]:
    """Read the tests of one file, each with its line.

    Raises:
        RegistryError: the file is not of this shape, or expects what cannot be expected.
    """
    located = locate(raw, name)
    cases = located.decode(list[Case])
    for at, case in enumerate(cases):
        _check(located, case, at, law)
    return [
        msgspec.structs.replace(case, where=located.where((at,)).partition(", column")[0])
        for at, case in enumerate(cases)
    ]


def _check(located: Located, case: Case, at: int, law: Law) -> None:
    if (case.given is None) == (case.ask is None):
        raise located.refusal("a test has either `given` or `ask`", (at,))
    if not case.expect:
        raise located.refusal("a test expects something", (at, "expect"))
    try:
        _clocks(case)
        if case.given:
            law.event(case.given)
    except (ValueError, LimenError) as error:
        raise located.refusal(str(error), (at,)) from error


def run_case(law: Law, case: Case) -> Result:
    """Run one test."""
    try:
        found = _assessed(law, case) if case.given else _queried(law, case)
    except LimenError as error:
        return Result(case.where, case.because, (str(error),))
    return Result(case.where, case.because, tuple(_failures(case.expect, found)))


def _clocks(case: Case) -> Clocks:
    at = Instant.parse(case.at)
    return Clocks(at, Instant.parse(case.known_at) if case.known_at else at)


def _assessed(law: Law, case: Case) -> dict[str, Any]:
    found = assess(
        law, case.given or "", _clocks(case), facts=case.facts or None, policy=case.policy
    )
    in_force = {each.id for each in found.in_force}
    prepared = {each.id for each in found.prepared}
    readings = {each.statement: each.value for each in found.readings}
    return {
        "in_force": in_force,
        "not_in_force": set(law.measures) - in_force,
        "prepared": prepared,
        "not_prepared": set(law.measures) - prepared,
        "readings": readings,
        "not_said": set(law.statements) - set(readings),
        "grades": {each.statement: each.grade for each in found.readings},
        "missing": {each.statement: set(each.missing) for each in found.readings},
        "superseded": {each.statement for each in found.readings if each.superseded_by},
        "silent": {each.statement for each in found.silent},
        "disagreement": dict(found.disagreement),
        "agreement": not found.disagreement,
        "condition_met": found.condition_met,
        "met": {each.id: each.condition_met for each in found.triggers},
        "event_known": found.event_known,
        "views": {name: each.value for name, each in found.views.items()},
    }


def _queried(law: Law, case: Case) -> dict[str, Any]:
    ask, clocks = case.ask or Ask(), _clocks(case)
    if ask.licence is not None:
        licence = law.licences.get(ask.licence)
        if licence is None:
            return {"exists": False}
        standing = licence_state(law, licence, clocks).value
        return {"exists": True, "valid": standing == "valid", "standing": standing}
    if ask.authorised is not None:
        measure = law.measure(ask.authorised.measure)
        facts = given_facts(law, case.facts)
        found = authorised(law, measure, ask.authorised.activity, clocks, facts)
        return {"authorised": found.value, "by": set(found.by), "missing": set(found.missing)}
    if ask.owned is not None:
        return _owned(law, ask.owned, clocks.as_of)
    if ask.due is not None:
        return {"due": _due(law, ask.due)}
    if ask.territory is not None:
        return _embargoes(law, ask.territory, clocks)
    return _measure(law, ask.measure or "", clocks)


def _measure(law: Law, name: str, clocks: Clocks) -> dict[str, Any]:
    measure = law.measure(name)
    state = measure_state(law, measure, clocks)
    held = list(provisions(law, measure, clocks)) if state and state.binding else []
    return {
        "standing": state.change.is_ if state else "unknown",
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


def _failures(expect: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    for key, expected in expect.items():
        if key not in found:
            yield f"{key} cannot be expected here; one of {', '.join(found)}"
        else:
            yield from _differences(key, expected, found[key])


def _differences(key: str, expected: Any, found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        for name, value in (expected or {}).items():
            if name not in found:
                yield f"{key}: {name} is not there"
            else:
                yield from _differences(f"{key}.{name}", value, found[name])
    elif isinstance(found, set):
        several: Sequence[Any] = expected if isinstance(expected, list) else [expected]
        if not expected and found:
            yield f"{key}: expected nothing, found {', '.join(sorted(found))}"
        for each in several if expected else ():
            if each not in found:
                yield f"{key}: {each} is not among {', '.join(sorted(found)[:12]) or 'nothing'}"
    elif _plain(expected) != _plain(found):
        yield f"{key}: expected {_plain(expected)}, found {_plain(found)}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    try:
        return f"{float(text):g}"
    except ValueError:
        return text
