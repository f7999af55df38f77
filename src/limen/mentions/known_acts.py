"""Match acts and events of a document with those of the regime files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from limen.documents.report import EventFound, MeasureFound
from limen.law import Law
from limen.law.records import Event, Measure
from limen.mentions.statement_match import agrees, day_in


def known_measures(
    acts: Sequence[MeasureFound], law: Law, days: Sequence[str | None]
) -> tuple[MeasureFound, ...]:
    """Return the acts, each with the measures of the regime files that it is.

    ``days`` are those on which the sentences of unnumbered acts say they were signed.
    """
    numbered: dict[str, tuple[str, ...]] = {}
    measures = []
    for act, day in zip(acts, days, strict=True):
        if act.key is None:
            known = tuple(_signed(act, law, day)) if day else ()
        else:
            if act.key not in numbered:
                numbered[act.key] = tuple(_numbered(act.kind, act.key, law))
            known = numbered[act.key]
        measures.append(msgspec.structs.replace(act, known=known))
    return tuple(measures)


def _numbered(kind: str, key: str, law: Law) -> Iterator[str]:
    """Yield the measures, or the licences, of an act that the text names by its number."""
    if kind == "general_licence":
        number = key.removeprefix("GL ")
        yield from (name for name in law.licences if name.rpartition("/")[2] == number)
        return
    yield from (measure.id for measure in law.measures.values() if _is_act(key, measure))


def _signed(act: MeasureFound, law: Law, day: str) -> Iterator[str]:
    """Yield the executive orders signed on a day, for "an executive order" without a number."""
    if "executive order" not in act.text.lower():
        return
    for measure in law.measures.values():
        signed = any(
            state.is_ == "in_force" and state.on.startswith(day) for state in measure.status
        )
        if signed and measure.instrument.lower().startswith("executive order"):
            yield measure.id


def _is_act(key: str, measure: Measure) -> bool:
    number = re.escape(key.partition(" ")[2] or key)
    text = f"{measure.instrument} {measure.citation} {' '.join(measure.acts)}"
    return bool(re.search(rf"(?<![\d/]){number}(?![\d/])", text))


def known_events(events: Sequence[EventFound], law: Law) -> tuple[EventFound, ...]:
    """Return the events, each with those of the regime files of its kind and day."""
    return tuple(
        msgspec.structs.replace(
            event,
            known=tuple(
                known_event.id
                for known_event in law.events.values()
                if _is_event(event, known_event)
            ),
        )
        for event in events
    )


#: Kinds of events in a document -> kinds of the regime files.
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
