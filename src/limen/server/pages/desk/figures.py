"""Draw the figures of the desk for managers: volumes, ages, backlog, outcomes by reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.cases.vocabulary import vocabulary
from limen.server.pages.desk.reader import reader_of
from limen.server.pages.view.case_words import CHANNELS
from limen.server.pages.view.templates import page
from limen.server.service.case_service import with_cases

if TYPE_CHECKING:
    from limen.cases.cases import Cases

router = APIRouter()


@router.get("/figures")
async def figures_page(request: Request) -> Response:
    """Draw the figures; no name is in them."""
    from limen.cases.exchange.figures import figures

    def read(cases: Cases) -> dict[str, Any]:
        reader_of(request, cases)
        return figures(cases.database, cases.now)

    found = await with_cases(request, read)
    return page(
        request, "desk/figures.html", figures=found, channels=CHANNELS,
        reasons=vocabulary().reasons,
    )  # fmt: skip
