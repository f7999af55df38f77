"""Extend a reconciled column with what the lists say of each party."""

from __future__ import annotations

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
from limen.server.yente.listed_view import ListedView, listed_view

router = APIRouter(tags=["reconcile"])
_EXTEND_QUERY = msgspec.json.Decoder(ExtendQuery)
_MOST = 1_000


class ProposeParameters(msgspec.Struct, frozen=True):
    """Properties of which type, how many."""

    type: str = "Thing"
    limit: Annotated[int, Meta(ge=0, le=500)] = 50


class Proposals(msgspec.Struct):
    """Properties that a column may be extended with."""

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
    """Properties of a type, the most telling first."""
    state_of(request).engines.current.lists_of(request.path_params["dataset"])
    wanted = read_query(request, ProposeParameters)
    kind = wanted.type if wanted.type in TYPES else "Thing"
    names = properties_of("Person" if kind in ("Thing", "LegalEntity") else kind)
    return reply(
        {
            "type": wanted.type,
            "limit": wanted.limit,
            "properties": [property_of(name) for name in names[: wanted.limit]],
        }
    )


def extended(served: ServedSnapshot, raw: bytes) -> dict[str, Any]:
    """Every property wanted of every party, in the API's own values.

    Raises:
        ProblemError: the form's field cannot be read, or asks for too much.
    """
    wanted = decode(raw, _EXTEND_QUERY)
    if len(wanted.ids) > _MOST:
        raise ProblemError(413, f"more than {_MOST:,} ids", field="extend.ids")
    view = listed_view(served, None, None, None)
    names = [known_property(str(each.get("id", ""))) for each in wanted.properties]
    limits = [_limit(each) for each in wanted.properties]
    return {
        "meta": [
            {"id": str(each.get("id", "")), "name": property_of(name)["name"]}
            for each, name in zip(wanted.properties, names, strict=True)
        ],
        "rows": {each: _row(view, each, wanted.properties, names, limits) for each in wanted.ids},
    }


def _limit(wanted: dict[str, Any]) -> int | None:
    settings = wanted.get("settings") or {}
    text = str(settings.get("limit", "0")) if isinstance(settings, dict) else "0"
    return int(text) or None if text.isdigit() else None


def _row(
    view: ListedView, entity_id: str, wanted: list[dict[str, Any]], names: list[str],
    limits: list[int | None],
) -> dict[str, list[dict[str, str]]]:  # fmt: skip
    position = view.served.positions.get(entity_id)
    if position is None:
        return {str(each.get("id", "")): [] for each in wanted}
    party = view.party(position)
    kinds = properties(party.schema)
    return {
        str(each.get("id", "")): [
            _value(value, kinds.get(name, "string"))
            for value in party.properties.get(name, ())[:limit]
        ]
        for each, name, limit in zip(wanted, names, limits, strict=True)
    }


def _value(text: str, kind: str) -> dict[str, str]:
    whole_day = kind == "date" and len(text) == 10
    return {"date": f"{text}T00:00:00Z"} if whole_day else {"str": text}
