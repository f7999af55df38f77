"""``/entities/{id}``: one listed party, and its listings; ids of records lead to it (308)."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.server.http.moved import moved_to
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query
from limen.server.state import state_of
from limen.server.yente.listed_view import ListedView, listed_view, sanctions
from limen.server.yente.shapes import Entity, Total, total

router = APIRouter(tags=["yente"])

#: The one property of a party that leads to other entities.
_SANCTIONS = "sanctions"


class EntityParameters(msgspec.Struct, frozen=True, kw_only=True):
    """Represents the instants, and whether listings are nested."""

    nested: Annotated[bool, Meta(description="Whether its listings are nested.")] = True
    as_of: Annotated[str | None, Meta(description="When it must have applied; today.")] = None
    known_at: Annotated[str | None, Meta(description="When it must have been known.")] = None


class AdjacentParameters(msgspec.Struct, frozen=True, kw_only=True):
    """Represents which adjacent entities to return."""

    limit: Annotated[int, Meta(ge=0, le=500)] = 10
    offset: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    sort: tuple[str, ...] = ()
    as_of: str | None = None
    known_at: str | None = None


class AdjacentEntities(msgspec.Struct):
    """Represents the entities that one property leads to."""

    results: list[dict[str, Any]]
    total: Total
    limit: int
    offset: int


class Adjacent(msgspec.Struct):
    """Represents a party, and the entities that each of its properties leads to."""

    entity: Entity
    adjacent: dict[str, AdjacentEntities]


_ID = {"entity_id": "us_ofac_sdn:16642"}
_REDIRECT: dict[int | str, dict[str, Any]] = {
    308: {"description": "The id is that of a record: the party's is in Location"}
}


@router.get(
    "/entities/{entity_id:path}/adjacent/{prop}",
    openapi_extra=request_doc(AdjacentParameters, path={**_ID, "prop": "sanctions"}),
    responses=response_docs(AdjacentEntities, 404, 422) | _REDIRECT,
    summary="What one property of a listed party leads to",
)
async def adjacent_property(request: Request) -> Response:
    """Return a party's listings: ``sanctions`` is the only property that leads to entities."""
    if request.path_params["prop"] != _SANCTIONS:
        raise ProblemError(
            404, "No such property!", field="prop", hint=f"the property is {_SANCTIONS}"
        )
    parameters = read_query(request, AdjacentParameters)
    view, party = _find(request, parameters.as_of, parameters.known_at)
    if party != request.path_params["entity_id"]:
        return _to_party(request, party, f"/adjacent/{_SANCTIONS}")
    return _json(_adjacent(view, party, parameters))


@router.get(
    "/entities/{entity_id:path}/adjacent",
    openapi_extra=request_doc(AdjacentParameters, path=_ID),
    responses=response_docs(Adjacent, 404, 422) | _REDIRECT,
    summary="A listed party and its adjacent entities",
)
async def adjacent(request: Request) -> Response:
    """Return a party, and its listings."""
    parameters = read_query(request, AdjacentParameters)
    view, party = _find(request, parameters.as_of, parameters.known_at)
    if party != request.path_params["entity_id"]:
        return _to_party(request, party, "/adjacent")
    entities = _adjacent(view, party, parameters)
    found = {_SANCTIONS: entities} if entities["total"]["value"] else {}
    return _json({"entity": view.entity(party, {}), "adjacent": found})


@router.get(
    "/entities/{entity_id:path}",
    openapi_extra=request_doc(EntityParameters, path=_ID),
    responses=response_docs(Entity, 404, 422) | _REDIRECT,
    summary="One listed party",
)
async def one_entity(request: Request) -> Response:
    """Return a listed party with its listings on all lists.

    The id of one of its records, or one that the party had before, is redirected to its own.
    """
    parameters = read_query(request, EntityParameters)
    view, party = _find(request, parameters.as_of, parameters.known_at)
    if party != request.path_params["entity_id"]:
        return _to_party(request, party)
    found = view.entity(party, {})
    if parameters.nested and (listings := _listings(view, party)):
        found["properties"][_SANCTIONS] = listings
    return _json(found)


def _find(request: Request, as_of: str | None, known_at: str | None) -> tuple[ListedView, str]:
    served = state_of(request).engines.current
    view = listed_view(served, None, as_of, known_at)
    return view, view.find(request.path_params["entity_id"])


def _to_party(request: Request, party: str, rest: str = "") -> Response:
    """Redirect the id of a record to the same resource of its party."""
    return moved_to(request, f"/entities/{party}{rest}")


def _listings(view: ListedView, party: str) -> list[dict[str, Any]]:
    """Return the listings of all records of a party."""
    return [each for position in view.records(party) for each in sanctions(view, position)]


def _adjacent(view: ListedView, party: str, parameters: AdjacentParameters) -> dict[str, Any]:
    listings = _listings(view, party)
    start = parameters.offset
    return {
        "results": listings[start : start + parameters.limit],
        "total": total(len(listings)),
        "limit": parameters.limit,
        "offset": start,
    }


def _json(document: Any) -> Response:
    return Response(msgspec.json.encode(document), media_type="application/json")
