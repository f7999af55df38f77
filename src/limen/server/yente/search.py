"""``GET /search/{dataset}``: find listed parties by name, with filters, facets and pages."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.model import Answer, Outcome
from limen.model.countries import country_code, country_name
from limen.model.schemata import known_schema
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query, unknown
from limen.server.service.refusal import outcome_after_filters, problem_of_refusals, refusal_of
from limen.server.state import state_of
from limen.server.yente.filters import Filters
from limen.server.yente.listed_view import ListedView, listed_view
from limen.server.yente.shapes import Entity, Total, total
from limen.util.budget import Budget

router = APIRouter(tags=["yente"])

Facet = Literal["datasets", "schema", "countries", "identifiers", "topics", "genders"]
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry", "flag")
_NUMBERS = ("passportNumber", "idNumber", "taxNumber", "registrationNumber", "imoNumber", "leiCode")
_FACET_VALUES = 50
#: Parties between two pauses in which other requests run.
_PAUSE = 500
#: Records that a name without further filters is looked up in, the most similar first.
_MOST_SIMILAR = 500


class SearchParameters(Filters, frozen=True, kw_only=True):
    """Represents the query."""

    q: Annotated[str, Meta(description="A name; without one, all parties.", max_length=1000)] = ""
    schema: Annotated[str, Meta(description="Only parties of this schema.")] = "Thing"
    countries: Annotated[tuple[str, ...], Meta(description="ISO codes.")] = ()
    datasets: Annotated[tuple[str, ...], Meta(description="On these lists.")] = ()
    filter: Annotated[tuple[str, ...], Meta(description="field:value")] = ()
    limit: Annotated[int, Meta(ge=0, le=500)] = 10
    offset: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    sort: Annotated[tuple[str, ...], Meta(description="field:asc or field:desc")] = ()
    facets: tuple[Facet, ...] = ("countries", "topics", "datasets")
    filter_op: Literal["AND", "OR"] = "OR"
    target: Annotated[str, Meta(description="Not used: all listed parties are targets.")] = ""
    fuzzy: Annotated[bool, Meta(description="Not used: search is always fuzzy.")] = True
    simple: Annotated[bool, Meta(description="Not used: a query has no syntax.")] = True
    as_of: Annotated[str | None, Meta(description="When it must have applied; today.")] = None
    known_at: Annotated[str | None, Meta(description="When it must have been known.")] = None
    partial: Annotated[
        bool, Meta(description="Whether an empty result that is no clear has status 200.")
    ] = False


class FacetValue(msgspec.Struct):
    """Represents one value, and how many parties have it."""

    name: str
    label: str
    count: int


class FacetCounts(msgspec.Struct):
    """Represents the most frequent values of one facet."""

    label: str
    values: list[FacetValue]


class SearchReply(msgspec.Struct):
    """Represents a page of parties, and facets over all that were found.

    ``total`` is a bound (``gte``) where more records than were looked at have a key in common with
    ``q``. ``outcome`` is that of screening ``q``, after the filters; ``None`` without a ``q``.
    """

    results: list[Entity]
    facets: dict[str, FacetCounts]
    total: Total
    limit: int
    offset: int
    outcome: Outcome | None = None
    reasons: list[str] = []
    warnings: list[str] = []


@router.get(
    "/search/{dataset}",
    openapi_extra=request_doc(SearchParameters, path={"dataset": "default"}),
    responses=response_docs(SearchReply, 400, 404, 422),
    summary="Find listed parties by name",
)
async def search(request: Request) -> Response:
    """Return listed parties with names similar to ``q``, the most similar first."""
    served = state_of(request).engines.current
    parameters = read_query(request, SearchParameters)
    if not known_schema(parameters.schema):
        raise ProblemError(400, f"Invalid schema: {parameters.schema[:60]}", field="schema")
    parameters.since()
    lists = served.select_lists(
        request.path_params["dataset"],
        (*parameters.include_dataset, *parameters.datasets),
        parameters.exclude_dataset,
    )
    view = listed_view(served, lists, parameters.as_of, parameters.known_at)
    budget = state_of(request).settings.limits.budget()
    answer = _screened(view, parameters.q, budget) if parameters.q.strip() else None
    most = _most(parameters)
    positions = view.search(parameters.q, parameters.schema, most)
    keeps = _filter(parameters)
    found = []
    passes: dict[str, bool] = {}
    decided: set[str] = set()
    for count, position in enumerate(dict.fromkeys((*positions, *_positions(view, answer)))):
        if count % _PAUSE == _PAUSE - 1:
            await asyncio.sleep(0)
        party = view.party_of(position)
        passes.setdefault(party, False)
        if party in decided or not view.has_schema(position, parameters.schema):
            continue
        decided.add(party)
        entity = view.entity(party, {position: view.party(position).to_ftm()})
        if keeps(entity):
            passes[party] = True
            found.append(entity)
    outcome, reasons = _outcome(answer, passes, partial=parameters.partial)
    _sort(found, parameters.sort)
    start = parameters.offset
    document = {
        "results": found[start : start + parameters.limit],
        "facets": {name: _counts(name, found) for name in dict.fromkeys(parameters.facets)},
        "total": total(len(found), exact=most is None or len(positions) < most),
        "limit": parameters.limit,
        "offset": start,
        "outcome": outcome,
        "reasons": reasons,
        "warnings": (*unknown(request, SearchParameters), *view.scope.reasons),
    }
    return Response(msgspec.json.encode(document), media_type="application/json")


def _most(parameters: SearchParameters) -> int | None:
    """Return how many records are looked at; ``None`` for all, where filters decide."""
    filters = (
        parameters.countries, parameters.filter, parameters.topics,
        parameters.changed_since, parameters.exclude_schema, parameters.exclude_entity_ids,
    )  # fmt: skip
    if not parameters.q.strip() or any(filters):
        return None
    return max(_MOST_SIMILAR, parameters.offset + parameters.limit)


def _positions(view: ListedView, answer: Answer | None) -> list[int]:
    """Return the records that screening found, which a search never leaves out."""
    findings = answer.party_findings if answer else ()
    return [view.position(each.id) for each in findings]


def _outcome(
    answer: Answer | None, passes: Mapping[str, bool], *, partial: bool
) -> tuple[Outcome | None, tuple[str, ...]]:
    """Return the outcome of screening ``q`` with its reasons, after the filters.

    ``passes`` is whether a party passes the filters, for every party that the search returned.

    Raises:
        ProblemError: nothing was found and that is no clear: 503, lists cannot carry it; 400, the
            query has nothing to compare.
    """
    if answer is None:
        return None, ()
    passed = [passes.get(each.id) for each in answer.parties]
    levels = [each.level for each, known in zip(answer.parties, passed, strict=True) if known]
    matched = answer.outcome in (*levels, *(each.level for each in answer.places))
    refusal = refusal_of(answer, matched=matched)
    if refusal is not None and not any(passes.values()) and not partial:
        raise problem_of_refusals({"q": refusal}, {})
    return outcome_after_filters(answer, matched=matched, left_out=passed.count(False))


def _screened(view: ListedView, q: str, budget: Budget) -> Answer:
    question = view.scope.question
    return view.served.engine.screen(
        {"schema": "Thing", "properties": {"name": [q]}},
        as_of=question.as_of,
        known_at=question.known_at,
        lists=tuple(each.list for each in view.scope.coverage) or None,
        allow_stale=view.served.allow_stale,
        budget=budget,
    )


def _filter(parameters: SearchParameters) -> Callable[[dict[str, Any]], bool]:
    countries = {each.lower() for each in parameters.countries}
    conditions = [_field_value(text) for text in parameters.filter]

    def keeps(party: dict[str, Any]) -> bool:
        if not parameters.keeps(party):
            return False
        if countries and not countries & set(_codes(party)):
            return False
        if not conditions:
            return True
        held = [value in party["properties"].get(name, ()) for name, value in conditions]
        return all(held) if parameters.filter_op == "AND" else any(held)

    return keeps


def _field_value(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon:
        raise ProblemError(400, f"Invalid filter: {text[:60]}", field="filter", hint="field:value")
    return name.removeprefix("properties."), value


def _sort(parties: list[dict[str, Any]], orders: Sequence[str]) -> None:
    for text in reversed(orders):
        name, _, order = text.partition(":")
        if order not in ("", "asc", "desc"):
            raise ProblemError(400, f"Invalid sort: {text[:60]}", field="sort", hint="field:asc")
        parties.sort(key=lambda party: _sortable(party, name), reverse=order == "desc")


def _sortable(party: dict[str, Any], name: str) -> str:
    if name in party and isinstance(party[name], str):
        return str(party[name])
    values = party["properties"].get(name.removeprefix("properties."), ())
    return min(values, default="")


def _codes(party: dict[str, Any]) -> Iterable[str]:
    for field in _COUNTRIES:
        for text in party["properties"].get(field, ()):
            if code := country_code(text):
                yield code


def _counts(name: str, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    counter = Counter(value for party in found for value in set(_values(name, party)))
    return {
        "label": name.capitalize(),
        "values": [
            {
                "name": value,
                "label": country_name(value) if name == "countries" else value,
                "count": count,
            }
            for value, count in counter.most_common(_FACET_VALUES)
        ],
    }


def _values(name: str, party: dict[str, Any]) -> Iterable[str]:
    properties = party["properties"]
    match name:
        case "countries":
            return _codes(party)
        case "datasets":
            return list(party["datasets"])
        case "schema":
            return [party["schema"]]
        case "genders":
            return list(properties.get("gender", ()))
        case "identifiers":
            return [value for field in _NUMBERS for value in properties.get(field, ())]
        case _:
            return list(properties.get(name, ()))
