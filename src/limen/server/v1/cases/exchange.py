"""``/v1/cases`` for auditors and other systems: verify, samples, export and import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.query_string import read_query
from limen.server.http.request_body import read_json
from limen.server.service.case_service import check_reader, json_reply, person_of, with_cases
from limen.server.state import state_of

router = APIRouter(prefix="/v1", tags=["cases"])

_JSON_LINES, _CSV = "application/jsonl", "text/csv"
_EXPORTED = response_docs(str, 403, 422, media=_JSON_LINES)
_EXPORTED[200]["content"][_CSV] = {"schema": {"type": "string"}}


class VerifyParameters(msgspec.Struct, frozen=True):
    """Represents the hash of an event that was noted elsewhere, and must be in the chain."""

    head: str = ""


class ExportParameters(msgspec.Struct, frozen=True):
    """Represents the form of an export: alerts, events as they were hashed, or judgements."""

    format: Literal["jsonl", "csv", "events", "nomenklatura"] = "jsonl"


class ImportParameters(msgspec.Struct, frozen=True):
    """Represents the form of an import; without ``seen`` it is a preview."""

    format: Literal["jsonl", "csv", "nomenklatura"] = "jsonl"
    seen: str = ""


class SampleBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents a sample to draw of what was decided between two moments."""

    count: int
    since: str = ""
    until: str = ""
    seed: str = ""


_SAMPLE = msgspec.json.Decoder(SampleBody)


@router.get(
    "/cases/verify",
    openapi_extra=request_doc(VerifyParameters),
    responses=response_docs(None, 403, 422),
    summary="Verify the whole store",
)
async def verify(request: Request) -> Response:
    """Verify every event, row, content and checkpoint, with the public keys of the server's home.

    It reads the whole store: a million events take a minute or two. An auditor runs
    `limen cases verify` on a copy, with a public key of their own.
    """
    from limen.cases.place import key_file
    from limen.cases.storage.checkpoints import public_file, read_public_keys
    from limen.cases.verification import has_event, verify

    given = read_query(request, VerifyParameters)
    path = public_file(key_file(state_of(request).settings.home))

    def run(cases: Any) -> dict[str, Any]:
        person_of(request, cases).need("audit", "verify the store")
        keys = read_public_keys(path) if path.is_file() else ()
        found: dict[str, Any] = msgspec.to_builtins(verify(cases.database, keys))
        has_head = not given.head or has_event(cases.database, given.head)
        return found | {"head_found": has_head, "keys": [key.id for key in keys]}

    return json_reply(await with_cases(request, run))


@router.get(
    "/cases/export",
    openapi_extra=request_doc(ExportParameters),
    responses=_EXPORTED,
    response_class=Response,
    summary="Export all alerts, events or judgements",
)
async def export(request: Request) -> Response:
    """Return all alerts, the events as they were hashed, or the judgements of closed alerts."""
    from limen.cases.exchange.export import exported

    given = read_query(request, ExportParameters)

    def run(cases: Any) -> Iterator[bytes]:
        check_reader(request, cases, "audit")
        return exported(cases, given.format)

    pieces = await with_cases(request, run)
    return StreamingResponse(pieces, media_type=_CSV if given.format == "csv" else _JSON_LINES)


@router.post(
    "/cases/import",
    openapi_extra=request_doc(
        ImportParameters, body=Any, media=_JSON_LINES,
        example='["us_ofac_sdn:1", "C1", "negative", null, "anna", "2026-01-01"]',
    ),
    responses=response_docs(None, 400, 403, 409, 422),
    summary="Preview decisions of another system, or propose them",
)  # fmt: skip
async def import_file(request: Request) -> Response:
    """Preview decisions that were made elsewhere; with the preview's digest, propose them."""
    from limen.cases.exchange.decision_files import import_decisions

    given, content = read_query(request, ImportParameters), await request.body()

    def run(cases: Any) -> Any:
        person = person_of(request, cases)
        return import_decisions(cases, content, given.format, person, seen=given.seen)

    return json_reply(await with_cases(request, run))


@router.post(
    "/cases/samples",
    openapi_extra=request_doc(body=SampleBody, example={"count": 25, "since": "2026-01-01"}),
    responses=response_docs(None, 400, 403, 409, 422),
    summary="Draw closed alerts for a quality check",
)
async def sample(request: Request) -> Response:
    """Draw closed alerts at random; the seed is noted in the log."""
    from limen.cases.sampling import draw_sample

    body = await read_json(request, _SAMPLE)

    def run(cases: Any) -> Any:
        person = person_of(request, cases)
        return draw_sample(
            cases, body.count, person, since=body.since, until=body.until, seed=body.seed
        )

    return json_reply(await with_cases(request, run))
