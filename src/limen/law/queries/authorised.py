"""Answer whether an activity was authorised: yes, no or cannot say, with licences and chains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from limen.law.assess.assess import given_facts
from limen.law.in_force import Clocks, is_beyond, measure_state
from limen.law.law import Law
from limen.law.licence_state import ChainLink, chain, licence_state
from limen.law.listing_measures import possible_licence
from limen.law.queries.licences import Authorisation, authorised, is_for, is_nearly_named
from limen.law.queries.search import NO_RECORD, check_term
from limen.law.records import Licence, Measure, Relief
from limen.model import InputError, PossibleLicence
from limen.util.suggest import did_you_mean

Answer = Literal["yes", "no", "cannot_say", "not_prohibited", "no_record"]
_ANSWERS: Mapping[str, Answer] = {"true": "yes", "false": "no", "unknown": "cannot_say"}


class MeasureAuthorisation(msgspec.Struct, frozen=True):
    """Whether one measure let the activity pass.

    Attributes:
        by: keys of the licences and exemptions that authorise it.
        missing: questions on which it turns, as they would be put.
        not_known: reliefs that are unconfirmed, or not known to have held or not, and why.
        licences: the licences for the activity that held or may have held.
        not_in_force: where the answer is no, those that had ended or were still to come.
        chains: the letters of each, with what is missing between them.
        confidence: how sure the measure's standing is; empty where it had none yet.
        beyond_known: whether the instant is later than the research reaches.
    """

    measure: str
    title: str
    answer: Answer
    by: tuple[str, ...]
    missing: tuple[str, ...]
    not_known: tuple[str, ...]
    licences: tuple[PossibleLicence, ...]
    not_in_force: tuple[str, ...]
    chains: dict[str, tuple[ChainLink, ...]]
    confidence: str
    known_to: str
    beyond_known: bool


class AuthorisedAnswer(msgspec.Struct, frozen=True):
    """The answers of all measures; ``says`` where there is no record.

    ``law`` is the hash of the pack of law that answers, ``published`` its day.
    """

    activity: str
    party: str
    as_of: str
    known_at: str
    says: str
    measures: tuple[MeasureAuthorisation, ...]
    law: str = ""
    published: str = ""


def authorised_by(
    law: Law,
    activity: str,
    clocks: Clocks,
    *,
    measures: Iterable[str] = (),
    party: str = "",
    facts: Mapping[str, Any] | None = None,
) -> AuthorisedAnswer:
    """Answer for each measure named, or for each that a relief for the activity lifts.

    Raises:
        InputError: an activity or a measure that the law does not have, a fact it cannot have,
            or a party without a letter or digit.
    """
    check_term("activity", activity)
    activity = activity.replace("-", "_")
    check_term("party", party)
    known = activities(law)
    if activity not in known:
        raise InputError(
            f"no licence or exemption is for {activity!r}",
            where="activity",
            why=NO_RECORD,
            hint=did_you_mean(activity, known),
        )
    chosen = [law.measure(name) for name in measures] or list(_lifted(law, activity, party))
    given = given_facts(law, facts or {})
    answers = []
    for measure in chosen:
        found = authorised(law, measure, activity, clocks, given, party=party)
        answer = _answer(law, measure, found, clocks)
        if answer.answer == "no":
            others = tuple(_of_other_days(law, measure, activity, party, clocks))
            answer = msgspec.structs.replace(answer, not_in_force=others)
        answers.append(answer)
    return AuthorisedAnswer(
        activity=activity,
        party=party,
        as_of=str(clocks.as_of),
        known_at=str(clocks.known_at),
        says="" if answers else NO_RECORD,
        measures=tuple(answers),
        law=law.pack,
        published=law.published,
    )


def activities(law: Law) -> tuple[str, ...]:
    """Return every activity that a licence or an exemption is for."""
    reliefs: list[Relief] = [*law.licences.values()]
    reliefs += [each for measure in law.measures.values() for each in measure.exceptions]
    return tuple(dict.fromkeys(word for each in reliefs for word in each.activities))


def _lifted(law: Law, activity: str, party: str) -> Iterator[Measure]:
    """Yield the measures that a relief for the activity, and the party if one is given, lifts.

    A licence for any party is for the one given as well. A measure on the party that no licence
    lifts for this activity is answered too: its "no" is the answer, and not silence.
    """
    parties = {party, *law.parties_named((party,))} if party else set()
    names: dict[str, None] = {}
    for licence in law.licences.values():
        is_named = bool(parties & set(licence.parties)) or is_nearly_named(party, licence.parties)
        is_open = (not party or licence.any_party) and activity in licence.activities
        if is_named or is_open:
            names.update(dict.fromkeys(licence.lifts))
    for measure in law.measures.values():
        if not party and any(activity in each.activities for each in measure.exceptions):
            names[measure.id] = None
    for name in names:
        yield law.measures[name]


def _of_other_days(
    law: Law, measure: Measure, activity: str, party: str, clocks: Clocks
) -> Iterator[str]:
    """Yield the licences for it that had ended or were still to come, each with the reason."""
    for licence in law.licences_on(measure.id):
        state = licence_state(law, licence, clocks)
        if state.value in ("ended", "not_yet") and is_for(law, licence, activity, party):
            yield f"{licence.key}: {state.why}"


def _answer(
    law: Law, measure: Measure, found: Authorisation, clocks: Clocks
) -> MeasureAuthorisation:
    answer: Answer = "not_prohibited" if found.value == "not_prohibited" else _ANSWERS[found.value]
    licences = [law.licences[key] for key in found.considered if key in law.licences]
    state = measure_state(law, measure, clocks)
    return MeasureAuthorisation(
        measure=measure.id,
        title=measure.title,
        answer=answer,
        by=found.by,
        missing=tuple(_question(law, name) for name in found.missing),
        not_known=tuple(f"{key}: {why}" for key, why in found.not_known),
        licences=tuple(_possible(law, each, clocks) for each in licences),
        not_in_force=(),
        chains={each.key: chain(law, each, clocks) for each in licences},
        confidence=state.change.confidence if state else "",
        known_to=measure.known_to,
        beyond_known=is_beyond(measure.known_to, clocks.as_of),
    )


def _possible(law: Law, licence: Licence, clocks: Clocks) -> PossibleLicence:
    return possible_licence(law, licence, licence_state(law, licence, clocks))


def _question(law: Law, name: str) -> str:
    return law.facts[name].asks if name in law.facts else f"With whom? ({name})"
