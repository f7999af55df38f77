"""Work out how an answer that cannot say could say: fewer lists, or another day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from limen.engine import Engine
from limen.model import Answer, Instant, ListCoverage
from limen.render.coverage_sentences import fails

#: States of lists that no other day changes.
_NEVER = frozenset({"missing", "empty", "out_of_band"})


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Represents the questions that could be answered instead.

    Attributes:
        lists: the lists that can carry a clear now, where they are some and not all.
        day: the nearest day on which all of ``day_lists`` can, or an empty text.
        day_lists: the lists that are loaded, where others are not; else none, which is all.
    """

    lists: tuple[str, ...]
    day: str
    day_lists: tuple[str, ...]


def ways_out(engine: Engine, answer: Answer) -> WaysOut:
    """Return what could be answered instead; each is checked before it is offered."""
    able = tuple(each.list for each in answer.coverage if not fails(each))
    loaded = [each for each in answer.coverage if each.state not in _NEVER]
    day_lists = tuple(each.list for each in loaded)
    return WaysOut(
        lists=able if len(able) < len(answer.coverage) else (),
        day=_nearest_day(engine, answer, loaded),
        day_lists=day_lists if len(loaded) < len(answer.coverage) else (),
    )


def _nearest_day(engine: Engine, answer: Answer, loaded: Sequence[ListCoverage]) -> str:
    """Return the nearest day on which all of these lists can carry a clear, if there is one."""
    asked = Instant.parse(answer.stamp.as_of).day
    days = {_day_of(each, asked) for each in loaded if fails(each)} - {None}
    for day in sorted((each for each in days if each), key=lambda each: abs(each - asked)):
        coverage = engine.coverage(as_of=day, lists=[each.list for each in loaded])
        if not any(fails(each) for each in coverage):
            return day.isoformat()
    return ""


def _day_of(coverage: ListCoverage, asked: date) -> date | None:
    """Return the day nearest to the question's on which a list is neither too old nor too new."""
    if coverage.state == "too_early" and coverage.speaks_from:
        return date.fromisoformat(coverage.speaks_from[:10])
    if coverage.age_days is None or coverage.max_age_days is None:
        return None
    return asked - timedelta(days=coverage.age_days - coverage.max_age_days)
