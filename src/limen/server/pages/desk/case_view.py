"""What a case's page shows: both sides as they were answered, and what may be done now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from limen.cases.exchange.finding_facts import finding_facts
from limen.cases.vocabulary import vocabulary
from limen.model import Finding
from limen.server.pages.desk.differences import Difference, differences, suggested_reason
from limen.server.pages.view.case_words import ACTIONS
from limen.server.pages.view.charts import Waterfall, waterfall
from limen.server.pages.view.party_columns import FieldRow, compared_rows

if TYPE_CHECKING:
    from limen.cases.alert import Alert, Frozen
    from limen.cases.people import Person
    from limen.cases.storage.ledger import Event


class CaseRecord(NamedTuple):
    """Represents a record that was found, and its score as a chart."""

    finding: Finding
    waterfall: Waterfall


class OtherFinding(NamedTuple):
    """Represents a finding that is about no listed party's record, in words."""

    caption: str
    why: str
    facts: Sequence[tuple[str, str]]


class CaseView(NamedTuple):
    """Represents an alert with everything that its page shows.

    Attributes:
        facts: of the subject, as they were screened.
        records: of the listed party, where it is one; the best first.
        rows: the fields that were compared, the subject's value and that of each record.
        others: findings about places and ownership, and mentions in documents.
        elements: of a payment, those in which the party was found.
        differences: facts that differ, which a decision can rest on.
        reason: the code that they speak for.
        actions: what this person may do now, as it is named to them.
        hindrance: why the one thing that is due cannot be done by this person.
    """

    alert: Alert
    frozen: Frozen
    events: Sequence[Event]
    facts: Mapping[str, Sequence[str]]
    records: Sequence[CaseRecord]
    rows: Sequence[FieldRow]
    others: Sequence[OtherFinding]
    elements: Sequence[Mapping[str, Any]]
    differences: Sequence[Difference]
    reason: str
    actions: Mapping[str, str]
    hindrance: str


def case_view(
    alert: Alert, frozen: Frozen, events: Sequence[Event], person: Person | None
) -> CaseView:
    """Return what the page of an alert shows to a person."""
    query = frozen.answer.get("query", {})
    threshold = frozen.answer.get("stamp", {}).get("threshold") or 0.0
    parties = [each for each in frozen.findings if each.get("kind") == "party"]
    findings = sorted(
        (msgspec.convert(each, Finding, strict=False) for each in parties if "features" in each),
        key=lambda each: -each.score,
    )
    found = differences(frozen.findings, query)
    return CaseView(
        alert,
        frozen,
        events,
        query.get("properties") or frozen.subject_facts,
        [CaseRecord(each, waterfall(each, each.threshold or threshold)) for each in findings],
        compared_rows(findings),
        [
            OtherFinding(
                str(each.get("caption") or each["id"]), each.get("why", ""), finding_facts(each)
            )
            for each in frozen.findings
            if each not in parties or "features" not in each
        ],
        frozen.context.get("elements", ()),
        found,
        suggested_reason(found),
        possible_actions(alert, person, events),
        _hindrance(alert, person),
    )


def possible_actions(
    alert: Alert, person: Person | None, events: Sequence[Event]
) -> dict[str, str]:
    """Return what a person may do with an alert as it is; the store checks it again."""
    from limen.cases.actions import RULES

    if person is None:
        return {}
    possible = {}
    for name, title in ACTIONS.items():
        rule = RULES[name]
        raised = alert.tier > 1 and rule.role == "decide" and name != "comment"
        level = max(rule.level, 2 if raised else 1)
        if alert.state in rule.states and rule.role in person.roles and person.level >= level:
            possible[name] = title
    own = alert.proposed_by == person.name
    for name in ("approve", "return") if own else ():
        possible.pop(name, None)
    if alert.assignee not in ("", person.name):
        possible.pop("propose", None)
    if alert.sample != "drawn" or person.name in (alert.proposed_by, alert.decided_by):
        possible.pop("pass_sample", None)
        possible.pop("fail_sample", None)
    if not events or events[-1].by != person.name or events[-1].type == "alert.opened":
        possible.pop("undo", None)
    return possible


def _hindrance(alert: Alert, person: Person | None) -> str:
    if person is None:
        return "Sign in to decide."
    if alert.state == "pending_approval":
        if alert.proposed_by == person.name:
            return "You proposed it, so another person must sign it."
        if "approve" not in person.roles:
            return f"{alert.proposed_by} proposed it; someone with the role approve signs it."
    elif alert.is_open and alert.assignee not in ("", person.name):
        return f"{alert.assignee} is working on it."
    elif alert.is_open and alert.tier > 1 and person.level < 2:
        return "It was escalated: analysts of level 2 and above decide it."
    elif alert.is_open and "decide" not in person.roles:
        return "Your roles do not include decide."
    return ""


def reasons_for(outcome: str) -> dict[str, str]:
    """Return the reason codes of an outcome, with what they mean."""
    reasons = vocabulary().reasons
    return {code: each.says for code, each in reasons.items() if outcome in each.outcomes}
