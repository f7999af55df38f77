"""Say what a prepared measure becomes when an event sets it off: which acts, and which not.

A package holds more than one answer. Its file says which measures followed an event of which
kind (``released_as``), and the event's own facts choose among them: forces that move into an area
already held release a first tranche, and not what was for an invasion that goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from limen.law.assess.conditions import Given, Truth, evaluate
from limen.law.in_force import Clocks, measure_state
from limen.law.law import Law
from limen.law.moments import moment
from limen.law.records import Measure, Provision, Release
from limen.law.suppose.supposed import Supposed, of_provision


class Released(msgspec.Struct, frozen=True):
    """What one prepared measure becomes, and in words what it does not become, and why."""

    supposed: tuple[Supposed, ...]
    limits: tuple[str, ...]


class _Choice(msgspec.Struct, frozen=True):
    """What of a prepared measure is for this event."""

    measures: Sequence[str]
    withheld: Sequence[str]
    limits: Sequence[str]


def released(
    law: Law,
    measure: Measure,
    under: tuple[str, ...],
    facts: Mapping[str, Given],
    clocks: Clocks,
    *,
    hindsight: bool,
) -> Released:
    """Return what a prepared measure becomes after an event of these facts.

    Args:
        law: the law.
        measure: the prepared measure, set off by some reading.
        under: the statements of those readings.
        facts: those of the event, as supposed.
        clocks: the instant of the supposition, and that of knowledge.
        hindsight: add the measures that were taken later, and whom they reached.
    """
    choice = _choose(law, measure, facts, clocks)
    supposed = [
        *_own(law, measure, under, choice, clocks, hindsight=hindsight),
        *(_later(law, choice.measures, under) if hindsight else ()),
    ]
    return Released(tuple(supposed), tuple(choice.limits))


def _choose(law: Law, measure: Measure, facts: Mapping[str, Given], clocks: Clocks) -> _Choice:
    measures: dict[str, None] = {}
    withheld: list[str] = []
    limits: list[str] = []
    for release in measure.released_as:
        condition = law.release_condition(release)
        truth = evaluate(condition, facts) if condition else Truth(value=True)
        if not truth.value:
            withheld += release.provisions
            limits.append(_not_released(measure, release, truth))
            continue
        for name in release.measures:
            state = measure_state(law, law.measures[name], clocks)
            if state is not None and state.binding:
                limits.append(f"{measure.id}: {name} is in force already")
            else:
                measures[name] = None
    return _Choice(list(measures), withheld, limits)


def _not_released(measure: Measure, release: Release, truth: Truth) -> str:
    names = ", ".join((*release.measures, *(f"provision {each}" for each in release.provisions)))
    known = "not" if truth.value is False else "cannot say whether"
    return f"{measure.id}: {known} {names}: {release.says}; {'; '.join(truth.why)}"


def _own(
    law: Law,
    measure: Measure,
    under: tuple[str, ...],
    choice: _Choice,
    clocks: Clocks,
    *,
    hindsight: bool,
) -> Iterator[Supposed]:
    """Yield the provisions that the prepared measure itself was announced with."""
    zone = law.zone(measure.authority)
    own = [each for each in measure.provisions if each.id not in choice.withheld]
    for provision in own:
        known = law.known(provision, zone, clocks.known_at, moment(provision.from_, zone))
        if known or hindsight:
            yield of_provision(measure, provision, under, hindsight=not known)
    if not own:
        yield of_provision(measure, None, under, hindsight=False)


def _later(law: Law, names: Sequence[str], under: tuple[str, ...]) -> Iterator[Supposed]:
    """Yield the provisions of the measures that were taken, as each first read."""
    for name in names:
        measure = law.measures[name]
        first: dict[str, Provision] = {each.id: each for each in reversed(measure.provisions)}
        for provision in reversed(first.values()):
            yield of_provision(measure, provision, under, hindsight=True)
