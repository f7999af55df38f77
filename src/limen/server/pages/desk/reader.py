"""Find out who looks at a page of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request

from limen.server.access.permissions import is_named
from limen.server.service.case_service import check_reader, person_of

if TYPE_CHECKING:
    from limen.cases.cases import Cases
    from limen.cases.people import Person


def reader_of(request: Request, cases: Cases) -> Person | None:
    """Return who looks at cases; ``None`` where there are no accounts yet and no one is named.

    Raises:
        ProblemError: 401, there are accounts and the request names no one.
        RightsError: the person may not see cases.
    """
    check_reader(request, cases)
    return person_of(request, cases) if is_named(request) else None
