"""Draw how authorities compare: the matrix, the parties of a gap, who listed whom first."""

from __future__ import annotations

import asyncio
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from limen.server.pages.view.templates import page
from limen.server.state import state_of
from limen.server.v1.authorities import (
    GapParameters,
    PeriodParameters,
    coordination_in,
    day_of,
    gaps_on,
    matrix_on,
)
from limen.snapshot.authority_gaps import authorities_of

router = APIRouter()

#: Parties on one page of a gap or a period.
_PAGE = 100
#: The founding package: from the recognition of two regions to the fifth package of the EU.
_SINCE, _UNTIL = "2022-02-21", "2022-04-08"
_Day = Annotated[str, Query(max_length=40)]
_Code = Annotated[str, Query(max_length=20)]
_Start = Annotated[int, Query(ge=0, le=1_000_000)]


@router.get("/parties")
async def matrix_page(request: Request, as_of: _Day = "") -> HTMLResponse:
    """Draw how many parties each authority lists on a day and each other does not."""
    served = state_of(request).engines.current
    day = day_of(served, as_of.strip() or None)
    matrix = await asyncio.to_thread(matrix_on, served, day)
    return page(
        request, "parties/matrix.html", matrix=matrix, since=_SINCE, until=_UNTIL,
        chosen=GapParameters(listed_by="US", not_by=("EU", "UK")),
    )  # fmt: skip


@router.get("/parties/gaps")
async def gaps_page(
    request: Request,
    listed_by: _Code = "",
    not_by: Annotated[list[str], Query(max_length=20)] = [],  # noqa: B006 (FastAPI copies it)
    as_of: _Day = "",
    programme: Annotated[str, Query(max_length=200)] = "",
    start: _Start = 0,
) -> HTMLResponse:
    """Draw who is listed by one authority and not by others, since when, and the lag."""
    served = state_of(request).engines.current
    chosen = GapParameters(
        listed_by=listed_by.upper(),
        not_by=tuple(code.upper() for code in not_by),
        as_of=as_of.strip() or None,
        programme=programme.strip(),
        limit=_PAGE,
        offset=start,
    )
    found = await asyncio.to_thread(gaps_on, served, chosen)
    terms = urlencode(
        [("listed_by", found.listed_by), *(("not_by", code) for code in found.not_by),
         ("as_of", found.as_of), ("programme", chosen.programme)]
    )  # fmt: skip
    return page(
        request, "parties/gaps.html", found=found, chosen=chosen, terms=terms, start=start,
        step=_PAGE, codes=authorities_of(served.snapshot),
    )  # fmt: skip


@router.get("/parties/coordination")
async def coordination_page(
    request: Request,
    since: _Day = _SINCE,
    until: _Day = _UNTIL,
    first: _Code = "",
    followed_by: _Code = "",
    start: _Start = 0,
) -> HTMLResponse:
    """Draw who listed whom first in a period, and who followed after how many days."""
    served = state_of(request).engines.current
    chosen = PeriodParameters(
        since=since.strip(), until=until.strip(), first=first.upper(),
        followed_by=followed_by.upper(), limit=_PAGE, offset=start,
    )  # fmt: skip
    found = await asyncio.to_thread(coordination_in, served, chosen)
    terms = urlencode(
        {"since": found.since, "until": found.until, "first": chosen.first,
         "followed_by": chosen.followed_by}
    )  # fmt: skip
    return page(
        request, "parties/coordination.html", found=found, chosen=chosen, terms=terms, start=start,
        step=_PAGE,
    )  # fmt: skip
