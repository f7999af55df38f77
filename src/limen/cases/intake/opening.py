"""Open alerts for what was screened, or find those that there are.

A subject, a party and a profile have one alert. Where neither side's facts have changed, it stays
as it is, open or closed; where they have, a decided or suppressed one is opened again, and so is
one that was closed longer ago than decisions hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from limen.cases.alert import Alert, alert_id, find_alert, read_frozen
from limen.cases.good_guys import Cover, cover_of
from limen.cases.intake.facts import changed_fields, fingerprint
from limen.cases.intake.sources import Candidate, candidates
from limen.cases.policy import CasePolicy, later
from limen.cases.storage.canonical import canonical
from limen.cases.storage.ledger import SYSTEM, Ledger
from limen.cases.vocabulary import OPEN

#: Fields that a trigger names; all are in the event.
_FIELDS_NAMED = 6


class Opened(msgspec.Struct, frozen=True):
    """Represents what became of one candidate: its alert, and whether that is new.

    ``outcome`` is ``new``, ``reopened``, ``changed`` (an open one with new facts), ``suppressed``
    or ``same``.
    """

    alert: str
    outcome: Literal["new", "reopened", "changed", "suppressed", "same"]
    trigger: str = ""


def open_alerts(
    ledger: Ledger,
    wire: Mapping[str, Any],
    policy: CasePolicy,
    *,
    profile: str,
    channel: Any = None,
    subject_id: str = "",
    by: str = SYSTEM,
) -> list[Opened]:
    """Open the alerts of an answer."""
    return [
        _open(ledger, wire, candidate, policy, profile, by)
        for candidate in candidates(wire, channel, subject_id)
        if candidate.level != "cannot_say" or getattr(policy.cannot_say, candidate.channel)
    ]


def _open(
    ledger: Ledger,
    wire: Mapping[str, Any],
    candidate: Candidate,
    policy: CasePolicy,
    profile: str,
    by: str,
) -> Opened:
    key = alert_id(candidate.subject_id, candidate.party_id, profile)
    listed = candidate.listed_facts()
    prints = {
        "subject_print": fingerprint(candidate.subject_facts),
        "listed_print": fingerprint(listed),
    }
    alert = find_alert(ledger.connection, key)
    cover = cover_of(ledger, candidate, by)
    if alert is not None and all(getattr(alert, name) == each for name, each in prints.items()):
        return _unchanged(ledger, alert, cover, policy, by)
    frozen = {
        "answer": wire, "findings": candidate.findings, "context": candidate.context,
        "subject_facts": candidate.subject_facts, "listed_facts": listed,
    }  # fmt: skip
    facts = prints | {
        "subject": candidate.subject,
        "party": candidate.party,
        "lists": " ".join(candidate.lists),
        "score": candidate.score,
        "level": candidate.level,
        "answer": ledger.add_content(canonical(msgspec.to_builtins(frozen))),
    }
    if alert is None:
        return _new(ledger, key, candidate, facts, cover, policy, profile, by)
    before = read_frozen(ledger.connection, alert)
    changed = {
        "subject": changed_fields(before.subject_facts, candidate.subject_facts),
        "listed": changed_fields(before.listed_facts, listed),
    }
    return _again(ledger, alert, facts, changed, cover, policy, by)


def _new(
    ledger: Ledger,
    key: str,
    candidate: Candidate,
    facts: dict[str, Any],
    cover: Cover,
    policy: CasePolicy,
    profile: str,
    by: str,
) -> Opened:
    changes = facts | {
        "channel": candidate.channel, "profile": profile, "subject_id": candidate.subject_id,
        "party_id": candidate.party_id, "tier": 1,
    }  # fmt: skip
    if cover.by:
        changes |= {"state": "suppressed", "suppressed_by": cover.by}
        ledger.append(key, "alert.suppressed", by, {"good_guy": cover.by}, changes, new=True)
        return Opened(key, "suppressed")
    changes |= {"state": "new", "is_open": 1, "due_at": policy.due(candidate.channel, ledger.now)}
    if cover.trigger:
        changes["trigger"] = cover.trigger
    ledger.append(key, "alert.opened", by, {}, changes, new=True)
    return Opened(key, "new", cover.trigger)


def _unchanged(ledger: Ledger, alert: Alert, cover: Cover, policy: CasePolicy, by: str) -> Opened:
    """Leave an alert as it is, unless what it rests on has ended."""
    if alert.state == "suppressed" and not cover.by:
        trigger = cover.trigger or f"{alert.suppressed_by} does not cover it any more"
        return _reopen(ledger, alert, {}, trigger, policy, by)
    if alert.state == "closed_fp" and _over(ledger, alert, policy):
        return _reopen(ledger, alert, {}, "the decision is due for review", policy, by)
    return Opened(alert.id, "same")


def _again(
    ledger: Ledger,
    alert: Alert,
    facts: dict[str, Any],
    changed: dict[str, list[str]],
    cover: Cover,
    policy: CasePolicy,
    by: str,
) -> Opened:
    """Record new facts of an alert; what was decided on the old ones is open again."""
    trigger = _named(changed)
    undecided = alert.state in OPEN and alert.state != "pending_approval"
    if cover.by and (alert.state == "suppressed" or undecided):
        changes = facts | {"state": "suppressed", "suppressed_by": cover.by, "is_open": 0}
        ledger.append(alert.id, "alert.suppressed", by, {"good_guy": cover.by}, changes)
        return Opened(alert.id, "suppressed")
    if undecided:
        ledger.append(alert.id, "alert.changed", by, changed, facts | {"trigger": trigger})
        return Opened(alert.id, "changed", trigger)
    return _reopen(ledger, alert, facts, trigger, policy, by, changed)


def _reopen(
    ledger: Ledger,
    alert: Alert,
    facts: dict[str, Any],
    trigger: str,
    policy: CasePolicy,
    by: str,
    changed: Mapping[str, Any] | None = None,
) -> Opened:
    changes = facts | {
        "state": "reopened", "is_open": 1, "trigger": trigger, "proposal": "", "reason": "",
        "proposed_by": "", "decided_by": "", "decided_at": "", "suppressed_by": "",
        "assignee": "", "due_at": policy.due(alert.channel, ledger.now),
    }  # fmt: skip
    ledger.append(alert.id, "alert.reopened", by, {"was": alert.state, **(changed or {})}, changes)
    return Opened(alert.id, "reopened", trigger)


def _over(ledger: Ledger, alert: Alert, policy: CasePolicy) -> bool:
    return later(alert.decided_at, months=policy.months.closed) <= ledger.now


def _named(changed: Mapping[str, list[str]]) -> str:
    """Return which facts changed, in words."""
    parts = []
    for side, fields in changed.items():
        more = f" and {len(fields) - _FIELDS_NAMED} more" if len(fields) > _FIELDS_NAMED else ""
        if fields:
            parts.append(f"{side}: {', '.join(fields[:_FIELDS_NAMED])}{more}")
    return "; ".join(parts)
