"""Decide when a screening without a match is an HTTP error: clients read the status alone.

A client of yente, OpenRefine or nomenklatura takes an empty result with status 200 for a clear. So
a query without a match is refused where lists cannot carry a clear (503), or where something of
the party was not compared (400). A match is never refused, and ``partial`` asks for the answers
as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from limen.model import Answer, Outcome
from limen.screening.coverage import FAILING
from limen.screening.outcome import unread_reasons
from limen.server.http.problems import ProblemError

_PARTIAL = "`partial=true` gives the answers as they are, with `outcome` and `reasons`"
#: Reasons that the problem's one line names; its ``reasons`` have all of them.
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """Represents why a query without a match is no clear, with its HTTP status."""

    status: int
    reasons: tuple[str, ...]


def refusal_of(answer: Answer, *, matched: bool) -> Refusal | None:
    """Return why an answer is refused; ``None`` where a match is returned, or a clear is good."""
    if matched:
        return None
    if not answer.coverage or any(each.state in FAILING for each in answer.coverage):
        return Refusal(503, answer.reasons)
    unread = unread_reasons(answer)
    return Refusal(400, unread) if unread else None


def outcome_after_filters(
    answer: Answer, *, matched: bool, left_out: int
) -> tuple[Outcome, tuple[str, ...]]:
    """Return the outcome and reasons after filters, which never make a clear of a hit or review.

    Args:
        answer: before the filters.
        matched: whether a finding of the answer's own level passed them.
        left_out: how many findings did not.
    """
    if matched or not left_out:
        return answer.outcome, answer.reasons
    words = "1 match was" if left_out == 1 else f"{left_out} matches were"
    outcome: Outcome = "review" if answer.outcome in ("hit", "review") else answer.outcome
    return outcome, (*answer.reasons, f"{words} left out by the filters of the request")


def problem_of_refusals(
    refusals: Mapping[str, Refusal],
    members: Mapping[str, Any],
    *,
    headers: Mapping[str, str] | None = None,
) -> ProblemError:
    """Return the problem of a batch in which queries are refused; 503 where one of them is.

    Args:
        refusals: by the caller's keys.
        members: what else the document has: the answers to all queries, so that a match is there.
        headers: of the response.
    """
    status = max(refusal.status for refusal in refusals.values())
    reasons = tuple(dict.fromkeys(text for each in refusals.values() for text in each.reasons))
    named = "; ".join(reasons[:_MOST_NAMED])
    more = f"; and {len(reasons) - _MOST_NAMED} more" if len(reasons) > _MOST_NAMED else ""
    cause = "the lists cannot carry a clear" if status == 503 else "the party was not all compared"
    return ProblemError(
        status,
        f"no match was found, and {cause}: {named}{more}",
        field=", ".join(refusals),
        hint=_PARTIAL,
        why="an empty result would be taken for a clear",
        headers=headers,
        members={"reasons": reasons, **members},
    )
