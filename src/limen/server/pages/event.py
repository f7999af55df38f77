"""Draw the assessment of an event: the hours around it, and what each reading makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from limen.law import Assessment, Clocks, Law, MeasureView
from limen.law.assess.assessment import AppliedReading, TriggerResult, TruthWord
from limen.law.moments import moment
from limen.law.records import Event
from limen.model import Instant
from limen.model.instant import DAY, read_instant
from limen.server.pages.view.hours_strip import Dated, lay_out
from limen.server.pages.view.regime_entries import entries_of
from limen.server.pages.view.templates import page
from limen.server.state import state_of

router = APIRouter()

#: The page opens on the founding case: the evening of 21 February 2022 in Washington.
FOUNDING = ("russia-ukraine", "troops-into-occupied-donbas", "2022-02-21T23:59-05:00")
ANSWERS: dict[TruthWord, str] = {"true": "Yes", "false": "No", "unknown": "Cannot be told"}
POLICIES = {
    "": "all readings",
    "latest_named": "the latest named speaker",
    "most_senior": "the most senior",
    "strictest": "the strictest",
    "legal_only": "legal acts only",
}


@dataclass(frozen=True, slots=True)
class ReadingGroup:
    """Represents readings that have the same reason."""

    why: str
    readings: tuple[AppliedReading, ...]


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """Represents all active readings of one value, by reason, the most frequent reason first."""

    value: TruthWord
    title: str
    count: int
    groups: tuple[ReadingGroup, ...]


@dataclass(frozen=True, slots=True)
class TriggerView:
    """Represents one trigger: its question, a sentence on it, and its readings in columns."""

    trigger: TriggerResult
    sentence: str
    columns: tuple[AnswerColumn, ...]
    total: int
    superseded: tuple[AppliedReading, ...]


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """Represents a measure in force, and whether it is in force for less than a day."""

    measure: MeasureView
    new: bool


@router.get("/regimes/{regime}/{event}")
async def event_page(
    request: Request,
    regime: str,
    event: str,
    at: Annotated[str, Query(max_length=40)] = "",
    policy: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """Draw an assessment at an instant, with links to the entries before and after it."""
    engine = state_of(request).engines.current.engine
    law = engine.regimes.law
    found = law.event(event)
    name = regime if regime in law.regimes else law.regime_of(event=found.id)
    when = at or _evening(law, name, found.slug)
    assessment = engine.assess(found.id, at=when, policy=policy or None)
    zone, instant = _zone_of(when, found), read_instant(when, "at")
    views = sorted(_views(assessment), key=lambda each: each.trigger.condition_met != "some")
    return page(
        request,
        "event.html",
        regime=name,
        title=law.regimes[name].title,
        event=found,
        assessment=assessment,
        views=views,
        strip=lay_out(_dated(law, name, assessment, instant), instant.last_second, zone),
        in_force=_newest_first(law, assessment, instant.last_second),
        sources=law.sources,
        at=when,
        cursor=_in_words(instant, zone),
        policy=policy,
        POLICIES=POLICIES,
        ANSWERS=ANSWERS,
        questions={each.id: each.question for each in assessment.triggers},
    )


def _evening(law: Law, regime: str, slug: str) -> str:
    """Return the instant at which an event is first assessed: the end of its last day."""
    if (regime, slug) == FOUNDING[:2]:
        return FOUNDING[2]
    event = law.event(slug)
    return str(Instant.of_seconds(moment(event.happened, event.zone).last).day)


def _zone_of(at: str, event: Event) -> tzinfo:
    """Return the zone that an instant is written in, or that of the event."""
    written_in = datetime.fromisoformat(at.strip()).tzinfo
    return written_in or datetime.fromisoformat(f"2000-01-01T00:00{event.zone}").tzinfo or UTC


def _in_words(instant: Instant, zone: tzinfo) -> str:
    if instant.whole_day:
        return f"{instant.day:%a} {instant.day.day} {instant.day:%b %Y}"
    when = datetime.fromtimestamp(instant.seconds, zone)
    return f"{when:%a} {when.day} {when:%b %Y, %H:%M} {when.tzname()}"


def _dated(law: Law, regime: str, assessment: Assessment, instant: Instant) -> Iterator[Dated]:
    """Yield the marks of the strip; a statement has the value of its reading."""
    values = {each.statement: each.value for each in assessment.readings}
    for each in entries_of(law, regime, Clocks(instant, instant)):
        label = each.title
        if each.kind == "measure":
            label = f"{each.who}: {law.measures[each.id].instrument}"
        title = ". ".join(part for part in (each.day, each.title, each.words) if part)
        yield Dated(each.first, each.surely, each.kind, label, title, values.get(each.id, ""))


def _newest_first(law: Law, assessment: Assessment, cursor: int) -> list[MeasureLine]:
    since = {
        each.id: moment(each.since, law.zone(each.authority)).first for each in assessment.in_force
    }
    ordered = sorted(assessment.in_force, key=lambda each: -since[each.id])
    return [MeasureLine(each, cursor - since[each.id] < DAY) for each in ordered]


def _views(assessment: Assessment) -> Iterator[TriggerView]:
    """Yield the triggers that have a reading, each with its columns."""
    for trigger in assessment.triggers:
        readings = [each for each in assessment.readings if each.trigger == trigger.id]
        active = [each for each in readings if each.standing == "active"]
        if readings:
            yield TriggerView(
                trigger=trigger,
                sentence=_sentence(trigger),
                columns=tuple(_column(value, title, active) for value, title in ANSWERS.items()),
                total=len(active),
                superseded=tuple(each for each in readings if each.standing == "superseded"),
            )


def _column(value: TruthWord, title: str, active: Sequence[AppliedReading]) -> AnswerColumn:
    """Return the readings of a value; unknown ones together where they miss the same fact."""
    chosen = [each for each in active if each.value == value]
    if value == "unknown":
        ordered = sorted(chosen, key=_reason)
        groups = [ReadingGroup(why, tuple(found)) for why, found in groupby(ordered, key=_reason)]
        groups.sort(key=lambda each: -len(each.readings))
    else:
        groups = [ReadingGroup(each.why, (each,)) for each in chosen]
    return AnswerColumn(value, title, len(chosen), tuple(groups))


def _reason(reading: AppliedReading) -> str:
    """Return the first part of a reading's reason: the fact that decides, or that is missing."""
    return reading.why.partition(";")[0]


def _sentence(trigger: TriggerResult) -> str:
    """Return who says what, in one line."""
    counts = [
        (len(trigger.met_under), "yes"),
        (len(trigger.not_met_under), "no"),
        (len(trigger.unknown_under), "cannot be told"),
    ]
    parts = [f"{count} {word}" for count, word in counts if count]
    start = {
        "every": "All readings agree",
        "some": "The readings disagree",
        "none": "No reading says yes",
    }[trigger.condition_met]
    return f"{start}: {', '.join(parts)}." if parts else "No active reading."
