"""The words of the desk as its pages print them."""

from __future__ import annotations

from collections.abc import Mapping

STATES_OF_ALERTS: Mapping[str, str] = {
    "new": "new",
    "in_progress": "in progress",
    "escalated": "escalated",
    "rfi_open": "waiting for information",
    "pending_approval": "to be signed",
    "returned": "returned",
    "reopened": "opened again",
    "closed_fp": "closed: no match",
    "closed_true": "closed: match",
    "closed_not_applicable": "closed: not applicable",
    "suppressed": "suppressed by a good-guy",
}
OUTCOMES_OF_ALERTS: Mapping[str, str] = {
    "closed_fp": "No match",
    "closed_true": "Match",
    "closed_not_applicable": "Not applicable",
}
ACTIONS: Mapping[str, str] = {
    "start": "Start working on it",
    "assign": "Assign",
    "comment": "Add a note",
    "propose": "Propose",
    "escalate": "Escalate to level 2",
    "request_info": "Ask for information",
    "receive_info": "Information was received",
    "approve": "Sign",
    "return": "Return",
    "reopen": "Open again",
    "undo": "Take the last step back",
    "pass_sample": "Quality check: passed",
    "fail_sample": "Quality check: failed",
}
CHANNELS: Mapping[str, str] = {
    "screen": "screening",
    "file": "file",
    "base": "customer base",
    "payment": "payment",
    "document": "document",
    "place": "address",
}


def moment(at: str) -> str:
    """Return a moment of the log to the minute: ``2026-12-01 04:30``."""
    return at[:16].replace("T", " ")
