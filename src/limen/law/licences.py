"""Decide whether an activity was authorised by a measure's licences and exemptions on a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from limen.law.assess.conditions import Given, evaluate
from limen.law.in_force import Clocks, is_valid_licence, is_valid_relief, measure_state
from limen.law.law import Law
from limen.law.records import Measure, Relief


class Authorisation(msgspec.Struct, frozen=True):
    """Whether an activity was allowed in spite of a measure.

    ``value`` is ``"not_prohibited"`` where the measure did not bind, and ``"unknown"`` where a
    relief depends on a fact that was not given, which ``missing`` names. A licence does not
    authorise where its reporting duty was not met.
    """

    value: str
    by: tuple[str, ...]
    missing: tuple[str, ...]
    considered: tuple[str, ...]


def authorised(
    law: Law, measure: Measure, activity: str, clocks: Clocks, facts: Mapping[str, Given]
) -> Authorisation:
    """Return whether a licence or exemption covers an activity, on the facts given."""
    state = measure_state(law, measure, clocks)
    if state is None or not state.binding:
        return Authorisation("not_prohibited", (), (), ())
    allowing: list[str] = []
    missing: list[str] = []
    considered: list[str] = []
    for key, relief in _standing(law, measure, clocks):
        if activity not in relief.activities and "any" not in relief.activities:
            continue
        considered.append(key)
        condition = law.relief_condition(relief)
        truth = evaluate(condition, facts) if condition else None
        if truth is None or truth.value:
            allowing.append(key)
        elif truth.value is None:
            missing += truth.missing
    value = "true" if allowing else "unknown" if missing else "false"
    names = () if allowing else tuple(dict.fromkeys(missing))
    return Authorisation(value, tuple(allowing), names, tuple(considered))


def _standing(law: Law, measure: Measure, clocks: Clocks) -> Iterator[tuple[str, Relief]]:
    for licence in law.licences_on(measure.id):
        if is_valid_licence(law, licence, clocks):
            yield licence.key, licence
    zone = law.zone(measure.authority)
    for exemption in measure.exceptions:
        if is_valid_relief(law, exemption, zone, clocks):
            yield exemption.id, exemption
