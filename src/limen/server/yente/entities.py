"""``/entities/{id}``: one listed party, and its listings."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

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


@router.get(
    "/entities/{entity_id:path}/adjacent/{prop}",
    openapi_extra=request_doc(AdjacentParameters, path={**_ID, "prop": "sanctions"}),
    responses=response_docs(AdjacentEntities, 404, 422),
    summary="What one property of a listed party leads to",
)
async def adjacent_property(request: Request) -> Response:
    """Return a party's listings: ``sanctions`` is the only property that leads to entities."""
    if request.path_params["prop"] != _SANCTIONS:
        raise ProblemError(
            404, "No such property!", field="prop", hint=f"the property is {_SANCTIONS}"
        )
    parameters = read_query(request, AdjacentParameters)
    view, position = _find(request, parameters.as_of, parameters.known_at)
    return _json(_adjacent(view, position, parameters))


@router.get(
    "/entities/{entity_id:path}/adjacent",
    openapi_extra=request_doc(AdjacentParameters, path=_ID),
    responses=response_docs(Adjacent, 404, 422),
    summary="A listed party and its adjacent entities",
)
async def adjacent(request: Request) -> Response:
    """Return a party, and its listings."""
    parameters = read_query(request, AdjacentParameters)
    view, position = _find(request, parameters.as_of, parameters.known_at)
    entities = _adjacent(view, position, parameters)
    found = {_SANCTIONS: entities} if entities["total"]["value"] else {}
    return _json({"entity": view.entity(position), "adjacent": found})


@router.get(
    "/entities/{entity_id:path}",
    openapi_extra=request_doc(EntityParameters, path=_ID),
    responses=response_docs(Entity, 404, 422),
    summary="One listed party",
)
async def one_entity(request: Request) -> Response:
    """Return a listed party with its listings."""
    parameters = read_query(request, EntityParameters)
    view, position = _find(request, parameters.as_of, parameters.known_at)
    found = view.entity(position)
    if parameters.nested and (listings := list(sanctions(view, position))):
        found["properties"][_SANCTIONS] = listings
    return _json(found)


def _find(request: Request, as_of: str | None, known_at: str | None) -> tuple[ListedView, int]:
    served = state_of(request).engines.current
    view = listed_view(served, None, as_of, known_at)
    return view, view.position(request.path_params["entity_id"])


def _adjacent(view: ListedView, position: int, parameters: AdjacentParameters) -> dict[str, Any]:
    listings = list(sanctions(view, position))
    start = parameters.offset
    return {
        "results": listings[start : start + parameters.limit],
        "total": total(len(listings)),
        "limit": parameters.limit,
        "offset": start,
    }


def _json(document: Any) -> Response:
    return Response(msgspec.json.encode(document), media_type="application/json")
