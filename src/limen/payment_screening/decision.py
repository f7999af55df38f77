"""Decide a transaction: the gravest that its channel says of what was found.

What is not known is a hold in every channel: an element that could not be compared, read or
answered in time, a list that cannot carry an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from limen.model import Outcome, OwnershipFinding, PlaceFinding
from limen.model.features import Level
from limen.payment_screening.element_findings import Found
from limen.payment_screening.payment_answer import (
    GRAVEST_FIRST,
    ConflictingCountry,
    PaymentProblem,
    ScreenedElement,
)
from limen.payment_screening.policy import Channel, Decided, Outcomes
from limen.screening.outcome import gravest


def decided(
    elements: Sequence[ScreenedElement],
    problems: Iterable[PaymentProblem],
    general: Sequence[str],
    channel: Channel,
) -> tuple[Decided, Outcome, tuple[str, ...]]:
    """Return the decision, the outcome, and a reason for each element that is no pass.

    Args:
        elements: what was screened.
        problems: what of the message could not be read.
        general: why nothing can be cleared, as a list that is stale.
        channel: what each outcome does.
    """
    decisions: list[Decided] = []
    levels: list[Level] = [finding.level for element in elements for finding in element.findings]
    reasons = [*general]
    unread = [each for each in problems if each.severity != "note"]
    reasons += [_located(problem.path, problem.what) for problem in unread]
    for element in elements:
        reasons += [_located(element.path, reason) for reason in element.reasons]
        for finding, decision in _judged(element, channel):
            decisions.append(decision)
            if decision != "pass":
                what = f"{element.role} {element.kind} {_what(finding)}: {decision}"
                reasons.append(_located(element.path, what))
        for conflict in element.conflicts:
            decision = _of_conflict(conflict, channel.outcomes)
            decisions.append(decision)
            if decision != "pass":
                levels.append("review")
                reasons.append(_located(element.path, f"{_contradicts(conflict)}: {decision}"))
    unknown = bool(general or unread) or any(element.reasons for element in elements)
    if unknown:
        decisions.append("hold")
    decision = next((each for each in GRAVEST_FIRST if each in decisions), "pass")
    return decision, gravest(levels, reasons if unknown else ()), tuple(dict.fromkeys(reasons))


def _judged(element: ScreenedElement, channel: Channel) -> Iterator[tuple[Found, Decided]]:
    for finding in element.findings:
        yield finding, _decision(finding, channel.outcomes)


def _decision(finding: Found, outcomes: Outcomes) -> Decided:
    if isinstance(finding, OwnershipFinding):
        return outcomes.ownership
    if isinstance(finding, PlaceFinding) and finding.field == "country":
        return outcomes.country
    if finding.level == "review":
        return outcomes.review
    return outcomes.territory if isinstance(finding, PlaceFinding) else outcomes.hit


def _of_conflict(conflict: ConflictingCountry, outcomes: Outcomes) -> Decided:
    if conflict.code == "country-conflict":
        return outcomes.country_conflict
    return outcomes.account_abroad


def _contradicts(conflict: ConflictingCountry) -> str:
    return f"{conflict.country}, and {conflict.other_path} says {conflict.other_country}"


def _what(finding: Found) -> str:
    if isinstance(finding, OwnershipFinding):
        return f"is owned by listed parties ({finding.authority}: {finding.caption})"
    if isinstance(finding, PlaceFinding):
        place = "names the country" if finding.field == "country" else "lies in"
        return f"{place} {finding.caption} ({finding.authority})"
    return f"is like {finding.caption} ({finding.id}), {finding.score:.2f}"


def _located(path: str, what: str) -> str:
    return f"{path}: {what}" if path else what
