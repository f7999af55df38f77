"""Assess an event: every active reading of every trigger at one instant, side by side.

Readings are never collapsed to one answer, and no statement made after the instant counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from limen.law.assess.assessment import (
    AppliedReading,
    Assessment,
    Silent,
    TriggerResult,
    TruthWord,
    Turn,
)
from limen.law.assess.conditions import (
    Condition,
    Given,
    Is,
    Truth,
    Value,
    evaluate,
    leaves_of,
    value_of,
    values_of,
)
from limen.law.assess.policies import views
from limen.law.in_force import WAITING, Clocks, MeasureState, MeasureView, measure_states, view
from limen.law.law import Law, _never
from limen.law.moments import moment
from limen.law.records import Event, EventFact, Reading, Statement
from limen.model import InputError, Instant
from limen.util.suggest import did_you_mean

#: Represents every value that no condition names; they all give the same result.
_ANYTHING_ELSE = "anything else"
_WORDS: Mapping[bool | None, TruthWord] = {True: "true", False: "false", None: "unknown"}


def assess(
    law: Law,
    event: str,
    clocks: Clocks,
    *,
    trigger: str | None = None,
    policy: str | None = None,
    facts: Mapping[str, Any] | None = None,
    supposed: bool = False,
) -> Assessment:
    """Apply every reading that was on record at an instant to an event.

    Args:
        law: the law.
        event: an event's id or slug.
        clocks: the instant of the assessment, and that of knowledge.
        trigger: one trigger; every one of the event's regime.
        policy: a view on the readings: ``latest_named``, ``most_senior``, ``strictest`` or
            ``legal_only``. The readings are returned with it.
        facts: suppose these facts of the event too.
        supposed: suppose that it happened: one not known yet counts with all of its facts.

    Raises:
        InputError: an event, trigger or policy that there is not, or a fact it cannot have.
    """
    found = law.event(event)
    regime = law.regimes[law.regime_of(event=found.id)]
    facts_of = supposed_facts if supposed else facts_at
    known = facts_of(law, found, clocks.known_at)
    known.update(given_facts(law, facts or {}))
    triggers = [law.trigger(trigger).id] if trigger else list(regime.triggers)
    application = _Application(law, found, known, clocks)
    readings, silent = application.apply(triggers)
    active = [reading for reading in readings if reading.standing == "active"]
    measures = measure_states(law, regime.measures, clocks)
    in_force, waiting, proposed = (
        _views(law, measures, group, clocks) for group in ("in_force", "waiting", "proposed")
    )
    return Assessment(
        event=found.id,
        slug=found.slug,
        title=found.title,
        event_known=moment(found.happened, found.zone).happened_by(clocks.known_at),
        at=str(clocks.as_of),
        known_at=str(clocks.known_at),
        readings=tuple(readings),
        silent=tuple(silent),
        disagreement=_disagreement(active),
        condition_met=bool(active) and all(each.value == "true" for each in active),
        triggers=tuple(_trigger_result(law, name, active, waiting) for name in triggers),
        in_force=in_force,
        prepared=waiting,
        proposed=proposed,
        policy=policy,
        views=views(active, policy),
    )


def supposed_facts(law: Law, event: Event, known_at: Instant) -> dict[str, Given]:
    """Return the facts of an event that is supposed: all, of one that was not known then."""
    known = facts_at(law, event, known_at)
    if known:
        return known
    found: dict[str, Given] = {"kind": event.kind}
    for name, fact in event.facts.items():
        found[name] = _given(law, name, fact.is_ if isinstance(fact, EventFact) else fact)
    return found


def facts_at(law: Law, event: Event, known_at: Instant) -> dict[str, Given]:
    """Return the facts of an event that were known at an instant."""
    happened = moment(event.happened, event.zone)
    if not happened.happened_by(known_at) and event.known_from is None:
        return {}
    found: dict[str, Given] = {"kind": event.kind}
    for name, fact in event.facts.items():
        given: Any = fact
        if isinstance(fact, EventFact):
            if fact.known_from and not moment(fact.known_from, event.zone).happened_by(known_at):
                continue
            given = fact.is_
        found[name] = _given(law, name, given)
    return found


def _given(law: Law, name: str, raw: Any) -> Given:
    values = values_of(law.facts[name], raw, _never, (name,))
    return values if isinstance(raw, list | tuple) else values[0]


def given_facts(law: Law, facts: Mapping[str, Any]) -> dict[str, Given]:
    """Return facts that a caller gives, each as its own kind of value.

    Raises:
        InputError: a fact that no event has, or a value it cannot have.
    """
    for name in facts:
        if name not in law.facts:
            raise InputError(
                f"no event has a fact {name!r}", where="fact", hint=did_you_mean(name, law.facts)
            )
    return {name: _given(law, name, raw) for name, raw in facts.items()}


class _Application(msgspec.Struct, frozen=True):
    """An event, to which the readings on record are applied."""

    law: Law
    event: Event
    facts: Mapping[str, Given]
    clocks: Clocks

    def apply(self, triggers: Sequence[str]) -> tuple[list[AppliedReading], list[Silent]]:
        """Apply the readings of some triggers; return those that speak to it, and the others."""
        statements = [each for each in self.law.statements.values() if self._is_on_record(each)]
        replaced: dict[str, list[str]] = {}
        for statement in statements:
            for name in statement.supersedes:
                replaced.setdefault(name, []).append(statement.id)
        applied: list[AppliedReading] = []
        silent: list[Silent] = []
        for statement in sorted(statements, key=lambda each: self.law.moment_of(each).last):
            reading = statement.reading
            if reading is None or reading.trigger not in triggers:
                continue
            if reading.about and self.event.kind not in reading.about:
                why = f"it is about {' or '.join(reading.about)}, not {self.event.kind}"
                silent.append(Silent(statement.id, reading.trigger, why))
                continue
            by = tuple(replaced.get(statement.id, ()))
            applied.append(self._applied(statement, reading, by))
        return applied, silent

    def _is_on_record(self, statement: Statement) -> bool:
        if statement.reading is None:
            return False
        made = self.law.moment_of(statement)
        zone = statement.zone or self.law.zone(statement.authority)
        known = self.clocks.known_at
        return made.happened_by(self.clocks.as_of) and (
            moment(statement.known_from, zone) if statement.known_from else made
        ).happened_by(known)

    def _applied(
        self, statement: Statement, reading: Reading, by: tuple[str, ...]
    ) -> AppliedReading:
        condition, lesser = self.law.conditions(statement)
        truth = evaluate(condition, self.facts)
        grade: Literal["full", "lesser", "none"] = "full" if truth.value else "none"
        if not truth.value and lesser and value_of(lesser, self.facts):
            grade = "lesser"
        return AppliedReading(
            statement=statement.id,
            trigger=reading.trigger,
            authority=statement.authority,
            speaker=statement.speaker,
            role=statement.role,
            rank=statement.rank,
            attribution=statement.attribution,
            kind=statement.kind,
            said_at=statement.made,
            zone=statement.zone or self.law.zone(statement.authority),
            quote=statement.quote,
            reading=reading.says or statement.condition,
            value=_WORDS[truth.value],
            grade=grade,
            why="; ".join(truth.why) or "nothing is asked of the event",
            missing=truth.missing,
            asks=tuple(self._asks(name) for name in truth.missing),
            turns=tuple(self._turns(condition, truth)),
            whose_word=f"{statement.speaker}, or whoever speaks for {statement.authority} after",
            standing="superseded" if by else "active",
            superseded_by=by,
            clarifies=statement.clarifies,
            contradicts=statement.contradicts,
            source=(statement.source,) if isinstance(statement.source, str) else statement.source,
        )

    def _asks(self, name: str) -> str:
        fact = self.law.facts.get(name)
        return fact.asks if fact else "what the speaker meant: the words leave it open"

    def _turns(self, condition: Condition, truth: Truth) -> Iterator[Turn]:
        """Yield each fact of the condition that alone would change the value if it differed."""
        named: dict[str, dict[Value, None]] = {}
        for leaf in leaves_of(condition):
            if isinstance(leaf, Is):
                named.setdefault(leaf.fact, {}).update(dict.fromkeys(leaf.values))
        for name, values in named.items():
            fact = self.law.facts[name]
            others = (True, False) if fact.is_ == "yes_no" else (*values, _ANYTHING_ELSE)
            for other in others:
                now = value_of(condition, {**self.facts, name: other})
                if now is not truth.value and now is not None:
                    value = str(other).lower() if isinstance(other, bool) else str(other)
                    yield Turn(name, fact.asks, value, _WORDS[now])


def _views(
    law: Law,
    states: Iterable[MeasureState],
    group: Literal["in_force", "waiting", "proposed"],
    clocks: Clocks,
) -> tuple[MeasureView, ...]:
    def is_in_group(state: MeasureState) -> bool:
        if group == "in_force":
            return state.binding
        return state.change.is_ in WAITING if group == "waiting" else state.change.is_ == "proposed"

    return tuple(view(law, state, clocks) for state in states if is_in_group(state))


def _disagreement(active: Sequence[AppliedReading]) -> dict[str, TruthWord]:
    by_trigger: dict[str, list[AppliedReading]] = {}
    for each in active:
        by_trigger.setdefault(each.trigger, []).append(each)
    return {
        each.statement: each.value
        for reads in by_trigger.values()
        if len({read.value for read in reads}) > 1
        for each in reads
    }


def _trigger_result(
    law: Law, name: str, active: Sequence[AppliedReading], prepared: Sequence[MeasureView]
) -> TriggerResult:
    trigger = law.triggers[name]
    under: dict[str, list[str]] = {"true": [], "false": [], "unknown": []}
    for each in active:
        if each.trigger == name:
            under[each.value].append(each.statement)
    met: Literal["every", "some", "none"] = "none"
    if under["true"]:
        met = "some" if under["false"] or under["unknown"] else "every"
    return TriggerResult(
        id=name,
        question=trigger.question,
        determiner=trigger.determiner,
        consequence=trigger.consequence,
        condition_met=met,
        met_under=tuple(under["true"]),
        not_met_under=tuple(under["false"]),
        unknown_under=tuple(under["unknown"]),
        prepared=tuple(each.id for each in prepared if name in each.waits_for),
    )
