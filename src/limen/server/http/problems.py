"""Represent why a request is refused, as a problem document (RFC 9457) that yente's clients read.

``detail`` is always one line of text, where yente's clients look for it; ``errors`` names each
field that is wrong and how to fix it. ``limen.server.http.error_handlers`` sends them.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from limen.model import (
    BusyError,
    CoverageError,
    DataError,
    InputError,
    LimenError,
    LimitError,
    RightsError,
    StaleDecisionError,
    TimeLimitError,
)

PROBLEM = "application/problem+json"
#: Characters of a text in a document: a value that is quoted may be as long as a body.
_LONGEST = 2_000


class ProblemError(Exception):
    """Represents a refused request, with its HTTP status and the field at fault.

    ``members`` are further members of its document, such as the answers to the other queries.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        field: str = "",
        hint: str = "",
        why: str = "",
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
    ) -> None:
        self.status = status
        self.detail = detail
        self.field = field
        self.hint = hint
        self.why = why
        self.headers = dict(headers or {})
        self.members = dict(members or {})
        super().__init__(detail)


_STATUS: dict[type[LimenError], int] = {
    InputError: 422,
    LimitError: 422,
    RightsError: 403,
    StaleDecisionError: 409,
    BusyError: 503,
    CoverageError: 503,
    TimeLimitError: 503,
}


def problem_of(error: LimenError) -> ProblemError:
    """Return an error of Limen as a problem: what, where, why and how to fix it."""
    status = _STATUS.get(type(error), 0)
    if not status:
        status = 503 if isinstance(error, DataError) else 500
    return ProblemError(status, error.what, field=error.where, hint=error.hint, why=error.why)


def problem_document(problem: ProblemError) -> dict[str, Any]:
    """Return the members of a problem's document."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": _cut(problem.detail),
    }
    if problem.why:
        document["why"] = _cut(problem.why)
    if problem.field or problem.hint:
        document["errors"] = [field_error(problem.field, problem.detail, problem.hint)]
    return document | problem.members


def field_error(field: str, message: str, hint: str) -> dict[str, str]:
    """Return one entry of ``errors``; ``mend`` is ``hint``'s old name, written for one version."""
    hint = _cut(hint)
    return {"field": _cut(field), "message": _cut(message), "hint": hint, "mend": hint}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
