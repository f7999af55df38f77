"""Extend a reconciled column with the properties that lists give of each party."""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.model.schemata import properties
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query
from limen.server.http.request_body import decode
from limen.server.reconcile.own_lists import open_party
from limen.server.reconcile.shapes import (
    TYPES,
    ExtendQuery,
    known_property,
    properties_of,
    property_of,
    reply,
)
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.server.yente.listed_view import listed_view

router = APIRouter(tags=["reconcile"])
_EXTEND_QUERY = msgspec.json.Decoder(ExtendQuery)
_COUNT = re.compile(r"[0-9]{1,9}")
#: Ids in one request; OpenRefine sends a few dozen.
_MAX_IDS = 1_000


class ProposeParameters(msgspec.Struct, frozen=True):
    """Represents the query: properties of which type, and how many."""

    type: str = "Thing"
    limit: Annotated[int, Meta(ge=0, le=500)] = 50


class Proposals(msgspec.Struct):
    """Represents the properties that a column may be extended with."""

    type: str
    limit: int
    properties: list[dict[str, str]]


@router.get(
    "/reconcile/{dataset}/extend/property",
    openapi_extra=request_doc(ProposeParameters, path={"dataset": "default"}),
    responses=response_docs(Proposals, 404, 422),
    summary="Properties that a column may be extended with",
)
async def propose(request: Request) -> Response:
    """Return the properties of a type, the most distinctive first."""
    state_of(request).engines.current.lists_of(request.path_params["dataset"])
    parameters = read_query(request, ProposeParameters)
    kind = parameters.type if parameters.type in TYPES else "Thing"
    names = properties_of("Person" if kind in ("Thing", "LegalEntity") else kind)
    return reply(
        {
            "type": parameters.type,
            "limit": parameters.limit,
            "properties": [property_of(name) for name in names[: parameters.limit]],
        }
    )


def extended(request: Request, served: ServedSnapshot, raw: bytes) -> dict[str, Any]:
    """Return the requested properties of each party, as the API's values.

    Raises:
        ProblemError: the form's field cannot be read, or asks for too much.
    """
    query = decode(raw, _EXTEND_QUERY)
    if len(query.ids) > _MAX_IDS:
        raise ProblemError(413, f"more than {_MAX_IDS:,} ids", field="extend.ids")
    view = listed_view(served, None, None, None)
    names = [known_property(str(each.get("id", ""))) for each in query.properties]
    limits = [_limit(each) for each in query.properties]
    return {
        "meta": [
            {"id": str(each.get("id", "")), "name": property_of(name)["name"]}
            for each, name in zip(query.properties, names, strict=True)
        ],
        "rows": {
            each: _row(open_party(request, served, view, each), query.properties, names, limits)
            for each in query.ids
        },
    }


def _limit(requested: dict[str, Any]) -> int | None:
    settings = requested.get("settings") or {}
    text = str(settings.get("limit", "0")) if isinstance(settings, dict) else "0"
    return int(text) or None if _COUNT.fullmatch(text) else None


def _row(
    party: dict[str, Any] | None, requested: list[dict[str, Any]], names: list[str],
    limits: list[int | None],
) -> dict[str, list[dict[str, str]]]:  # fmt: skip
    if party is None:
        return {str(each.get("id", "")): [] for each in requested}
    kinds = properties(party["schema"])
    return {
        str(each.get("id", "")): [
            _value(value, kinds.get(name, "string"))
            for value in party["properties"].get(name, ())[:limit]
        ]
        for each, name, limit in zip(requested, names, limits, strict=True)
    }


def _value(text: str, kind: str) -> dict[str, str]:
    whole_day = kind == "date" and len(text) == 10
    return {"date": f"{text}T00:00:00Z"} if whole_day else {"str": text}
