"""List what is dated in a regime: events, statements, and changes of measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from limen.law import Clocks, Law
from limen.law.moments import Moment, moment


@dataclass(frozen=True, slots=True)
class RegimeEntry:
    """Represents one dated entry of a regime.

    Attributes:
        first: the first second at which it may have happened, since 1970 in UTC.
        surely: the second from which a question includes it: law of a day holds for all of
            it, and anything else has happened by its last minute.
        ahead: whether it was yet to come at the first clock.
        slug: of an event, the name in its page's address.
    """

    first: int
    surely: int
    day: str
    kind: Literal["event", "statement", "measure"]
    title: str
    words: str
    who: str
    id: str
    ahead: bool
    slug: str = ""


def entries_of(law: Law, name: str, clocks: Clocks) -> Iterator[RegimeEntry]:
    """Yield everything dated in a regime, in no order."""
    regime = law.regimes[name]
    for each in regime.measures:
        measure = law.measures[each]
        for change in measure.status:
            when = moment(change.on, law.zone(measure.authority))
            yield RegimeEntry(
                when.first, _effective(when), change.on, "measure", measure.title,
                f"{change.is_.replace('_', ' ')}; {measure.instrument}", measure.authority,
                measure.id, not when.effective_by(clocks.as_of),
            )  # fmt: skip
    for each in regime.statements:
        statement = law.statements[each]
        made = law.moment_of(statement)
        words = f"“{statement.quote}”" if statement.quote else statement.condition
        yield RegimeEntry(
            made.first, made.last, statement.made, "statement", statement.speaker, words,
            statement.authority, statement.id, not made.happened_by(clocks.as_of),
        )  # fmt: skip
    for each in regime.events:
        event = law.events[each]
        when = moment(event.happened, event.zone)
        yield RegimeEntry(
            when.first, when.last, event.happened, "event", event.title, "", "", event.id,
            not when.happened_by(clocks.as_of), event.slug,
        )  # fmt: skip


def _effective(when: Moment) -> int:
    return when.first if when.whole_day else when.last
