"""Draw good-guys with what each would have suppressed; propose, approve and end them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from limen.model import LimenError
from limen.server.pages.desk.reader import reader_of
from limen.server.pages.view.templates import page
from limen.server.service.case_service import person_of, with_cases

if TYPE_CHECKING:
    from limen.cases.cases import Cases
    from limen.cases.good_guys import GoodGuy, Simulation
    from limen.cases.people import Person

router = APIRouter()

_Field = Annotated[str, Form(max_length=10_500)]
_STATES = {
    "": "All",
    "proposed": "To approve",
    "review": "To review",
    "active": "Active",
    "ended": "Ended",
    "refused": "Refused",
}


class DrawnGoodGuy(NamedTuple):
    """Represents a good-guy, how many alerts it suppresses, and what it would have suppressed.

    ``simulation`` is there where somebody has to approve it.
    """

    held: GoodGuy
    suppressed: int
    simulation: Simulation | None


@router.get("/good-guys")
async def good_guys_page(
    request: Request, state: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """Draw the good-guys of a state, the first to end first."""
    return await _page(request, state if state in _STATES else "")


async def _page(request: Request, state: str, error: LimenError | None = None) -> Response:
    def read(cases: Cases) -> tuple[Person | None, list[DrawnGoodGuy]]:
        person = reader_of(request, cases)
        drawn = [
            DrawnGoodGuy(
                held,
                count,
                cases.simulate_good_guy(held.id) if held.state in ("proposed", "review") else None,
            )
            for held, count in cases.good_guys(state)
        ]
        return person, drawn

    person, drawn = await with_cases(request, read)
    return page(
        request, "desk/good_guys.html", status=422 if error else 200, person=person, drawn=drawn,
        states=_STATES, state=state, error=error,
    )  # fmt: skip


@router.post("/good-guys")
async def change(
    request: Request,
    action: _Field,
    good_guy: _Field = "",
    alert: _Field = "",
    note: _Field = "",
    simulation: _Field = "",
    depends_on: _Field = "",
    months: Annotated[float | None, Form()] = None,
) -> Response:
    """Propose a good-guy from an alert, approve it after its simulation, or end it."""

    def run(cases: Cases) -> Any:
        person = person_of(request, cases)
        if action == "propose":
            return cases.propose_good_guy(
                alert, person, note=note, depends_on=depends_on.split(), months=months
            )
        if action == "approve":
            return cases.approve_good_guy(good_guy, person, simulation=simulation)
        return cases.end_good_guy(good_guy, person, note=note)

    try:
        await with_cases(request, run)
    except LimenError as error:
        return await _page(request, "", error)
    return RedirectResponse("/good-guys", 303)
