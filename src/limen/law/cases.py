"""Tests of the law that lawyers write in YAML: given, at, ask, expect, because.

::

    - given: troops-into-occupied-donbas
      at: 2022-02-21T23:59-05:00
      expect:
        in_force: [us-eo-14065]
        readings: {S09a: true, S10a: unknown, S23: false}
      because: an anonymous line of the evening contradicts the written statement of January

What is not named under ``expect`` is not tested; ``ask`` names a query other than an assessment
(``case_queries``), and ``source`` where the expectation is from, by the ids of ``sources.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec

from limen.law.assess.assess import assess
from limen.law.case_queries import Ask, answer
from limen.law.in_force import Clocks, sources_of
from limen.law.law import Law
from limen.law.records import Record
from limen.model import Instant, LimenError
from limen.util.located_yaml import Located, locate


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
    source: str | tuple[str, ...] = ()
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
    for source in sources_of(case.source):
        if source not in law.sources:
            raise located.refusal(f"no source is called {source!r}", (at, "source"))
    try:
        _clocks(case)
        if case.given:
            law.event(case.given)
    except (ValueError, LimenError) as error:
        raise located.refusal(str(error), (at,)) from error


def run_case(law: Law, case: Case) -> Result:
    """Run one test."""
    try:
        if case.given:
            found = _assessed(law, case)
        else:
            found = answer(law, case.ask or Ask(), _clocks(case), case.facts)
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
