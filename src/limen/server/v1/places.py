"""``/v1/locate``: whether an address is in a territory under embargo, by which law, when."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.places import Location
from limen.screening.query.party_size import check_size
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.request_body import read_json
from limen.server.state import state_of

router = APIRouter(prefix="/v1", tags=["v1"])


class LocateBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents an address as free text, as its fields, or as latitude and longitude."""

    address: Annotated[
        str | dict[str, str] | tuple[float, float], Meta(description="Text, fields, or lat, lon.")
    ]
    country: Annotated[str | None, Meta(description="A country known besides the address.")] = None
    as_of: str | None = None
    known_at: str | None = None
    authorities: tuple[str, ...] = ()


_BODY = msgspec.json.Decoder(LocateBody)


@router.post(
    "/locate",
    openapi_extra=request_doc(
        body=LocateBody, example={"address": "Simferopol, ul. Kirova 1", "as_of": "2022-02-21"}
    ),
    responses=response_docs(Location, 400, 422),
    summary="Locate an address",
)
async def locate(request: Request) -> Response:
    """Return the Location: a verdict for each authority, with its findings."""
    body = await read_json(request, _BODY)
    budget = state_of(request).settings.limits.budget()
    check_size({"properties": {"address": body.address}}, budget, where="address")
    location = state_of(request).engines.current.engine.locate(
        body.address,
        country=body.country,
        as_of=body.as_of,
        known_at=body.known_at,
        authorities=body.authorities,
        budget=budget,
    )
    document: dict[str, Any] = location.to_dict()
    return Response(msgspec.json.encode(document), media_type="application/json")
