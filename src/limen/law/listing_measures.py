"""Find the measures behind a listing, and what each does to the listed party.

The measure is chosen by what the list itself prints: a programme tag, the act and annex of its
record id, a mark in the entry. What it does is that of the provisions for its tag, or of the
publisher's own words where the list prints them per entry (``Travel Ban``). A tag alone never
makes a freeze of a ship that is only barred from ports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from limen.law.assess.conditions import facts_of
from limen.law.in_force import Clocks, MeasureState, measure_state, provisions, sources_of, view
from limen.law.law import Law
from limen.law.licence_state import LicenceState, licence_state
from limen.law.records import Licence, Measure, Provision
from limen.model import ListingEffect, MeasureInForce, PossibleLicence
from limen.util.lazy_patterns import lazy
from limen.util.text import fold

#: ``2022/332`` in ``Council Implementing Regulation (EU) 2022/332`` or ``2022/332 (OJ L53)``.
_ACT_NUMBER = lazy(r"\b\d{2,4}/\d{2,4}\b")
#: ``32022R0332``: the same number as the Official Journal's CELEX writes it.
_CELEX = lazy(r"\b3(\d{4})[RD](\d{4})\b")
_FREEZE = {"asset_freeze", "making_funds_available"}


class Printed(msgspec.Struct, frozen=True):
    """What a publisher prints with a listing, as far as the law depends on it.

    Attributes:
        measures: what is imposed, in the publisher's words.
        marks: the entry's own further fields, as ``"field: value"``.
        record: the beginning of the record id that names an act and annex.
        person: whether the party is a natural person; travel bans reach no other party.
        parties: names of ``licence_parties.yml`` that are names of the party.
    """

    list: str
    programmes: tuple[str, ...]
    acts: tuple[str, ...]
    marks: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    record: str = ""
    person: bool = True
    parties: tuple[str, ...] = ()


def measures_behind(law: Law, printed: Printed, clocks: Clocks) -> tuple[MeasureInForce, ...]:
    """Return the measures in force behind a listing, or else the instruments of its tags."""
    numbers = {number for act in printed.acts for number in _numbers(act)}
    found = []
    ended: dict[str, str] = {}
    explained: set[str] = set()
    for measure in law.measures_named((*printed.programmes, printed.record, *numbers)):
        if not _is_behind(measure, printed, numbers):
            continue
        state = measure_state(law, measure, clocks)
        if state is not None and state.binding:
            explained.update(measure.programmes)
            in_force = _in_force(law, state, clocks, printed)
            if in_force.effects or not _by_act_alone(measure):
                found.append(in_force)
        elif state is not None:
            ended.update(dict.fromkeys(measure.programmes, _not_in_force(state)))
    found.extend(_instruments(law, printed.programmes, explained, ended))
    return tuple(found)


def _numbers(act: str) -> Iterator[str]:
    yield act
    yield act.removeprefix("The ")
    yield from _ACT_NUMBER.findall(act)
    for year, number in _CELEX.findall(act):
        yield f"{year}/{int(number)}"


def _is_behind(measure: Measure, printed: Printed, acts: set[str]) -> bool:
    if measure.on_lists and printed.list not in measure.on_lists:
        return False
    if printed.list in measure.not_on_lists:
        return False
    named = any(act in acts for act in measure.acts)
    if printed.record:
        return printed.record in measure.records or named
    tagged = any(tag in measure.programmes for tag in printed.programmes)
    if marks := marks_of(measure):
        return (tagged or not measure.programmes) and _is_marked(printed, marks)
    if measure.without_mark and any(m.startswith(measure.without_mark) for m in printed.marks):
        return False
    return tagged or named


def marks_of(measure: Measure) -> tuple[str, ...]:
    """Return the marks of a measure as a tuple."""
    return (measure.mark,) if isinstance(measure.mark, str) else measure.mark


def _is_marked(printed: Printed, marks: Sequence[str]) -> bool:
    """Return whether an entry bears a mark; a number is not the beginning of a longer one."""
    return any(
        bears.startswith(mark) and not bears[len(mark) : len(mark) + 1].isdigit()
        for bears in printed.marks
        for mark in marks
    )


def _not_in_force(state: MeasureState) -> str:
    standing = state.change.is_.replace("_", " ")
    return f"not in force as encoded: {state.measure.id} is {standing} since {state.change.on}"


def _in_force(law: Law, state: MeasureState, clocks: Clocks, printed: Printed) -> MeasureInForce:
    measure = state.measure
    measure_view = view(law, state, clocks)
    effects = tuple(_effects(law, measure, clocks, printed))
    if measure.as_printed and not effects:
        says = "what it imposes, the list prints per entry; nothing is printed"
        effects = (_unknown(measure.id, says),)
    words = dict.fromkeys(word for effect in effects for word in effect.prohibits)
    return MeasureInForce(
        id=measure.id,
        authority=measure.authority,
        instrument=measure.instrument,
        citation=measure.citation,
        binds=measure.binds,
        prohibits=tuple(words),
        since=measure_view.since,
        licences=tuple(_licences(law, measure, clocks, printed)),
        source=measure_view.source,
        confidence=measure_view.confidence,
        effects=effects,
        note=measure.note,
        known_to=measure.known_to,
        beyond_known=measure_view.beyond_known,
    )


def _effects(
    law: Law, measure: Measure, clocks: Clocks, printed: Printed
) -> Iterator[ListingEffect]:
    """Yield what a measure does to the party: by the list's own words where it prints any."""
    for word in _deciding_words(law, measure, printed):
        yield from _printed_effect(law, printed, word)
    if _deciding_words(law, measure, printed):
        return
    for provision in provisions(law, measure, clocks):
        if _is_of_listing(measure, provision, printed):
            prohibits = _reaching(provision.prohibits, printed)
            if prohibits or not provision.prohibits:
                yield ListingEffect(
                    by=provision.id,
                    prohibits=prohibits,
                    says=provision.says,
                    since=provision.from_,
                    source=sources_of(provision.source),
                    confidence=provision.confidence,
                    note=provision.note,
                )


def _deciding_words(law: Law, measure: Measure, printed: Printed) -> tuple[str, ...]:
    """Return the list's words that decide what a measure does, in place of its provisions.

    A compilation prints from which list an entry is: what another list than that of blocked
    parties does is in its own word, whatever the tag.
    """
    if measure.as_printed:
        return printed.measures
    if marks_of(measure):
        return ()
    known = law.printed_effects.get(printed.list, {})
    return tuple(word for word in printed.measures if fold(word) in known)


def _printed_effect(law: Law, printed: Printed, word: str) -> Iterator[ListingEffect]:
    effect = law.printed_effects.get(printed.list, {}).get(fold(word))
    if effect is None:
        yield _unknown(word, "the list prints this measure; what it does is not encoded")
    elif prohibits := _reaching(effect.prohibits, printed):
        yield ListingEffect(
            by=word, prohibits=prohibits, says=effect.says, since=None,
            source=sources_of(effect.source), confidence=effect.confidence, note="",
        )  # fmt: skip


def _unknown(by: str, says: str) -> ListingEffect:
    """Return an effect of which nothing is known but that the list imposes something."""
    return ListingEffect(
        by=by, prohibits=(), says=says, since=None, source=(), confidence="unconfirmed", note=""
    )


def _is_of_listing(measure: Measure, provision: Provision, printed: Printed) -> bool:
    """Return whether a provision reaches a party because it is listed under the measure."""
    targets = provision.targets
    if targets.programmes:
        return any(tag in targets.programmes for tag in printed.programmes)
    if _by_act_alone(measure):
        return bool(provision.prohibits) and set(provision.prohibits) <= _FREEZE
    if targets.territories or targets.sectors or targets.goods or targets.services:
        return False
    if targets.parties:
        return bool(marks_of(measure) or measure.records) or set(provision.prohibits) <= _FREEZE
    return True


def _by_act_alone(measure: Measure) -> bool:
    """Return whether a measure is found by an act that lists parties, and by nothing else.

    Such an act freezes; what else its package prohibits, it prohibits of goods and services.
    """
    return not (measure.programmes or measure.records or measure.mark)


def _reaching(prohibits: Sequence[str], printed: Printed) -> tuple[str, ...]:
    return tuple(word for word in prohibits if printed.person or word != "travel")


def _licences(
    law: Law, measure: Measure, clocks: Clocks, printed: Printed
) -> Iterator[PossibleLicence]:
    for licence in law.licences_on(measure.id):
        if not _is_for(licence, printed):
            continue
        state = licence_state(law, licence, clocks)
        if state.value in ("valid", "cannot_say"):
            yield possible_licence(law, licence, state)


def _is_for(licence: Licence, printed: Printed) -> bool:
    """Return whether the listed party is one of those a licence is for.

    A class of parties in words is not resolved here, so such a licence is not offered.
    """
    if any(name in licence.excluded for name in printed.parties):
        return False
    return licence.any_party or any(name in licence.parties for name in printed.parties)


def possible_licence(law: Law, licence: Licence, state: LicenceState) -> PossibleLicence:
    """Return a licence as an answer gives it."""
    condition = law.relief_condition(licence)
    return PossibleLicence(
        key=licence.key,
        title=licence.title,
        activities=licence.activities,
        until=state.until,
        conditions=(
            *_asks(law, facts_of(condition) if condition else ()),
            *((licence.prose,) if licence.prose else ()),
        ),
        standing="valid" if state.value == "valid" else "cannot_say",
        why=state.why,
        says=licence.says,
        parties=licence.parties
        or ((licence.class_of_parties,) if licence.class_of_parties else ()),
        known_to=licence.known_to,
        beyond_known=state.beyond_known,
        confidence=licence.confidence,
        note=licence.note,
    )


def _asks(law: Law, facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(law.facts[name].asks for name in facts)


def _instruments(
    law: Law, programmes: Sequence[str], explained: set[str], ended: dict[str, str]
) -> Iterator[MeasureInForce]:
    """Yield the instruments of tags that no encoded measure explains; the rest stays empty."""
    for tag in programmes:
        programme = law.programmes.get(tag)
        if programme is None or tag in explained:
            continue
        for instrument in programme.instruments:
            yield MeasureInForce(
                id="",
                authority=programme.authority,
                instrument=instrument,
                citation="",
                binds="",
                prohibits=(),
                since=None,
                licences=(),
                source=sources_of(programme.source),
                confidence=programme.confidence,
                note=ended.get(tag, ""),
            )
