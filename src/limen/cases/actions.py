"""What people do with an alert: the one state machine, with its rules of rights and four eyes.

Every action names the version of the alert that it was decided on: where someone else has done
something since, it is refused. Nothing here happens by itself, and no time closes an alert.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from limen.cases.alert import Alert, get_alert, read_events, read_frozen
from limen.cases.decision import Act, Decision, check_decision, check_note
from limen.cases.people import Person, Role, find_person
from limen.cases.policy import CasePolicy, later
from limen.cases.storage import schema
from limen.cases.storage.contents import read_content
from limen.cases.storage.ledger import Event, Ledger, first_row
from limen.cases.vocabulary import UNDECIDED, vocabulary
from limen.model import InputError, RightsError, StaleDecisionError
from limen.util.suggest import did_you_mean

_CLOSED = frozenset({"closed_fp", "closed_true", "closed_not_applicable", "suppressed"})
_UNCHANGED = "nothing was decided"


class Rule(NamedTuple):
    """Represents from which states an action is possible, and who may do it."""

    states: frozenset[str]
    role: Role
    level: int = 1
    note: bool = False


RULES: Mapping[str, Rule] = {
    "start": Rule(frozenset({"new", "returned", "reopened"}), "decide"),
    "assign": Rule(UNDECIDED, "decide"),
    "comment": Rule(UNDECIDED | _CLOSED | {"pending_approval"}, "decide", note=True),
    "propose": Rule(UNDECIDED, "decide"),
    "escalate": Rule(
        frozenset({"new", "in_progress", "returned", "reopened"}), "decide", note=True
    ),
    "request_info": Rule(frozenset({"in_progress", "escalated"}), "decide", 2, note=True),
    "receive_info": Rule(frozenset({"rfi_open"}), "decide", 2, note=True),
    "approve": Rule(frozenset({"pending_approval"}), "approve"),
    "return": Rule(frozenset({"pending_approval"}), "approve", note=True),
    "reopen": Rule(_CLOSED, "approve", note=True),
    # Whoever did something may take it back, and no one else.
    "undo": Rule(UNDECIDED | _CLOSED | {"pending_approval"}, "read", note=True),
    "draw_sample": Rule(_CLOSED - {"suppressed"}, "audit"),
    "pass_sample": Rule(_CLOSED - {"suppressed"}, "audit"),
    "fail_sample": Rule(_CLOSED - {"suppressed"}, "audit", note=True),
}
#: Events that an undo can take back.
_UNDOABLE = frozenset(
    {"alert.propose", "alert.approve", "alert.return", "alert.escalate",
     "alert.assign", "alert.start", "alert.request_info", "alert.receive_info"}
)  # fmt: skip
#: What ends with a decision that is opened again.
_NO_PROPOSAL = {"proposal": "", "reason": "", "proposed_by": "", "decided_by": "", "decided_at": ""}


def act(
    ledger: Ledger, key: str, version: int, what: Act, person: Person, policy: CasePolicy
) -> Event:
    """Do something with an alert.

    Raises:
        InputError: it is not possible in the alert's state, or the decision breaks a rule.
        RightsError: the person may not.
        StaleDecisionError: the alert has changed since it was read.
    """
    alert = get_alert(ledger.connection, key)
    rule = _rule(what.action)
    person.need(rule.role, what.action.replace("_", " "))
    _check_level(alert, rule, what, person)
    _check_version(ledger, alert, version)
    if alert.state not in rule.states:
        raise InputError(
            f"an alert that is {alert.state} cannot be given the action {what.action}",
            where=key, hint=f"it can from {', '.join(sorted(rule.states))}", unchanged=_UNCHANGED,
        )  # fmt: skip
    note = check_note(what.note, needed=rule.note)
    changes, data = _EFFECTS[what.action](ledger, alert, what, person, policy)
    if note:
        data = data | {"note": note}
    return ledger.append(key, f"alert.{what.action}", person.name, data, changes)


_Effect = tuple[dict[str, Any], dict[str, Any]]


def _start(_: Ledger, __: Alert, ___: Act, person: Person, ____: CasePolicy) -> _Effect:
    return {"state": "in_progress", "assignee": person.name}, {}


def _assign(ledger: Ledger, alert: Alert, what: Act, person: Person, _: CasePolicy) -> _Effect:
    to = what.to or person.name
    if to != person.name and "approve" not in person.roles:
        raise RightsError(f"{person.name} may assign to no one else: it needs the role approve",
                          where=alert.id, unchanged=_UNCHANGED)  # fmt: skip
    if "decide" not in find_person(ledger.connection, to).roles:
        raise InputError(f"{to} has no role decide", where="to")
    return {"assignee": to}, {"to": to}


def _comment(*_: Any) -> _Effect:
    return {}, {}


def _propose(ledger: Ledger, alert: Alert, what: Act, person: Person, _: CasePolicy) -> _Effect:
    decision = what.decision
    if decision is None:
        raise InputError("a decision is needed", where="decision", unchanged=_UNCHANGED)
    if alert.assignee not in ("", person.name):
        raise InputError(f"{alert.assignee} is working on it", where=alert.id,
                         hint="let it be assigned to you first", unchanged=_UNCHANGED)  # fmt: skip
    frozen = read_frozen(ledger.connection, alert)
    check_decision(decision, frozen.findings, frozen.subject_facts)
    for evidence in decision.evidence:
        read_content(ledger.connection, evidence)
    changes = {"state": "pending_approval", "proposal": decision.outcome,
               "reason": decision.reason, "proposed_by": person.name}  # fmt: skip
    return changes, {"decision": msgspec.to_builtins(decision), "answer": alert.answer}


def _escalate(ledger: Ledger, _: Alert, __: Act, ___: Person, policy: CasePolicy) -> _Effect:
    due = later(ledger.now, hours=policy.escalated.due_hours)
    return {"state": "escalated", "tier": 2, "assignee": "", "due_at": due}, {}


def _request_info(*_: Any) -> _Effect:
    return {"state": "rfi_open", "tier": 2}, {}


def _receive_info(*_: Any) -> _Effect:
    return {"state": "escalated"}, {}


def _approve(ledger: Ledger, alert: Alert, _: Act, person: Person, __: CasePolicy) -> _Effect:
    _check_other_person(alert, person)
    changes = {"state": alert.proposal, "is_open": 0, "decided_by": person.name,
               "decided_at": ledger.now}  # fmt: skip
    return changes, {"outcome": alert.proposal, "reason": alert.reason, "answer": alert.answer}


def _return(_: Ledger, alert: Alert, __: Act, person: Person, ___: CasePolicy) -> _Effect:
    _check_other_person(alert, person)
    return {"state": "returned", "assignee": alert.proposed_by} | _NO_PROPOSAL, {}


def _reopen(ledger: Ledger, alert: Alert, what: Act, _: Person, policy: CasePolicy) -> _Effect:
    due = policy.due(alert.channel, ledger.now)
    changes = {"state": "reopened", "is_open": 1, "assignee": "", "suppressed_by": "",
               "trigger": what.note.strip()[:200], "due_at": due}  # fmt: skip
    return changes | _NO_PROPOSAL, {"was": alert.state}


def _undo(ledger: Ledger, alert: Alert, _: Act, person: Person, __: CasePolicy) -> _Effect:
    events = read_events(ledger.connection, alert.id)
    last = events[-1]
    if last.type not in _UNDOABLE:
        raise InputError(f"the last event is {last.type}, which cannot be taken back",
                         where=alert.id, unchanged=_UNCHANGED)  # fmt: skip
    if last.by != person.name:
        raise RightsError(f"{last.by} did it, and only {last.by} can take it back", where=alert.id,
                          hint="reopen the alert, or return it", unchanged=_UNCHANGED)  # fmt: skip
    before = _folded(events[:-1])
    return {name: before[name] for name in last.changes}, {"undoes": last.seq}


def _folded(events: list[Event]) -> dict[str, Any]:
    row = first_row(schema.alert, events[0])
    for event in events[1:]:
        row |= event.changes
    return row


def _draw_sample(*_: Any) -> _Effect:
    return {"sample": "drawn"}, {}


def _pass_sample(_: Ledger, alert: Alert, __: Act, person: Person, ___: CasePolicy) -> _Effect:
    _check_reviewer(alert, person)
    return {"sample": "passed"}, {}


def _fail_sample(
    ledger: Ledger, alert: Alert, what: Act, person: Person, policy: CasePolicy
) -> _Effect:
    _check_reviewer(alert, person)
    changes, data = _reopen(ledger, alert, what, person, policy)
    return changes | {"sample": "failed"}, data


_EFFECTS: Mapping[str, Any] = {
    "start": _start, "assign": _assign, "comment": _comment, "propose": _propose,
    "escalate": _escalate, "request_info": _request_info, "receive_info": _receive_info,
    "approve": _approve, "return": _return, "reopen": _reopen, "undo": _undo,
    "draw_sample": _draw_sample, "pass_sample": _pass_sample, "fail_sample": _fail_sample,
}  # fmt: skip


def _rule(action: str) -> Rule:
    rule = RULES.get(action)
    if rule is None:
        raise InputError(f"no action is {action!r}", where="action",
                         hint=did_you_mean(action, RULES))  # fmt: skip
    return rule


def _check_level(alert: Alert, rule: Rule, what: Act, person: Person) -> None:
    needs_two = alert.tier > 1 and rule.role == "decide" and what.action not in ("comment", "undo")
    least = max(rule.level, 2 if needs_two else 1, _level_of(what.decision))
    if person.level < least:
        raise RightsError(
            f"{person.name} is of level {person.level}, and this is for level 2 and above",
            where=alert.id,
            hint="escalate it" if alert.tier == 1 else "",
            unchanged=_UNCHANGED,
        )


def _level_of(decision: Decision | None) -> int:
    """Return the level that may propose a decision: 1 what needs no evidence, 2 the rest."""
    if decision is None:
        return 1
    reason = vocabulary().reasons.get(decision.reason)
    return max(1 if decision.outcome == "closed_fp" else 2, reason.level if reason else 1)


def _check_version(ledger: Ledger, alert: Alert, version: int) -> None:
    if alert.version == version:
        return
    last = read_events(ledger.connection, alert.id)[-1]
    step = last.type.partition(".")[2].replace("_", " ")
    raise StaleDecisionError(
        f"it is at version {alert.version}, and the decision was made on version {version}: "
        f"{last.by} did {step!r} at {last.at}",
        where=alert.id,
        why="the decision would be about something else than was read",
        hint="read the alert again, then decide",
        unchanged=_UNCHANGED,
    )


def _check_other_person(alert: Alert, person: Person) -> None:
    if alert.proposed_by == person.name:
        raise RightsError(
            f"{person.name} proposed it, and another person must sign it",
            where="four eyes", unchanged=_UNCHANGED,
        )  # fmt: skip


def _check_reviewer(alert: Alert, person: Person) -> None:
    if alert.sample != "drawn":
        raise InputError("it is not in a sample", where=alert.id, unchanged=_UNCHANGED)
    if person.name in (alert.proposed_by, alert.decided_by):
        raise RightsError(f"{person.name} decided it, and another person must check it",
                          where="four eyes", unchanged=_UNCHANGED)  # fmt: skip
