"""Find the measures behind a listing, by the tags and acts that its publisher prints with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from limen.law.assess.conditions import facts_of
from limen.law.in_force import (
    Clocks,
    MeasureState,
    is_valid_licence,
    measure_state,
    provisions,
    view,
)
from limen.law.law import Law
from limen.law.records import Measure
from limen.model import MeasureInForce, PossibleLicence
from limen.util.lazy_patterns import lazy

#: ``2022/332`` in ``Council Implementing Regulation (EU) 2022/332`` or ``2022/332 (OJ L53)``.
_ACT_NUMBER = lazy(r"\b\d{2,4}/\d{2,4}\b")
#: ``32022R0332``: the same number as the Official Journal's CELEX writes it.
_CELEX = lazy(r"\b3(\d{4})[RD](\d{4})\b")


class Printed(msgspec.Struct, frozen=True):
    """What a publisher prints with a listing.

    ``marks`` are the entry's own further fields, as ``"field: value"``.
    """

    list: str
    programmes: tuple[str, ...]
    acts: tuple[str, ...]
    marks: tuple[str, ...] = ()


def measures_behind(law: Law, printed: Printed, clocks: Clocks) -> tuple[MeasureInForce, ...]:
    """Return the measures in force behind a listing, or else the instruments of its tags."""
    numbers = {number for act in printed.acts for number in _numbers(act)}
    found = []
    explained: set[str] = set()
    for measure in law.measures.values():
        if not _is_behind(measure, printed, numbers):
            continue
        state = measure_state(law, measure, clocks)
        if state is not None and state.binding:
            explained.update(measure.programmes)
            found.append(_in_force(law, state, clocks))
    found.extend(_instruments(law, printed.programmes, explained))
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
    tagged = any(tag in measure.programmes for tag in printed.programmes)
    if measure.mark:
        return tagged and any(mark.startswith(measure.mark) for mark in printed.marks)
    return tagged or any(act in acts for act in measure.acts)


def _in_force(law: Law, state: MeasureState, clocks: Clocks) -> MeasureInForce:
    measure = state.measure
    measure_view = view(law, state, clocks)
    of_parties = [
        each
        for each in provisions(law, measure, clocks)
        if not each.targets.territories or each.targets.programmes
    ]
    return MeasureInForce(
        id=measure.id,
        authority=measure.authority,
        instrument=measure.instrument,
        citation=measure.citation,
        binds=measure.binds,
        prohibits=tuple(dict.fromkeys(word for each in of_parties for word in each.prohibits)),
        since=measure_view.since,
        licences=tuple(_licences(law, measure, clocks)),
        source=measure_view.source,
        confidence=measure_view.confidence,
    )


def _licences(law: Law, measure: Measure, clocks: Clocks) -> Iterator[PossibleLicence]:
    for licence in law.licences_on(measure.id):
        if is_valid_licence(law, licence, clocks):
            condition = law.relief_condition(licence)
            yield PossibleLicence(
                key=licence.key,
                title=licence.title,
                activities=licence.activities,
                until=licence.until or licence.through,
                conditions=_asks(law, facts_of(condition) if condition else ()),
            )


def _asks(law: Law, facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(law.facts[name].asks for name in facts)


def _instruments(
    law: Law, programmes: Sequence[str], explained: set[str]
) -> Iterator[MeasureInForce]:
    """Yield the instruments of tags that no encoded measure explains; the rest stays empty."""
    for tag in programmes:
        programme = law.programmes.get(tag)
        if programme is None or tag in explained:
            continue
        for instrument in programme.instruments:
            source = programme.source
            yield MeasureInForce(
                id="",
                authority=programme.authority,
                instrument=instrument,
                citation="",
                binds="",
                prohibits=(),
                since=None,
                licences=(),
                source=(source,) if isinstance(source, str) else source,
                confidence=programme.confidence,
            )
