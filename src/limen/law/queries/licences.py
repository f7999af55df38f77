"""Decide whether an activity was authorised by a measure's licences and exemptions on a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from limen.law.assess.conditions import Given, evaluate
from limen.law.in_force import (
    BINDING,
    Clocks,
    MeasureState,
    is_beyond,
    is_valid_relief,
    measure_state,
)
from limen.law.law import Law
from limen.law.licence_state import licence_state, may_be_renewed
from limen.law.records import Exemption, Licence, Measure, Relief
from limen.model import Instant
from limen.util.text import fold

#: The fact that decides whether a licence for named parties applies.
PARTY = "party"
_ANY = "any"
#: Letters of the longest legal form that is written short: GmbH, PJSC.
_LEGAL_FORM = 4


class Authorisation(msgspec.Struct, frozen=True):
    """Whether an activity was allowed in spite of a measure.

    ``value`` is ``"true"``, ``"false"``, ``"unknown"``, or ``"not_prohibited"`` where the measure
    did not bind. A licence does not authorise where its reporting duty was not met.

    Attributes:
        by: what authorises it.
        missing: facts that decide and were not given; ``party`` where a licence is for parties.
        considered: every relief for the activity.
        not_known: reliefs that are unconfirmed, or not known to have held or not, with the reason.
    """

    value: str
    by: tuple[str, ...]
    missing: tuple[str, ...]
    considered: tuple[str, ...]
    not_known: tuple[tuple[str, str], ...] = ()


def authorised(
    law: Law,
    measure: Measure,
    activity: str,
    clocks: Clocks,
    facts: Mapping[str, Given],
    *,
    party: str = "",
) -> Authorisation:
    """Return whether a licence or exemption covers an activity, on the facts given.

    Args:
        law: the law.
        measure: the measure that could prohibit it.
        activity: what is to be done.
        clocks: the instant, and that of knowledge.
        facts: facts of the transaction.
        party: with whom; a licence for named parties covers no other, and is left open where
            no party is given.
    """
    state = measure_state(law, measure, clocks)
    if state is None or not state.binding:
        return _not_in_force(measure, state, clocks)
    allowing: list[str] = []
    missing: list[str] = []
    considered: list[str] = []
    not_known: list[tuple[str, str]] = []
    for key, relief, doubt in _reliefs(law, measure, clocks):
        who = _is_for(law, relief, activity, party)
        if who is False or not covers(relief, activity):
            continue
        unsure = "; ".join(filter(None, (doubt, _in_words(relief), _unplaced(law, relief, party))))
        considered.append(key)
        condition = law.relief_condition(relief)
        truth = evaluate(condition, facts) if condition else None
        if truth is not None and truth.value is False:
            continue
        if unsure:
            not_known.append((key, unsure))
        if who is None:
            missing.append(PARTY)
        elif truth is not None and truth.value is None:
            missing += truth.missing
        elif not unsure:
            allowing.append(key)
    value = "true" if allowing else "unknown" if missing or not_known else "false"
    names = () if allowing else tuple(dict.fromkeys(missing))
    left_open = () if allowing else tuple(not_known)
    return Authorisation(value, tuple(allowing), names, tuple(considered), left_open)


def _not_in_force(measure: Measure, state: MeasureState | None, clocks: Clocks) -> Authorisation:
    """Return that nothing was prohibited, where that is certain.

    It is not after the day that the research reaches, nor where the day on which the measure
    ended, or had yet to begin, is unconfirmed.
    """
    was = f"{state.change.is_} since {state.change.on}" if state else "not known to have begun"
    if is_beyond(measure.known_to, clocks.as_of):
        why = f"it was {was}, and its research reaches {measure.known_to} only"
    elif day := _unconfirmed_day(measure, state):
        why = f"it was {was}, and the day {day} is unconfirmed"
    else:
        return Authorisation("not_prohibited", (), (), ())
    return Authorisation("unknown", (), (), (), ((measure.id, why),))


def _unconfirmed_day(measure: Measure, state: MeasureState | None) -> str:
    """Return the unconfirmed day that a measure's not binding rests on; empty where none."""
    last = measure.status.index(state.change) if state else -1
    begins = next((one for one in measure.status[last + 1 :] if one.is_ in BINDING), None)
    deciding = (state.change if state else None, begins)
    return next((one.on for one in deciding if one and one.confidence == "unconfirmed"), "")


def covers(relief: Relief, activity: str) -> bool:
    """Return whether a relief allows an activity."""
    return activity in relief.activities or _ANY in relief.activities


def _is_for(law: Law, relief: Relief, activity: str, party: str) -> bool | None:
    """Return whether a relief is for a party; ``None`` where that cannot be decided.

    A licence of everything with one party or class says nothing of an activity, so it is left
    out unless the party is named in it; a licence for just this activity is left open.
    """
    if not isinstance(relief, Licence):
        return True
    if party and _named(law, party, relief.excluded):
        return False
    if relief.any_party:
        return True if party or not relief.excluded else None
    if not party:
        return None if activity in relief.activities else False
    if _named(law, party, relief.parties):
        return True
    if is_nearly_named(party, relief.parties):
        return None
    return None if relief.class_of_parties and activity in relief.activities else False


def is_nearly_named(party: str, names: Iterable[str]) -> bool:
    """Return whether a licence's party has a name's words and but short ones more: a legal form."""
    words = set(fold(party).split())
    wholes = (set(fold(name).split()) for name in names)
    return bool(words) and any(
        words < whole and all(len(word) <= _LEGAL_FORM for word in whole - words)
        for whole in wholes
    )


def is_for(law: Law, relief: Relief, activity: str, party: str) -> bool:
    """Return whether a relief is or may be for an activity with a party."""
    return covers(relief, activity) and _is_for(law, relief, activity, party) is not False


def _in_words(relief: Relief) -> str:
    """Return that a condition of a relief is in words alone; empty where none is."""
    return f"its conditions are not encoded: {relief.prose}" if relief.prose else ""


def _unplaced(law: Law, relief: Relief, party: str) -> str:
    """Return that a party could be one that a licence excludes, under a name not held here."""
    if not isinstance(relief, Licence) or not party or not relief.excluded:
        return ""
    if law.parties_named((party,)) or _named(law, party, tuple(law.licence_parties)):
        return ""
    return f"it excludes {', '.join(relief.excluded)}; whether {party} is one of them is not known"


def _named(law: Law, party: str, names: tuple[str, ...]) -> bool:
    """Return whether a party is among those a licence names, by its name here or on a list."""
    known = law.parties_named((party,))
    return any(fold(party) == fold(name) or name in known for name in names)


def _reliefs(law: Law, measure: Measure, clocks: Clocks) -> Iterator[tuple[str, Relief, str]]:
    """Yield each relief that held or may have held, with the reason why that is not certain."""
    for licence in law.licences_on(measure.id):
        state = licence_state(law, licence, clocks)
        if state.value == "valid" and not state.beyond_known:
            yield licence.key, licence, _unconfirmed(licence)
        elif state.value in ("valid", "cannot_say"):
            yield licence.key, licence, state.why
        elif may_be_renewed(law, licence, clocks):
            why = f"{state.why}, after the day that its research reaches; a later letter may exist"
            yield licence.key, licence, why
    for exemption, why in exemptions_of(law, measure, clocks):
        yield exemption.id, exemption, why


def exemptions_of(law: Law, measure: Measure, clocks: Clocks) -> Iterator[tuple[Exemption, str]]:
    """Yield the exemptions of an act that held or may have held, with why that is not certain."""
    for exemption in measure.exceptions:
        why = _beyond(law, measure, exemption, clocks)
        if why or is_valid_relief(law, exemption, law.zone(measure.authority), clocks):
            yield exemption, why or _unconfirmed(exemption)


def _unconfirmed(relief: Relief) -> str:
    return "it is unconfirmed" if relief.confidence == "unconfirmed" else ""


def _beyond(law: Law, measure: Measure, exemption: Exemption, clocks: Clocks) -> str:
    """Return why an exemption may have held after the research; empty on an earlier day."""
    if not is_beyond(measure.known_to, clocks.as_of):
        return ""
    zone = law.zone(measure.authority)
    last = Clocks(Instant.parse(measure.known_to), clocks.known_at)
    if not any(is_valid_relief(law, exemption, zone, each) for each in (last, clocks)):
        return ""
    return f"known to {measure.known_to} only: a change since then would not be known"
