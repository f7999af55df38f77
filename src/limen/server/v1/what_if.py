"""``/v1/what-if``: simulate which parties would be hit if an event met its condition."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.engine import Engine
from limen.law.codes import Code, read_goods, read_sector
from limen.law.ownership.stakes_file import Stakes
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.request_body import read_json
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.settings import Limits
from limen.server.state import state_of
from limen.server.v1.query import StakeBody, stakes_of
from limen.simulation.between import Between
from limen.simulation.holding import Holding
from limen.simulation.results import WhatIf
from limen.snapshot import Snapshot
from limen.util.text import fold

router = APIRouter(prefix="/v1", tags=["v1"])


class HoldingBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents one row of a portfolio."""

    party: dict[str, Any]
    amount: Annotated[float | None, Meta(description="The amount at stake.")] = None
    label: str = ""
    sectors: Annotated[tuple[str, ...], Meta(description="NACE or NAICS codes, or words.")] = ()
    goods: Annotated[tuple[str, ...], Meta(description="HS or CN codes, or words.")] = ()
    services: Annotated[tuple[str, ...], Meta(description="In words.")] = ()

    def holding(self) -> Holding:
        """Return the row as a simulation takes it.

        Raises:
            InputError: a code that there is not.
        """
        return Holding(
            self.party,
            self.amount,
            self.label,
            tuple(read_sector(each) for each in self.sectors),
            tuple(read_goods(each) for each in self.goods),
            tuple(Code("word", fold(each)) for each in self.services),
        )


class Supposition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents what is supposed, and from when."""

    at: Annotated[str, Meta(description="The instant from which it is supposed.")]
    event: Annotated[str | None, Meta(description="By id or slug.")] = None
    known_at: str | None = None
    reading: str | None = None
    authority: str | None = None
    assume: Annotated[tuple[str, ...], Meta(description="party=NAME@US, ...")] = ()
    hindsight: bool = True


class WhatIfBody(Supposition, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents a supposition and a portfolio."""

    portfolio: tuple[HoldingBody, ...]
    ownership: Annotated[tuple[StakeBody, ...], Meta(description="Who owns whom.")] = ()


_BODY = msgspec.json.Decoder(WhatIfBody)
_EXAMPLE = {
    "event": "troops-into-occupied-donbas",
    "at": "2022-02-21T23:59-05:00",
    "portfolio": [{"party": {"schema": "Company", "properties": {"name": ["VTB Bank"]}}}],
}


@router.post(
    "/what-if",
    openapi_extra=request_doc(body=WhatIfBody, example=_EXAMPLE),
    responses=response_docs(WhatIf, 400, 413, 422),
    summary="Who would be hit if an event met its condition",
)
async def what_if(request: Request) -> Response:
    """Simulate: every hit is marked ``simulation``; it is not an answer and decides nothing."""
    state = state_of(request)
    body = await read_json(request, _BODY)
    most = state.settings.limits.lines
    if len(body.portfolio) > most:
        raise ProblemError(413, f"more than {most:,} rows", field="portfolio")
    holdings = [each.holding() for each in body.portfolio]
    result = await supposed(
        state.engines.current, body, holdings, state.settings.limits,
        ownership=stakes_of(body.ownership),
    )  # fmt: skip
    return Response(msgspec.json.encode(result), media_type="application/json")


class BetweenBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents two actual days and a portfolio to compare on them."""

    first: Annotated[str, Meta(description="A day or an instant.")]
    second: Annotated[str, Meta(description="Another.")]
    portfolio: tuple[HoldingBody, ...]
    known_at: Annotated[str | None, Meta(description="When both must have been known.")] = None
    ownership: Annotated[tuple[StakeBody, ...], Meta(description="Who owns whom.")] = ()


_BETWEEN = msgspec.json.Decoder(BetweenBody)


@router.post(
    "/between",
    openapi_extra=request_doc(
        body=BetweenBody,
        example={
            "first": "2022-02-20",
            "second": "2022-03-01",
            "portfolio": _EXAMPLE["portfolio"],
        },
    ),
    responses=response_docs(Between, 400, 413, 422),
    summary="What changed for a portfolio between two actual days",
)
async def between(request: Request) -> Response:
    """Compare two actual days: nothing is supposed."""
    state = state_of(request)
    body = await read_json(request, _BETWEEN)
    limits, served = state.settings.limits, state.engines.current
    if len(body.portfolio) > limits.lines:
        raise ProblemError(413, f"more than {limits.lines:,} rows", field="portfolio")
    holdings = [each.holding() for each in body.portfolio]
    ownership = stakes_of(body.ownership)

    def run() -> Between:
        engine = Engine(Snapshot(served.snapshot.folder), clock=served.clock)
        return engine.between(
            body.first, body.second, holdings, known_at=body.known_at, ownership=ownership,
            budget=limits.rows_budget(len(holdings)),
        )  # fmt: skip

    found = await asyncio.to_thread(run)
    return Response(msgspec.json.encode(found.to_dict()), media_type="application/json")


async def supposed(
    served: ServedSnapshot,
    body: Supposition,
    holdings: list[Holding],
    limits: Limits,
    *,
    ownership: Stakes | None = None,
) -> WhatIf:
    """Simulate in a thread with an engine of its own: it takes longer than requests may wait.

    Raises:
        InputError: the question cannot be understood, or a row exceeds the limits.
        TimeLimitError: the time of its rows is over.
    """
    budget = limits.rows_budget(len(holdings))

    def run() -> WhatIf:
        engine = Engine(Snapshot(served.snapshot.folder), clock=served.clock)
        return engine.what_if(
            body.event,
            holdings,
            at=body.at,
            known_at=body.known_at,
            reading=body.reading,
            authority=body.authority,
            assume=body.assume,
            hindsight=body.hindsight,
            ownership=ownership,
            budget=budget,
        )

    return await asyncio.to_thread(run)
