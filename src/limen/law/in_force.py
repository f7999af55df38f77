"""Which measures, provisions and licences were in force at one instant, as known at another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from limen.law.law import Law, holds
from limen.law.moments import moment
from limen.law.records import Change, Measure, Provision, Relief, Standing
from limen.model import Instant
from limen.model.instant import calendar_day

#: Standings under which a measure binds; ``amended`` is a measure in force with new words.
BINDING: tuple[Standing, ...] = ("in_force", "amended")
WAITING: tuple[Standing, ...] = ("prepared", "enabled")


class Clocks(msgspec.Struct, frozen=True):
    """The two clocks of a query: when it must have applied, and when it must have been known."""

    as_of: Instant
    known_at: Instant

    @classmethod
    def at(cls, instant: Instant) -> Clocks:
        """Return clocks for an instant without later knowledge."""
        return cls(instant, instant)


class MeasureState(msgspec.Struct, frozen=True):
    """A measure, and the last change of its standing."""

    measure: Measure
    change: Change

    @property
    def binding(self) -> bool:
        return self.change.is_ in BINDING


class Article(msgspec.Struct, frozen=True):
    """A provision as an answer gives it."""

    id: str
    prohibits: tuple[str, ...]
    says: str
    since: str
    until: str | None
    terms: dict[str, float]
    territories: tuple[str, ...]
    programmes: tuple[str, ...]
    parties: tuple[str, ...]
    sectors: tuple[str, ...]
    goods: tuple[str, ...]
    services: tuple[str, ...]
    source: tuple[str, ...] = ()
    confidence: str = ""
    note: str = ""


class MeasureView(msgspec.Struct, frozen=True):
    """A measure as an answer gives it: its standing, since when, and what it then prohibited.

    ``beyond_known`` says that the instant is later than ``known_to``, the day that the research
    of the measure reaches: a change since then would not be known.
    """

    id: str
    title: str
    authority: str
    instrument: str
    citation: str
    kind: str
    binds: str
    standing: str
    since: str
    contested_by: tuple[str, ...]
    additional_to: tuple[str, ...]
    waits_for: tuple[str, ...]
    articles: tuple[Article, ...]
    source: tuple[str, ...]
    confidence: str
    note: str
    known_to: str = ""
    beyond_known: bool = False


def measure_state(law: Law, measure: Measure, clocks: Clocks) -> MeasureState | None:
    """Return a measure's standing; ``None`` before anything was known of it."""
    zone = law.zone(measure.authority)
    found = None
    for change in measure.status:
        on = moment(change.on, zone)
        if on.effective_by(clocks.as_of) and law.known(change, zone, clocks.known_at, on):
            found = change
    return MeasureState(measure, found) if found else None


def measure_states(law: Law, ids: Iterable[str], clocks: Clocks) -> list[MeasureState]:
    """Return the standing of the measures that were known, in the order given."""
    found = (measure_state(law, law.measures[name], clocks) for name in ids)
    return [each for each in found if each is not None]


def provisions(law: Law, measure: Measure, clocks: Clocks) -> Iterator[Provision]:
    """Yield the provisions of a measure that applied at an instant."""
    zone = law.zone(measure.authority)
    for provision in measure.provisions:
        known = law.known(provision, zone, clocks.known_at, moment(provision.from_, zone))
        if known and holds(provision, zone, clocks.as_of):
            yield provision


def view(law: Law, found: MeasureState, clocks: Clocks) -> MeasureView:
    """Return a measure as an answer gives it."""
    measure, change = found.measure, found.change
    return MeasureView(
        id=measure.id,
        title=measure.title,
        authority=measure.authority,
        instrument=measure.instrument,
        citation=measure.citation,
        kind=measure.kind,
        binds=measure.binds,
        standing=change.is_,
        since=_since(measure, change),
        contested_by=change.contested_by,
        additional_to=measure.additional_to,
        waits_for=measure.waits_for,
        articles=tuple(article(each) for each in provisions(law, measure, clocks)),
        source=sources_of(change.source),
        confidence=change.confidence,
        note=change.note,
        known_to=measure.known_to,
        beyond_known=is_beyond(measure.known_to, clocks.as_of),
    )


def article(provision: Provision) -> Article:
    """Return a provision as an answer gives it."""
    targets = provision.targets
    return Article(
        id=provision.id,
        prohibits=provision.prohibits,
        says=provision.says,
        since=provision.from_,
        until=provision.until or provision.through,
        terms=provision.terms,
        territories=targets.territories,
        programmes=targets.programmes,
        parties=targets.parties,
        sectors=targets.sectors,
        goods=targets.goods,
        services=targets.services,
        source=sources_of(provision.source),
        confidence=provision.confidence,
        note=provision.note,
    )


def _since(measure: Measure, change: Change) -> str:
    """Return the day its standing began: an amendment begins none, a return after an end does."""
    start = change
    for each in reversed(measure.status[: measure.status.index(change)]):
        if each.is_ not in BINDING or change.is_ not in BINDING:
            break
        start = each
    return start.on


def is_valid_relief(law: Law, relief: Relief, zone: str, clocks: Clocks) -> bool:
    """Return whether a relief was valid by its own dates, and known."""
    known = law.known(relief, zone, clocks.known_at, moment(relief.from_, zone))
    return known and holds(relief, zone, clocks.as_of)


def is_beyond(known_to: str, instant: Instant) -> bool:
    """Return whether an instant is later than the day that research reaches, if a day is given."""
    return bool(known_to) and calendar_day(known_to) < instant.day


def sources_of(source: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources of a record as a tuple."""
    return (source,) if isinstance(source, str) else source
