"""Suggest entities, properties and types while the user types, and describe one of them."""

from __future__ import annotations

from html import escape
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query
from limen.server.reconcile.own_lists import open_lists, open_party
from limen.server.reconcile.service import describe
from limen.server.reconcile.shapes import TYPES, properties_of, property_of, reply, type_of
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.server.yente.listed_view import listed_view

router = APIRouter(tags=["reconcile"])
#: Suggestions in one reply.
_PAGE = 20
#: Records that a text is looked up in; a party has a few.
_SIMILAR = 200
_DATASET = {"dataset": "default"}


class SuggestParameters(msgspec.Struct, frozen=True):
    """Represents the text typed so far, and how many suggestions to skip."""

    prefix: str = ""
    cursor: int = 0


class FlyoutParameters(msgspec.Struct, frozen=True):
    """Represents the entity, property or type to describe."""

    id: str = ""


class Suggestions(msgspec.Struct):
    """Represents the suggestions."""

    result: list[dict[str, Any]]


@router.get(
    "/reconcile/{dataset}/suggest/entity",
    openapi_extra=request_doc(SuggestParameters, path=_DATASET),
    responses=response_docs(Suggestions, 404, 422),
    summary="Listed parties under a name",
)
async def entities(request: Request) -> Response:
    """Return listed parties, the most similar first."""
    served = state_of(request).engines.current
    parameters = read_query(request, SuggestParameters)
    view = listed_view(served, open_lists(request, served), None, None)
    start = max(0, parameters.cursor)
    prefix = parameters.prefix
    positions = view.search(prefix, limit=_SIMILAR + start) if prefix.strip() else []
    parties = list(dict.fromkeys(view.party_of(position) for position in positions))
    known = (open_party(request, served, view, each) for each in parties[start : start + _PAGE])
    found = [_suggestion(entity) for entity in known if entity]
    return reply({"result": found})


def _suggestion(entity: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": entity["id"],
        "name": entity["caption"],
        "description": describe(entity["properties"], entity["datasets"]),
        "notable": [type_of(entity["schema"])],
    }


@router.get(
    "/reconcile/{dataset}/suggest/property",
    openapi_extra=request_doc(SuggestParameters, path=_DATASET),
    responses=response_docs(Suggestions, 404, 422),
    summary="Properties",
)
async def suggest_properties(request: Request) -> Response:
    """Return the properties with the typed text in their names."""
    every = [property_of(name) for kind in TYPES for name in properties_of(kind)]
    return _matching(request, list({each["id"]: each for each in every}.values()))


@router.get(
    "/reconcile/{dataset}/suggest/type",
    openapi_extra=request_doc(SuggestParameters, path=_DATASET),
    responses=response_docs(Suggestions, 404, 422),
    summary="Types",
)
async def suggest_types(request: Request) -> Response:
    """Return the types with the typed text in their names."""
    return _matching(request, [type_of(name) for name in TYPES])


def _matching(request: Request, known: list[dict[str, str]]) -> Response:
    state_of(request).engines.current.lists_of(request.path_params["dataset"])
    parameters = read_query(request, SuggestParameters)
    prefix = parameters.prefix.casefold().strip()
    found = [
        each
        for each in known
        if prefix in each["name"].casefold() or prefix in each["id"].casefold()
    ]
    found.sort(key=lambda each: (not each["name"].casefold().startswith(prefix), len(each["name"])))
    start = max(0, parameters.cursor)
    return reply({"result": found[start : start + _PAGE]})


@router.get(
    "/reconcile/{dataset}/flyout/{kind}",
    openapi_extra=request_doc(FlyoutParameters, path={**_DATASET, "kind": "entity"}),
    responses=response_docs(dict[str, str], 404, 422),
    summary="A short description of a suggestion",
)
async def flyout(request: Request) -> Response:
    """Return HTML that describes a suggestion."""
    served = state_of(request).engines.current
    pointed = read_query(request, FlyoutParameters).id
    match request.path_params["kind"]:
        case "entity":
            html = _card(request, served, pointed)
        case "property" | "type":
            html = f"<p>{escape(property_of(pointed)['name'])}</p>"
        case _:
            raise ProblemError(404, "this flyout does not exist", field="kind")
    return reply({"id": pointed, "html": html})


@router.get(
    "/reconcile/{dataset}/preview",
    openapi_extra=request_doc(FlyoutParameters, path=_DATASET),
    responses=response_docs(str, 404, 422, media="text/html"),
    summary="A party as a small page",
)
async def preview(request: Request) -> Response:
    """Return a party's page for a small frame, without foreign assets."""
    served = state_of(request).engines.current
    card = _card(request, served, read_query(request, FlyoutParameters).id)
    html = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Party</title>{card}</html>'
    return HTMLResponse(html, headers={"Access-Control-Allow-Origin": "*"})


def _card(request: Request, served: ServedSnapshot, any_id: str) -> str:
    view = listed_view(served, None, None, None)
    party = open_party(request, served, view, any_id)
    if party is None:
        raise ProblemError(404, "No such entity!", field="id")
    rows = "".join(
        f"<dt>{escape(property_of(name)['name'])}</dt>"
        f"<dd dir=auto>{escape('; '.join(values[:4]))}</dd>"
        for name, values in list(party["properties"].items())[:8]
        if name not in ("notes", "topics")
    )
    return (
        f"<h1 dir=auto>{escape(party['caption'])}</h1>"
        f"<p>{escape(party['schema'])} on {escape(', '.join(party['datasets']))}</p>"
        f"<dl>{rows}</dl>"
    )
