"""``/v1/parties/...``: how authorities compare, whom one lists and others do not, who was first."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.engine.compare_authorities import (
    Followed,
    GapParty,
    ListedInPeriod,
    coordination_of,
    gap_parties,
)
from limen.model import InputError, Instant
from limen.model.instant import read_instant
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.query_string import read_query, refuse_unknown
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.snapshot.authority_gaps import (
    GapCount,
    authorities_of,
    first_listed,
    gap_counts,
    later_lists,
    short_lists,
)

router = APIRouter(prefix="/v1", tags=["v1"])

Limit = Annotated[int, Meta(ge=0, le=1000)]
Offset = Annotated[int, Meta(ge=0, le=1_000_000)]
Day = Annotated[str | None, Meta(description="The day asked about; the newest known.")]


class MatrixParameters(msgspec.Struct, frozen=True):
    """Represents the day of a matrix."""

    as_of: Day = None


class GapParameters(msgspec.Struct, frozen=True, kw_only=True):
    """Represents a gap: who lists, who does not, when, under which programme."""

    listed_by: Annotated[str, Meta(description="The authority that lists them: US.")]
    not_by: Annotated[tuple[str, ...], Meta(description="Authorities that do not.")]
    as_of: Day = None
    programme: Annotated[str, Meta(description="A part of a programme's name.", max_length=200)] = (
        ""
    )
    limit: Limit = 100
    offset: Offset = 0


class PeriodParameters(msgspec.Struct, frozen=True, kw_only=True):
    """Represents a period, and which of its parties to return."""

    since: Annotated[str, Meta(description="The first day.")]
    until: Annotated[str, Meta(description="The last day.")]
    first: Annotated[str, Meta(description="Only those that this authority listed first.")] = ""
    followed_by: Annotated[str, Meta(description="Only those that this one listed later.")] = ""
    limit: Limit = 100
    offset: Offset = 0


class LaterList(msgspec.Struct, frozen=True):
    """Represents a list whose versions do not reach back to a day, with the first of them."""

    list: str
    first: str


class Matrix(msgspec.Struct, frozen=True):
    """Represents how authorities compare: ``gaps`` is listed by -> not by -> count and lag.

    An authority's count beside itself is that of all parties it lists. Of ``later_lists`` only
    listings with a printed day are known on the day.
    """

    as_of: str
    authorities: tuple[str, ...]
    gaps: dict[str, dict[str, GapCount]]
    later_lists: tuple[LaterList, ...]


class Gaps(msgspec.Struct, frozen=True):
    """Represents a page of the parties of a gap, the earliest listing first."""

    as_of: str
    listed_by: str
    not_by: tuple[str, ...]
    total: int
    results: list[GapParty]
    later_lists: tuple[LaterList, ...]


class CoordinationReply(msgspec.Struct, frozen=True):
    """Represents who listed whom first in a period, and a page of the parties.

    ``followed`` is authority -> other -> how many of its firsts the other listed by the end.
    ``short_lists`` have no versions over the whole period.
    """

    since: str
    until: str
    first: dict[str, int]
    followed: dict[str, dict[str, Followed]]
    total: int
    results: list[ListedInPeriod]
    short_lists: list[LaterList]


@router.get(
    "/parties/matrix",
    openapi_extra=request_doc(MatrixParameters),
    responses=response_docs(Matrix, 422),
    summary="How many parties each authority lists and each other does not",
)
async def matrix(request: Request) -> Response:
    """Return counts of gaps between all authorities on a day, and their median lag in days."""
    refuse_unknown(request, MatrixParameters)
    parameters = read_query(request, MatrixParameters)
    served = state_of(request).engines.current
    return _json(await asyncio.to_thread(matrix_on, served, day_of(served, parameters.as_of)))


def matrix_on(served: ServedSnapshot, day: Instant) -> Matrix:
    """Return the matrix of authorities on a day."""
    codes = authorities_of(served.snapshot)
    counts = gap_counts(served.listed_on(day), codes, day)
    gaps = {one: {other: counts[one, other] for other in codes} for one in codes}
    return Matrix(str(day), codes, gaps, _later(served, day, codes))


@router.get(
    "/parties/gaps",
    openapi_extra=request_doc(GapParameters),
    responses=response_docs(Gaps, 422),
    summary="Who is listed by one authority and not by others",
)
async def gaps(request: Request) -> Response:
    """Return the parties of a gap on a day, since when, and the lag in days."""
    refuse_unknown(request, GapParameters)
    parameters = read_query(request, GapParameters)
    served = state_of(request).engines.current
    return _json(await asyncio.to_thread(gaps_on, served, parameters))


def gaps_on(served: ServedSnapshot, terms: GapParameters) -> Gaps:
    """Return a page of the parties of a gap.

    Raises:
        InputError: an authority has no list or is on both sides, or the day is none.
    """
    day = day_of(served, terms.as_of)
    found = gap_parties(
        served.snapshot, served.listed_on(day), terms.listed_by, terms.not_by, day, terms.programme
    )
    page = found[terms.offset : terms.offset + terms.limit]
    later = _later(served, day, (terms.listed_by, *terms.not_by))
    return Gaps(str(day), terms.listed_by, terms.not_by, len(found), page, later)


@router.get(
    "/parties/coordination",
    openapi_extra=request_doc(PeriodParameters),
    responses=response_docs(CoordinationReply, 422),
    summary="Who listed whom first in a period, and who followed",
)
async def coordination(request: Request) -> Response:
    """Return the parties listed for the first time in a period, with each authority's day."""
    refuse_unknown(request, PeriodParameters)
    parameters = read_query(request, PeriodParameters)
    served = state_of(request).engines.current
    return _json(await asyncio.to_thread(coordination_in, served, parameters))


def coordination_in(served: ServedSnapshot, terms: PeriodParameters) -> CoordinationReply:
    """Return who listed whom first in a period, and a page of the parties.

    Raises:
        InputError: a day is none, or the period ends before it begins.
    """
    since, until = read_instant(terms.since, "since"), read_instant(terms.until, "until")
    if until < since:
        raise InputError(f"the period ends on {until}, before it begins", where="until")
    found = coordination_of(served.snapshot, first_listed(served.snapshot, since, until), until)
    chosen = [each for each in found.parties if _chosen(each, terms, until)]
    return CoordinationReply(
        str(since), str(until), dict(found.first),
        {code: dict(others) for code, others in found.followed.items()},
        len(chosen), chosen[terms.offset : terms.offset + terms.limit],
        [LaterList(name, first) for name, first, _ in short_lists(served.snapshot, since, until)],
    )  # fmt: skip


def _chosen(party: ListedInPeriod, terms: PeriodParameters, until: Instant) -> bool:
    if terms.first and party.first != terms.first:
        return False
    later = party.since.get(terms.followed_by)
    return not terms.followed_by or (
        party.first != terms.followed_by and later is not None and (later.day or "") <= str(until)
    )


def day_of(served: ServedSnapshot, as_of: str | None) -> Instant:
    """Return the instant of a day asked about; by default the newest that is known.

    Raises:
        InputError: it is none.
    """
    return read_instant(as_of or served.manifest.known_until, "as_of")


def _later(served: ServedSnapshot, day: Instant, codes: tuple[str, ...]) -> tuple[LaterList, ...]:
    return tuple(LaterList(*each) for each in later_lists(served.snapshot, day, codes))


def _json(document: Any) -> Response:
    return Response(msgspec.json.encode(document), media_type="application/json")
