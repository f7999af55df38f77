"""Look back: what dated rows would have alerted, as law and lists stood on the day of each.

A payment has one day; a customer has a first and a last one, and is screened on each day of the
period that is in the window. With ``known="then"`` a day is screened with what was known on
it; with ``"now"`` with all that is known today, so that late publications and corrections count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

import msgspec

from limen.model import Answer, AnyFinding, InputError, ListCoverage
from limen.screening.parties import PartyScreen

Known = Literal["now", "then"]
Would = Literal["alert", "clear", "cannot_say", "refused", "outside"]
#: How what would have been compares with what was: an alert that was missed, one that would not be
#: opened, the same in both; unknown where one of them is.
Difference = Literal["missed", "not_again", "same", "unknown"]


class DatedRow(msgspec.Struct, frozen=True):
    """Represents a row with its days.

    Attributes:
        line: of the file.
        label: the row's own id; empty where it has none.
        party: as FollowTheMoney has it; ``None`` for a row that cannot be read.
        first: its first day.
        last: its last day; ``None`` where it goes on.
        alerted: whether it did alert; ``None`` where that is unknown.
        amount: what is at stake; ``None`` where it has none.
        currency: of the amount.
        refused: why it cannot be read.
    """

    line: int
    label: str
    party: Mapping[str, Any] | None
    first: date | None
    last: date | None
    alerted: bool | None = None
    amount: Decimal | None = None
    currency: str = ""
    refused: str = ""


class LookBackRow(msgspec.Struct, frozen=True):
    """Represents what became of one row.

    Attributes:
        would: whether it would have alerted on a day in the window.
        level: the gravest on these days; empty without an alert.
        first_exposure: the first day with an alert; empty without one.
        days: how many days in the window had an alert.
        findings: the records or territories of the first day with an alert.
        measures: what was in force behind them on it.
        unsure_days: how many days could not be answered.
        why: the reason of the first finding; else why it could not be answered.
    """

    line: int
    label: str
    first: str
    last: str
    would: Would
    did: bool | None
    difference: Difference
    level: str
    first_exposure: str
    days: int
    findings: tuple[str, ...]
    measures: tuple[str, ...]
    amount: Decimal | None
    currency: str
    unsure_days: int
    why: str


class LookBackScope(msgspec.Struct, frozen=True):
    """Represents what a look-back covers, for the report: what it rests on and what it leaves out.

    Attributes:
        lists: each list's state on the first and on the last day that was screened.
        rows: how many rows would have done what.
        differences: how many rows differ how.
        amounts: currency -> the sum of rows that would have alerted; ``missed`` those that did not.
        without_amount: rows that would have alerted and have no amount.
        reasons: why days could not be answered, with the number of rows.
    """

    first: str
    last: str
    known: Known
    snapshot: str
    engine: str
    matcher: str
    threshold: float
    known_until: str
    lists: tuple[tuple[str, ListCoverage], ...]
    rows: Mapping[str, int]
    differences: Mapping[str, int]
    amounts: Mapping[str, Decimal]
    missed: Mapping[str, Decimal]
    without_amount: int
    reasons: Mapping[str, int]


class LookBack(msgspec.Struct, frozen=True):
    """Represents a look-back: every row, in its order, and the scope."""

    rows: tuple[LookBackRow, ...]
    scope: LookBackScope


def look_back(
    engine: PartyScreen,
    rows: Iterable[DatedRow],
    *,
    first: date,
    last: date,
    known: Known = "then",
    known_until: str = "",
    **arguments: Any,
) -> LookBack:
    """Screen dated rows as of their days.

    Args:
        engine: screens parties.
        rows: payments, or customers with a first and a last day.
        first: the first day of the window.
        last: the last one, included.
        known: whether a day is screened with what was known on it, or with what is known now.
        known_until: the last day that the snapshot knows, for the scope.
        arguments: the rest of the question: authorities, lists, threshold, accepted lists.

    Raises:
        InputError: the window ends before it begins, or the question cannot be understood.
    """
    if last < first:
        raise InputError(f"the window ends on {last}, before {first}", where="--to")
    every = list(rows)
    days = {number: list(_days(row, first, last)) for number, row in enumerate(every)}
    by_day: defaultdict[date, list[int]] = defaultdict(list)
    for number, each in days.items():
        for day in each:
            by_day[day].append(number)
    seen: dict[int, _Seen] = {number: _Seen() for number in days}
    stamps: list[Answer] = []
    for day in sorted(by_day):
        given = (every[number].party for number in by_day[day])
        parties = [party for party in given if party is not None]  # others have no day
        answers = engine.screen_many(
            parties, as_of=day, known_at=day if known == "then" else None, on_error="row",
            **arguments,
        )  # fmt: skip
        for number, answer in zip(by_day[day], answers, strict=True):
            if isinstance(answer, Answer):
                seen[number].add(day, answer)
                stamps = [*stamps[:1], answer]
            else:
                seen[number].refused = str(answer.error)
    found = tuple(_row(row, days[number], seen[number]) for number, row in enumerate(every))
    return LookBack(found, _scope(found, seen, stamps, first, last, known, known_until))


class _Seen:
    """What the days of one row showed."""

    def __init__(self) -> None:
        self.refused = ""
        self.days = 0
        self.unsure = 0
        self.level = ""
        self.first: date | None = None
        self.findings: tuple[AnyFinding, ...] = ()
        self.reasons: dict[str, None] = {}

    def add(self, day: date, answer: Answer) -> None:
        """Take the answer of a day; days come in order."""
        if answer.findings:
            self.days += 1
            self.level = (
                "hit" if answer.outcome == "hit" else self.level or answer.findings[0].level
            )
            if self.first is None:
                self.first, self.findings = day, answer.findings
        elif answer.outcome == "cannot_say":
            self.unsure += 1
            self.reasons.update(dict.fromkeys(answer.reasons))


def _days(row: DatedRow, first: date, last: date) -> Iterator[date]:
    """Yield the days of a row that lie in the window; none of a row that cannot be read."""
    if row.party is None or row.first is None:
        return
    day, end = max(row.first, first), min(row.last or last, last)
    while day <= end:
        yield day
        day += timedelta(days=1)


def _row(row: DatedRow, days: list[date], seen: _Seen) -> LookBackRow:
    would, why = _would(row, days, seen)
    measures = (measure for finding in seen.findings for measure in _measures(finding))
    return LookBackRow(
        line=row.line,
        label=row.label,
        first=str(row.first or ""),
        last=str(row.last or ""),
        would=would,
        did=row.alerted,
        difference=_difference(would, did=row.alerted),
        level=seen.level,
        first_exposure=str(seen.first or ""),
        days=seen.days,
        findings=tuple(dict.fromkeys(_name(finding) for finding in seen.findings)),
        measures=tuple(dict.fromkeys(measures)),
        amount=row.amount,
        currency=row.currency,
        unsure_days=seen.unsure,
        why=why,
    )


def _would(row: DatedRow, days: list[date], seen: _Seen) -> tuple[Would, str]:
    if row.refused or seen.refused:
        return "refused", row.refused or seen.refused
    if not days:
        return "outside", "no day of it is in the window"
    if seen.findings:
        return "alert", seen.findings[0].why
    if seen.unsure:
        return "cannot_say", "; ".join(seen.reasons)
    return "clear", ""


def _difference(would: Would, *, did: bool | None) -> Difference:
    if did is None or would not in ("alert", "clear"):
        return "unknown"
    if (would == "alert") == did:
        return "same"
    return "not_again" if did else "missed"


def _name(finding: AnyFinding) -> str:
    return str(getattr(finding, "id", "") or getattr(finding, "territory", finding.kind))


def _measures(finding: AnyFinding) -> Iterator[str]:
    for listing in getattr(finding, "listings", ()):
        for measure in listing.measures_in_force:
            yield measure.id or measure.instrument
    if measure := getattr(finding, "measure", ""):
        yield measure


def _scope(
    rows: tuple[LookBackRow, ...],
    seen: Mapping[int, _Seen],
    stamps: list[Answer],
    first: date,
    last: date,
    known: Known,
    known_until: str,
) -> LookBackScope:
    alerts = [row for row in rows if row.would == "alert"]
    stamp = stamps[0].stamp if stamps else None
    lists = [(answer.stamp.as_of, coverage) for answer in stamps for coverage in answer.coverage]
    reasons = Counter(reason for each in seen.values() for reason in each.reasons)
    return LookBackScope(
        first=str(first),
        last=str(last),
        known=known,
        snapshot=stamp.snapshot if stamp else "",
        engine=stamp.engine if stamp else "",
        matcher=stamp.matcher if stamp else "",
        threshold=stamp.threshold if stamp else 0.0,
        known_until=known_until,
        lists=tuple(lists),
        rows=dict(Counter(row.would for row in rows)),
        differences=dict(Counter(row.difference for row in rows)),
        amounts=_sums(alerts),
        missed=_sums(row for row in alerts if row.difference == "missed"),
        without_amount=sum(row.amount is None for row in alerts),
        reasons=dict(reasons.most_common()),
    )


def _sums(rows: Iterable[LookBackRow]) -> dict[str, Decimal]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.amount is not None:
            sums[row.currency] += row.amount
    return dict(sums)
