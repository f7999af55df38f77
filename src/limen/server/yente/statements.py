"""``GET /statements``: each value of a party on its list, with when it was first and last seen.

The hosted service of OpenSanctions has it, yente has not; the two clocks answer it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha1
from typing import Annotated, Any

import msgspec
import numpy as np
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta

from limen.model.schemata import properties
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query
from limen.server.service.snapshot_service import ServedSnapshot, wire_second
from limen.server.state import state_of
from limen.server.yente.shapes import Total, total
from limen.snapshot.format import NEVER, SCHEMAS, StateBody

router = APIRouter(tags=["yente"])


class StatementParameters(msgspec.Struct, frozen=True, kw_only=True):
    """Represents which statements to return."""

    dataset: str = ""
    entity_id: str = ""
    canonical_id: str = ""
    prop: str = ""
    value: str = ""
    schema: str = ""
    sort: tuple[str, ...] = ()
    limit: Annotated[int, Meta(ge=0, le=5000)] = 50
    offset: Annotated[int, Meta(ge=0, le=10_000_000)] = 0


class Statement(msgspec.Struct):
    """Represents one value of one property of one record, and when it was known."""

    id: str
    entity_id: str
    canonical_id: str
    prop: str
    prop_type: str
    schema: str
    value: str
    dataset: str
    first_seen: str
    last_seen: str
    original_value: str | None = None
    lang: str | None = None


class Statements(msgspec.Struct):
    """Represents a page of statements."""

    results: list[Statement]
    total: Total
    limit: int
    offset: int


@router.get(
    "/statements",
    openapi_extra=request_doc(StatementParameters),
    responses=response_docs(Statements, 400, 404, 422),
    summary="A party's values with their dates",
)
async def statements(request: Request) -> Response:
    """Return a party's values with their first and last day; the party's id is required.

    ``canonical_id`` is a party's, ``entity_id`` that of one of its records; each leads to a party.
    """
    served = state_of(request).engines.current
    parameters = read_query(request, StatementParameters)
    if not (parameters.canonical_id or parameters.entity_id):
        raise ProblemError(
            400, "name a party by canonical_id or entity_id", field="canonical_id",
            hint="find parties with /search",
        )  # fmt: skip
    rows = [
        row for position in _records(served, parameters) for row in _statements(served, position)
    ]
    matching = [row for row in rows if _keeps(row, parameters)]
    start = parameters.offset
    document = {
        "results": matching[start : start + parameters.limit],
        "total": total(len(matching)),
        "limit": parameters.limit,
        "offset": start,
    }
    return Response(msgspec.json.encode(document), media_type="application/json")


def _keeps(row: dict[str, Any], parameters: StatementParameters) -> bool:
    filters = {name: getattr(parameters, name) for name in ("dataset", "prop", "value", "schema")}
    return all(not value or row[name] == value for name, value in filters.items())


def _records(served: ServedSnapshot, parameters: StatementParameters) -> tuple[int, ...]:
    """Return the records that both ids allow: of the party, and the one where a record is named."""
    identity = served.snapshot.identity
    found = [
        identity.records(identity.find(each) or "")
        for each in (parameters.canonical_id, parameters.entity_id)
        if each
    ]
    named = served.positions.get(parameters.entity_id)
    return tuple(
        record for record in found[0] if record in found[-1] and (named is None or record == named)
    )


def _statements(served: ServedSnapshot, position: int) -> Iterator[dict[str, Any]]:
    snapshot, identity = served.snapshot, served.snapshot.identity
    entity_id, party = identity.record(position), identity.today(position)
    schema = SCHEMAS[int(snapshot.parties["schema"][position])]
    kinds = properties(schema)
    dataset = entity_id.partition(":")[0]
    seen: dict[tuple[str, str], tuple[int, int]] = {}
    for start, end, body in _states(served, position):
        for prop, values in body.properties.items():
            for value in values:
                first = seen.get((prop, value), (start, end))[0]
                seen[prop, value] = (first, end)
    newest = served.seen(position).last_seen
    for (prop, value), (first, end) in seen.items():
        key = f"{dataset}.{entity_id}.{prop}.{value}"
        yield {
            "id": sha1(key.encode(), usedforsecurity=False).hexdigest(),
            "entity_id": entity_id,
            "canonical_id": party,
            "prop": prop,
            "prop_type": kinds.get(prop, "string"),
            "schema": schema,
            "value": value,
            "dataset": dataset,
            "first_seen": wire_second(first),
            "last_seen": newest if end == NEVER else wire_second(end),
        }


def _states(served: ServedSnapshot, position: int) -> Iterator[tuple[int, int, StateBody]]:
    """Yield every state of a party's record with its known interval, oldest first."""
    snapshot = served.snapshot
    first, last = (int(each) for each in snapshot.parties["states"][position : position + 2])
    table = snapshot.states
    for row in np.arange(first, last).tolist():
        yield int(table["known_from"][row]), int(table["known_to"][row]), snapshot.state(row)
