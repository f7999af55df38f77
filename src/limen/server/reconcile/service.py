"""``/reconcile/{dataset}``: the manifest, and matches for the cells of a column."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.batch.columns.kinds import schema_for
from limen.model import Answer, LimenError, PartyGroup, PlaceFinding, TimeLimitError
from limen.model.schemata import ancestors, known_schema
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.request_body import decode
from limen.server.reconcile.extend import extended
from limen.server.reconcile.own_lists import open_lists, open_party
from limen.server.reconcile.shapes import (
    CORS,
    DISTINCTIVE,
    TYPES,
    VERSIONS,
    ReconcileQuery,
    known_property,
    reply,
    type_of,
)
from limen.server.service.refusal import Refusal, problem_of_refusals, refusal_of
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.server.yente.listed_view import listed_view
from limen.server.yente.shapes import explanations
from limen.util.budget import Budget

router = APIRouter(tags=["reconcile"])

#: Gives a party by its id, with the values that the caller may use.
Described = Callable[[str], dict[str, Any] | None]
_QUERIES = msgspec.json.Decoder(dict[str, ReconcileQuery])

_DATASET = {"dataset": "default"}
#: Queries in one batch; the manifest's ``batchSize`` asks for 25.
_MAX_QUERIES = 100


class ReconcileParameters(msgspec.Struct, frozen=True):
    """Represents the query string or form; without queries the reply is the manifest."""

    queries: str = ""
    partial: bool = False


@router.options("/reconcile/{rest:path}", include_in_schema=False)
async def preflight(rest: str) -> Response:
    """Allow pages of other sites to call the API."""
    del rest
    return Response(None, 204, headers=CORS)


@router.get(
    "/reconcile/{dataset}",
    openapi_extra=request_doc(ReconcileParameters, path=_DATASET),
    responses=response_docs(dict[str, Any], 400, 404, 413, 422),
    summary="The service's manifest, or queries in the query string",
)
async def manifest_or_queries(request: Request) -> Response:
    """Return the manifest or, with ``?queries=``, their results."""
    state = state_of(request)
    dataset = request.path_params["dataset"]
    lists = open_lists(request, state.engines.current)
    if "queries" in request.query_params:
        raw = request.query_params["queries"].encode()
        return reply(await _reconcile(request, lists, raw))
    return reply(_manifest(str(request.base_url).rstrip("/"), dataset))


@router.post(
    "/reconcile/{dataset}",
    openapi_extra=request_doc(
        path=_DATASET,
        body=ReconcileParameters,
        example={"queries": '{"q0": {"query": "Sergey Aksyonov", "type": "Person"}}'},
        media="application/x-www-form-urlencoded",
    ),
    responses=response_docs(dict[str, Any], 400, 404, 413, 422),
    summary="Reconcile cells",
)
async def queries(request: Request) -> Response:
    """Answer the form field ``queries``, or ``extend``, which OpenRefine posts here too."""
    state = state_of(request)
    served = state.engines.current
    lists = open_lists(request, served)
    form = await read_form(request)
    if form.get("extend"):
        return reply(extended(request, served, form["extend"].encode()))
    if not form.get("queries"):
        raise ProblemError(
            400, "the form has neither queries nor extend", field="queries",
            hint='queries={"q0": {"query": "a name"}}',
        )  # fmt: skip
    raw = form["queries"].encode()
    return reply(await _reconcile(request, lists, raw))


def _partial(request: Request) -> bool:
    return request.query_params.get("partial", "").lower() in ("true", "1")


async def read_form(request: Request) -> dict[str, str]:
    """Return the text fields of a form.

    Raises:
        ProblemError: 400, it is not a form.
    """
    try:
        async with request.form(max_files=0, max_fields=20, max_part_size=8 << 20) as form:
            return {name: value for name, value in form.items() if isinstance(value, str)}
    except (ValueError, AssertionError, UnicodeError) as error:
        raise ProblemError(400, "the body is not a form", field="body") from error


async def _reconcile(
    request: Request, lists: tuple[str, ...] | None, raw: bytes
) -> dict[str, dict[str, Any]]:
    """Return the results of a batch.

    Raises:
        ProblemError: a query without a match is no clear, and the caller wants no partial answers.
    """
    batch = decode(raw, _QUERIES)
    if len(batch) > _MAX_QUERIES:
        raise ProblemError(
            413,
            f"more than {_MAX_QUERIES} queries in a batch",
            field="queries",
            hint="see batchSize",
        )
    state = state_of(request)
    served = state.engines.current
    budget = state.settings.limits.budget()
    view = listed_view(served, lists, None, None)

    def described(party_id: str) -> dict[str, Any] | None:
        return open_party(request, served, view, party_id)

    results: dict[str, dict[str, Any]] = {}
    refusals: dict[str, Refusal] = {}
    for key, cell in batch.items():
        results[key], refusal = _cell(served, cell, lists, budget, described)
        if refusal is not None:
            refusals[key] = refusal
        await asyncio.sleep(0)
    if refusals and not _partial(request):
        raise problem_of_refusals(refusals, {"responses": results}, headers=CORS)
    return results


def _cell(
    served: ServedSnapshot,
    cell: ReconcileQuery,
    lists: tuple[str, ...] | None,
    budget: Budget,
    described: Described,
) -> tuple[dict[str, Any], Refusal | None]:
    """Return the result of one query, and why it is refused, if it is."""
    schemas = [cell.type] if isinstance(cell.type, str) else cell.type
    known = [name for name in schemas if known_schema(name)]
    properties = _properties(cell)
    schema = known[0] if known else schema_for(properties.keys())
    party = {"schema": schema, "properties": properties}
    try:
        answer = served.engine.screen(
            party, lists=lists, allow_stale=served.allow_stale, budget=budget
        )
    except LimenError as error:
        status = 503 if isinstance(error, TimeLimitError) else 400
        return {"result": [], "error": error.what}, Refusal(status, (error.what,))
    parties = [
        each
        for each in answer.parties
        if _strict_enough(_schemas(answer, each), known, cell.type_strict)
    ]
    most = max(1, min(cell.limit, 100))
    found = [_candidate(answer, each, described(each.id)) for each in parties[:most]]
    found += [_territory(each) for each in answer.places]
    outcome, reasons = answer.outcome, answer.reasons
    levels = [*(each.level for each in parties), *(each.level for each in answer.places)]
    matched = "hit" in levels
    if outcome == "hit" and not matched:
        outcome, reasons = "review", (*reasons, "matches of other types were left out")
    result = {"result": found, "outcome": outcome, "reasons": reasons}
    return result, refusal_of(answer, matched=matched)


def _schemas(answer: Answer, party: PartyGroup) -> list[str]:
    """Return the schemas of the records of a party that were found, the best first."""
    found = {each.id: each.schema for each in answer.party_findings}
    return list(dict.fromkeys(found[each] for each in party.findings))


def _strict_enough(schemas: list[str], known: list[str], strict: str) -> bool:
    if strict not in ("any", "all") or not known:
        return True
    held = [any(name in ancestors(schema) for schema in schemas) for name in known]
    return all(held) if strict == "all" else any(held)


def _properties(cell: ReconcileQuery) -> dict[str, list[str]]:
    properties: dict[str, list[str]] = {"name": [cell.query]} if cell.query.strip() else {}
    for each in cell.properties:
        values = each.get("v", ())
        for value in values if isinstance(values, list) else (values,):
            text = value.get("name") or value.get("id") if isinstance(value, Mapping) else value
            if text not in (None, ""):
                properties.setdefault(known_property(str(each.get("pid", ""))), []).append(
                    str(text)
                )
    return properties


def _candidate(answer: Answer, party: PartyGroup, entity: dict[str, Any] | None) -> dict[str, Any]:
    """Return a party, explained by its best finding, with the types and values of all records."""
    best = next(each for each in answer.party_findings if each.id == party.findings[0])
    hits = [each for each in answer.parties if each.level == "hit"]
    features = explanations(best.features)
    properties = entity["properties"] if entity else best.party["properties"]
    lists = entity["datasets"] if entity else party.lists
    return {
        "id": party.id,
        "name": party.caption,
        "score": round(party.score * 100, 2),
        "match": hits == [party],
        "type": [type_of(schema) for schema in _schemas(answer, party)],
        "description": describe(properties, lists),
        "features": [{"id": name, "value": feature["score"]} for name, feature in features.items()],
    }


def _territory(finding: PlaceFinding) -> dict[str, Any]:
    """Return a territory in which an address of the query lies, or may lie."""
    return {
        "id": finding.id,
        "name": finding.caption,
        "score": round(finding.score * 100, 2),
        "match": False,  # a cell is never the territory itself
        "type": [type_of(finding.schema)],
        "description": finding.why,
    }


def describe(properties: Mapping[str, Any], lists: Sequence[str]) -> str:
    """Return a party in a line: its lists, and the values that distinguish it from namesakes."""
    values = [str(properties[name][0]) for name in DISTINCTIVE[:6] if properties.get(name)]
    return "; ".join([", ".join(lists), *values])


def _manifest(base: str, dataset: str) -> dict[str, Any]:
    service = f"{base}/reconcile/{dataset}"
    return {
        "versions": VERSIONS,
        "name": f"Limen: {dataset}",
        "identifierSpace": f"{base}/entities/",
        "schemaSpace": "https://followthemoney.tech/explorer/schemata/",
        "documentation": f"{base}/docs",
        "defaultTypes": [
            {**type_of(name), **({"broader": [type_of(broader)]} if broader else {})}
            for name, broader in TYPES.items()
        ],
        "view": {"url": f"{base}/parties/{{{{id}}}}"},
        "feature_view": {"url": f"{base}/algorithms#{{{{id}}}}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": 430, "height": 320},
        "suggest": {
            name: {
                "service_url": service,
                "service_path": f"/suggest/{name}",
                "flyout_service_url": service,
                "flyout_service_path": f"/flyout/{name}?id=${{id}}",
            }
            for name in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/extend/property"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Most values a party",
                    "type": "number",
                    "default": 0,
                    "help_text": "0 gives every value.",
                }
            ],
        },
        "batchSize": 25,
    }
