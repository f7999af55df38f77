"""Acts and events of a document, held against those of the regime files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from limen.documents.report import EventFound, MeasureFound
from limen.law import Law
from limen.law.records import Event, Measure
from limen.mentions.statement_match import agrees, day_in


def known_measures(
    found: Sequence[MeasureFound], law: Law, days: Sequence[str | None]
) -> tuple[MeasureFound, ...]:
    """The acts with the measures of the regime files they are.

    ``days`` are those on which the sentences of unnumbered acts say they were signed.
    """
    numbered: dict[str, tuple[str, ...]] = {}
    told = []
    for each, day in zip(found, days, strict=True):
        if each.key is None:
            known = tuple(_signed(each, law, day)) if day else ()
        else:
            if each.key not in numbered:
                numbered[each.key] = tuple(_numbered(each.kind, each.key, law))
            known = numbered[each.key]
        told.append(msgspec.structs.replace(each, known=known))
    return tuple(told)


def _numbered(kind: str, key: str, law: Law) -> Iterator[str]:
    """The measures, or the licences, of an act that the text names by its number."""
    if kind == "general_licence":
        number = key.removeprefix("GL ")
        yield from (name for name in law.licences if name.rpartition("/")[2] == number)
        return
    yield from (measure.id for measure in law.measures.values() if _is_act(key, measure))


def _signed(found: MeasureFound, law: Law, day: str) -> Iterator[str]:
    """The executive orders signed on a day, for "an executive order" without a number."""
    if "executive order" not in found.text.lower():
        return
    for measure in law.measures.values():
        signed = any(each.is_ == "in_force" and each.on.startswith(day) for each in measure.status)
        if signed and measure.instrument.lower().startswith("executive order"):
            yield measure.id


def _is_act(key: str, measure: Measure) -> bool:
    number = re.escape(key.partition(" ")[2] or key)
    text = f"{measure.instrument} {measure.citation} {' '.join(measure.acts)}"
    return bool(re.search(rf"(?<![\d/]){number}(?![\d/])", text))


def known_events(found: Sequence[EventFound], law: Law) -> tuple[EventFound, ...]:
    """The events with those of the regime files they may be: of one kind, on one day."""
    return tuple(
        msgspec.structs.replace(
            each, known=tuple(event.id for event in law.events.values() if _is_event(each, event))
        )
        for each in found
    )


#: Kinds of events that a text tells of -> kinds of the regime files.
_KINDS = {
    "recognition": ("recognition",),
    "order": ("order",),
    "movement": ("movement", "border_crossing"),
    "invasion": ("border_crossing",),
    "annexation": ("annexation", "seizure"),
    "authorisation": ("authorisation", "vote"),
}


def _is_event(found: EventFound, event: Event) -> bool:
    if event.kind not in _KINDS.get(found.kind, ()) or found.happened is None:
        return False
    day = day_in(event.happened)
    return day is not None and agrees(found.happened, day)
