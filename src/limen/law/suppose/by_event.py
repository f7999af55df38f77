"""Suppose what an event sets off: the measures that wait for a trigger that it meets.

Every reading is evaluated by itself. One that is true supposes what its own authorities have
waiting for its trigger; one that is false or unknown supposes nothing. So the same event
may set a package off under one official's words and not under another's. A reading whose lesser
response is met supposes what is prepared as that alone. :mod:`.released` says what of a package
such an event sets free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from limen.law.assess.assess import assess, supposed_facts
from limen.law.assess.assessment import AppliedReading, Assessment
from limen.law.in_force import WAITING, Clocks, measure_state
from limen.law.law import Law
from limen.law.moments import moment
from limen.law.records import Event, Measure
from limen.law.suppose.released import Released, released
from limen.law.suppose.supposed import EvaluatedReading, Supposed
from limen.model import InputError
from limen.util.suggest import did_you_mean

#: Kinds of statements that speak for an authority; others report or comment.
_SPEAKING = ("official", "act")


class EventSupposition(msgspec.Struct, frozen=True):
    """What an event supposes: provisions, the readings behind them, and why nothing, if so."""

    supposed: tuple[Supposed, ...]
    readings: tuple[EvaluatedReading, ...]
    assumptions: tuple[str, ...]
    nothing: str


def by_event(
    law: Law,
    clocks: Clocks,
    event: str,
    *,
    reading: str | None,
    authority: str | None,
    hindsight: bool,
) -> EventSupposition:
    """Suppose that an event happened as recorded, and evaluate the readings on record.

    Args:
        law: the law.
        clocks: the instant of the supposition, and that of knowledge.
        event: by id or slug; one that was not known yet counts with all of its facts.
        reading: a statement: only its reading.
        authority: only measures of this authority.
        hindsight: add whom the measures did reach when they were released.

    Raises:
        InputError: an event or reading that there is not.
    """
    found = law.event(event)
    facts = supposed_facts(law, found, clocks.known_at)
    regime = law.regimes[law.regime_of(event=found.id)]
    waiting, answering = _by_trigger(law, regime.measures, clocks, authority)
    assessed = assess(law, found.id, clocks, supposed=True)
    active = [each for each in assessed.readings if each.standing == "active"]
    if reading is not None:
        active = _only(law, active, reading)
    readings = tuple(_evaluated(law, each, waiting, answering) for each in active)
    under: dict[str, list[str]] = {}
    for each in readings:
        for name in each.measures if each.value == "true" else each.lesser:
            under.setdefault(name, []).append(each.statement)
    becomes = {
        measure.id: released(
            law, measure, tuple(under[measure.id]), facts, clocks, hindsight=hindsight
        )
        for measure in waiting
        if measure.id in under
    }
    nothing = "" if under else _why_nothing(found, readings, waiting, assessed)
    return EventSupposition(
        tuple(one for each in becomes.values() for one in each.supposed),
        readings,
        tuple(_assumptions(found, clocks, under, becomes, nothing)),
        nothing,
    )


def _by_trigger(
    law: Law, measures: Sequence[str], clocks: Clocks, authority: str | None
) -> tuple[list[Measure], list[Measure]]:
    """Return the measures that wait for a trigger, and those that waited and are in force."""
    waiting: list[Measure] = []
    answering: list[Measure] = []
    for name in measures:
        measure = law.measures[name]
        if not (measure.waits_for or measure.lesser_for) or authority not in (
            None, measure.authority,
        ):  # fmt: skip
            continue
        state = measure_state(law, measure, clocks)
        if state is not None and state.change.is_ in WAITING:
            waiting.append(measure)
        elif state is not None and state.binding:
            answering.append(measure)
    return waiting, answering


def _only(law: Law, active: list[AppliedReading], name: str) -> list[AppliedReading]:
    """Return the one reading of a name, if it was on record and speaks to the event.

    Raises:
        InputError: no statement of that name has a reading.
    """
    statement = law.statements.get(name)
    if statement is None or statement.reading is None:
        known = [key for key, each in law.statements.items() if each.reading]
        raise InputError(
            f"no reading is called {name!r}", where="reading", hint=did_you_mean(name, known)
        )
    return [each for each in active if each.statement == name]


def _evaluated(
    law: Law,
    reading: AppliedReading,
    waiting: Sequence[Measure],
    answering: Sequence[Measure],
) -> EvaluatedReading:
    statement = law.statements[reading.statement]
    speaks_for = {statement.authority, *statement.on_behalf_of}

    def own(measures: Sequence[Measure]) -> list[Measure]:
        speaking = statement.kind in _SPEAKING
        return [each for each in measures if speaking and each.authority in speaks_for]

    return EvaluatedReading(
        statement=reading.statement,
        trigger=reading.trigger,
        authority=reading.authority,
        speaker=reading.speaker,
        made=reading.said_at,
        value=reading.value,
        why=reading.why,
        missing=reading.missing,
        measures=tuple(each.id for each in own(waiting) if reading.trigger in each.waits_for),
        lesser=tuple(
            each.id
            for each in own(waiting)
            if reading.grade == "lesser" and reading.trigger in each.lesser_for
        ),
        already=tuple(each.id for each in own(answering) if reading.trigger in each.waits_for),
    )


def _why_nothing(
    event: Event,
    readings: Sequence[EvaluatedReading],
    waiting: Sequence[Measure],
    assessed: Assessment,
) -> str:
    """Return why the event supposes nothing, by the first cause that holds."""
    if not waiting:
        return "no measure stood prepared then"
    names = ", ".join(measure.id for measure in waiting)
    if not readings:
        silent = f" ({len(assessed.silent)} speak to other kinds of events)"
        return f"no reading on record then speaks to {event.id}{silent}; still waiting: {names}"
    met = [each for each in readings if each.value == "true"]
    already = dict.fromkeys(name for each in met for name in each.already)
    if already:
        return f"what waited for it is in force already: {', '.join(already)}"
    if met:
        by = ", ".join(f"{each.statement} ({each.trigger})" for each in met)
        return f"{by}: met, and nothing of its authority waits for it; still waiting: {names}"
    values = [each.value for each in readings]
    return (
        f"{event.id} meets no trigger: of {len(values)} readings {values.count('false')} are false "
        f"and {values.count('unknown')} unknown; still waiting: {names}"
    )


def _assumptions(
    event: Event,
    clocks: Clocks,
    under: dict[str, list[str]],
    becomes: Mapping[str, Released],
    nothing: str,
) -> Iterator[str]:
    happened = moment(event.happened, event.zone).happened_by(clocks.known_at)
    when = "" if happened else f", which was not known at {clocks.known_at}: all of its facts"
    yield f"supposed: {event.id} ({event.title}){when}"
    for measure, statements in under.items():
        yield f"supposed in force: {measure}, under {', '.join(statements)}"
    for each in becomes.values():
        yield from each.limits
    if nothing:
        yield f"nothing is supposed: {nothing}"
