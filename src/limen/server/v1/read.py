"""``/v1/read``: read a text or a file, and return the parties, places and statements in it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta
from starlette.datastructures import UploadFile

from limen.model import Outcome
from limen.server.http.form_fields import check_fields
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.request_body import read_json
from limen.server.service.document_process import DocumentAnswer
from limen.server.state import State, state_of

router = APIRouter(prefix="/v1", tags=["v1"])

Day = Annotated[date | None, Meta(description="The document's own day, where it is known.")]


class ReadBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents a text and the instants to search at. A file is a form with these fields."""

    text: Annotated[str, Meta(description="Plain text or HTML.", min_length=1)]
    name: Annotated[str, Meta(description="The document's name.", max_length=200)] = "text"
    on: Day = None
    as_of: Annotated[str | None, Meta(description="When listings must have applied; today.")] = None
    known_at: Annotated[str | None, Meta(description="When they must have been known.")] = None


class ReadReply(msgspec.Struct):
    """Represents what was found; ``reasons`` are what prevents a clear."""

    outcome: Outcome
    reasons: tuple[str, ...]
    as_of: str
    report: Annotated[Any, Meta(description="As docs/schemas/document.schema.json says.")]


_BODY = msgspec.json.Decoder(ReadBody)
_EXAMPLE = {
    "text": "WASHINGTON, Feb 21, 2022. Sergey Aksyonov said: “We will wait.”",
    "as_of": "2022-02-21",
}


@router.post(
    "/read",
    openapi_extra=request_doc(body=ReadBody, example=_EXAMPLE),
    responses=response_docs(ReadReply, 400, 413, 422),
    summary="Read a document",
)
async def read(request: Request) -> Response:
    """Return listed parties, places under embargo, statements, acts and events, with spans."""
    answer = await _document_answer(request)
    return Response(
        document_json(answer),
        media_type="application/json",
        headers={"screening-snapshot": answer.snapshot},
    )


def document_json(answer: DocumentAnswer) -> bytes:
    """Encode a document's answer as a :class:`ReadReply`."""
    return msgspec.json.encode(
        ReadReply(answer.outcome, answer.reasons, answer.as_of, answer.report)
    )


async def _document_answer(request: Request) -> DocumentAnswer:
    state = state_of(request)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await read_form(request, state)
    body = await read_json(request, _BODY)
    return await read_document(state, body.text.encode(), body)


#: What a form may give with its file.
_FORM_FIELDS = ("on", "as_of", "known_at")


async def read_form(request: Request, state: State) -> DocumentAnswer:
    """Read the file of a form.

    Raises:
        ProblemError: the form has no file, a field is not valid, or what
            :meth:`DocumentWorker.read` raises.
    """
    try:
        async with request.form(max_files=1, max_fields=10) as form:
            check_fields(form.multi_items(), ("file", *_FORM_FIELDS))
            upload = form.get("file")
            if not isinstance(upload, UploadFile) or not upload.filename:
                raise ProblemError(422, "the form has no file", field="file", hint="-F file=@x.pdf")
            fields: dict[str, Any] = {"text": "-", "name": upload.filename[-200:]}
            for name in _FORM_FIELDS:
                value = form.get(name)
                if isinstance(value, str) and value:
                    fields[name] = value
            data = await upload.read()
    except (AssertionError, UnicodeError) as error:
        raise ProblemError(400, "the body is not a form", field="body") from error
    try:
        return await read_document(state, data, msgspec.convert(fields, ReadBody))
    except msgspec.ValidationError as error:
        raise ProblemError(422, str(error).replace("`", ""), field="form") from error


async def read_document(state: State, data: bytes, body: ReadBody) -> DocumentAnswer:
    """Read bytes with the options of a body; see :meth:`DocumentWorker.read`."""
    served = state.engines.current
    return await state.documents.read(
        data,
        body.name,
        folder=served.snapshot.folder,
        on=body.on,
        as_of=body.as_of,
        known_at=body.known_at,
        allow_stale=served.allow_stale,
    )
