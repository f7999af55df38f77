"""Open a case about a party that a saved question found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from limen.server.http.json_wire import answer_json
from limen.server.pages.answer import answered
from limen.server.service.case_service import person_of, with_cases

if TYPE_CHECKING:
    from limen.cases.cases import Cases

router = APIRouter()


@router.post("/answers/{name}/cases")
async def open_case(
    request: Request, name: str, party: Annotated[str, Form(max_length=300)] = ""
) -> Response:
    """Open the alerts of an answer, or find them, and go to the one about a party."""
    wire = msgspec.json.decode(answer_json(answered(request, name)))

    def run(cases: Cases) -> list[str]:
        person = person_of(request, cases)
        opened = cases.open_alerts([wire], channel="screen", by=person)
        alerts = [cases.alert(each.alert) for each in opened]
        return [each.id for each in sorted(alerts, key=lambda each: each.party_id != party)]

    found = await with_cases(request, run)
    return RedirectResponse(f"/cases/{found[0]}" if found else "/queue", 303)
