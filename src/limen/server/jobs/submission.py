"""Read an upload's form: the file, and the query for each of its rows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from fastapi import Request
from msgspec import Meta
from starlette.datastructures import UploadFile

from limen.batch.columns.mapping import parse_wish
from limen.batch.screen_arguments import ScreenArguments
from limen.model import InputError
from limen.payment_screening import Channel
from limen.server.access.permissions import owner_of
from limen.server.http.form_fields import check_fields
from limen.server.http.problems import ProblemError
from limen.server.jobs.job_files import JobRequest, PaymentJob, StakesFile
from limen.server.state import State, state_of
from limen.server.v1.query import Threshold

_CHUNK = 1 << 20


class UploadForm(msgspec.Struct, frozen=True, kw_only=True):
    """Represents a file and the query for each of its rows."""

    file: Annotated[bytes, Meta(description="CSV, JSON lines or Parquet, may be gzipped.")] = b""
    schema: Annotated[
        str | None, Meta(description="Schema of rows that give none: Person, ...")
    ] = None
    date_order: Annotated[
        Literal["dmy", "mdy"] | None, Meta(description="Order of ambiguous dates.")
    ] = None
    header: Annotated[
        Literal["yes", "no"] | None, Meta(description="Whether the first line holds headings.")
    ] = None
    map: Annotated[
        tuple[str, ...], Meta(description="Properties of columns: COLUMN=property, one a line.")
    ] = ()
    format: Annotated[
        Literal["csv", "csv-raw", "jsonl"],
        Meta(description="Format of the results; csv-raw leaves formulas of spreadsheets as such."),
    ] = "csv"
    as_of: str | None = None
    known_at: str | None = None
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    threshold: Threshold | None = None
    allow_stale: tuple[str, ...] = ()


_LISTS = ("authorities", "lists", "allow_stale", "map")
_HEADER = {"yes": True, "no": False, None: None}


async def take_upload(request: Request) -> str:
    """Store the file of a form, start its job and return the job's name.

    Raises:
        ProblemError: the form has no file, or a field is not valid.
        InputError: the question cannot be understood.
    """
    state = state_of(request)
    try:
        async with request.form(max_files=1, max_fields=50) as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile) or not upload.filename:
                raise ProblemError(422, "the form has no file", field="file", hint="-F file=@x.csv")
            fields = _fields(form.multi_items())
            settled = _settle(request, fields)

            def ask(file: str) -> JobRequest:
                return msgspec.structs.replace(settled, file=file)

            return await state.jobs.take(upload.filename, _chunks(upload), ask)
    except (AssertionError, UnicodeError) as error:
        raise ProblemError(400, "the body is not a form", field="body") from error


def _fields(items: list[tuple[str, Any]]) -> UploadForm:
    check_fields(items, UploadForm.__struct_fields__, _LISTS)
    fields: dict[str, Any] = {}
    for name, value in items:
        if not isinstance(value, str) or not value:
            continue
        if name in _LISTS:
            fields.setdefault(name, []).extend(filter(None, map(str.strip, value.splitlines())))
        else:
            fields[name] = value
    try:
        return msgspec.convert(fields, UploadForm, strict=False)
    except msgspec.ValidationError as error:
        raise ProblemError(422, str(error).replace("`", ""), field="form") from error


def _settle(request: Request, form: UploadForm) -> JobRequest:
    """Return the job's request with both clocks settled now, so that all rows have the same."""
    served = state_of(request).engines.current
    allow = (*served.allow_stale, *form.allow_stale)
    question = served.engine.scope(
        form.as_of, form.known_at, form.authorities, form.lists or None, allow
    ).question
    return JobRequest(
        file="",
        snapshot=str(served.snapshot.folder),
        query=ScreenArguments(
            as_of=str(question.as_of),
            known_at=str(question.known_at),
            authorities=question.authorities,
            lists=question.lists or None,
            threshold=form.threshold,
            allow_stale=question.allow_stale,
            budget=state_of(request).settings.limits.row_budget(),
        ),
        schema=form.schema,
        date_order=form.date_order,
        header=_HEADER[form.header],
        columns=_columns(form.map),
        format=form.format,
        created_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        owner=owner_of(request),
    )


def _columns(wishes: Sequence[str]) -> dict[str, str]:
    try:
        return dict(map(parse_wish, wishes))
    except InputError as error:
        raise ProblemError(
            422, error.what, field="map", hint=error.hint.removeprefix("--map ")
        ) from error


async def _chunks(upload: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await upload.read(_CHUNK):
        yield chunk


def payment_job(
    state: State,
    channel: Channel,
    as_of: str | None,
    known_at: str | None,
    *,
    owner: str,
    ownership: StakesFile | None = None,
) -> JobRequest:
    """Return the job of a file of payment messages, with both clocks settled now.

    Raises:
        InputError: the question cannot be understood.
    """
    served = state.engines.current
    question = served.engine.scope(
        as_of, known_at, channel.authorities, channel.lists or None, served.allow_stale
    ).question
    policy = state.settings.payment_policy
    return JobRequest(
        file="",
        snapshot=str(served.snapshot.folder),
        query=ScreenArguments(
            as_of=str(question.as_of),
            known_at=str(question.known_at),
            allow_stale=question.allow_stale,
        ),
        format="jsonl",
        created_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        owner=owner,
        payments=PaymentJob(channel.name, str(policy) if policy else None, ownership),
    )
