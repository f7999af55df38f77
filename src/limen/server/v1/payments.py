"""``/v1/payments``: screen a payment message; a large one, or a form's file, becomes a job."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec import Meta
from starlette.datastructures import UploadFile

from limen.law.ownership.stakes_file import Stakes
from limen.payment_screening.payment_answer import (
    SCHEMA_VERSION,
    MessageAnswer,
    PaymentAnswer,
    message_answer,
)
from limen.payments import read_payment_bytes
from limen.server.access.permissions import direct, owner_of
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query, refuse_unknown
from limen.server.http.request_body import decode
from limen.server.jobs.job_files import StakesFile
from limen.server.jobs.submission import payment_job
from limen.server.metrics import LATENCY, PAYMENTS
from limen.server.service.payment_service import engine_for_payments
from limen.server.state import State, state_of
from limen.server.v1.query import StakeBody, stakes_of

router = APIRouter(prefix="/v1", tags=["v1"], route_class=direct("screen"))

#: Bytes of the largest body that is answered at once: some fifty transactions, a fifth of a second
#: in which the worker answers nothing else.
INLINE = 128 << 10
#: Bytes of the largest file of stakes: some ten thousand.
_STAKES_MOST = 1 << 20
#: Transactions that are answered in one go; then other requests have their turn.
_IN_A_ROW = 4


Seconds = Annotated[float, Meta(gt=0)]


class PaymentOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents the options of a payment's screening."""

    channel: Annotated[str | None, Meta(description="A channel of the policy; its default.")] = None
    seconds: Annotated[
        Seconds | None,
        Meta(description="The time it may take: what is not answered then is a hold."),
    ] = None
    as_of: Annotated[str | None, Meta(description="When it must have applied; today.")] = None
    known_at: Annotated[
        str | None, Meta(description="When it must have been known; everything there is.")
    ] = None


class PaymentBody(PaymentOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents a message as a JSON text, with its options."""

    message: Annotated[str, Meta(description="ISO 20022 or MT, as it was received.", min_length=1)]
    ownership: Annotated[
        tuple[StakeBody, ...], Meta(description="Who owns whom: what listed parties own is found.")
    ] = ()


_BODY = msgspec.json.Decoder(PaymentBody)
_EXAMPLE = {
    "message": "{1:F01ANBTUS44XXXX0000000000}{2:I103HNBAUS51XXXXN}{4:\n:20:REF1\n"
    ":32A:260717USD100,\n:50K:/1234567\nSERGEY AKSYONOV\nSIMFEROPOL\n:59:JOHN MILLER\n"
    ":71A:SHA\n-}",
    "channel": "default",
    "seconds": 2,
}


@router.post(
    "/payments",
    openapi_extra=request_doc(PaymentOptions, body=PaymentBody, example=_EXAMPLE),
    responses=response_docs(MessageAnswer, 400, 413, 422),
    summary="Screen a payment message",
)
async def payments(request: Request) -> Response:
    """Return pass, hold or reject for each transaction, with every screened element.

    The body is the message itself (XML or FIN, with the options in the query string), or JSON. A
    form's file (with ``ownership``, a CSV file of stakes), and a message of more than 128 kB,
    becomes a job: 202, with its address in ``Location``.
    """
    state = state_of(request)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    in_body = media in ("multipart/form-data", "application/json")
    refuse_unknown(request, None if in_body else PaymentOptions)
    if media == "multipart/form-data":
        return await _job_of_form(request)
    stream = request.stream().__aiter__()
    first = await _first(stream)
    if media == "application/json":
        if len(first) > INLINE:
            raise ProblemError(
                413, f"a message in JSON has at most {INLINE:,} bytes", field="body",
                hint="send the message itself as the body, or as a form's file",
            )  # fmt: skip
        body = decode(first, _BODY)
        stakes = stakes_of(body.ownership)
        return await _answered(state, body.message.encode("utf-8", "replace"), body, stakes)
    options = read_query(request, PaymentOptions)
    if len(first) > INLINE:
        return await _job(request, "message", _chained(first, stream), options)
    return await _answered(state, first, options)


async def screen_message(
    state: State, data: bytes, options: PaymentOptions, ownership: Stakes | None = None
) -> MessageAnswer:
    """Screen the messages of a body, in turn with other requests.

    Raises:
        InputError: an option cannot be understood.
        ProblemError: 422, the body is empty.
    """
    if not data.strip():
        raise ProblemError(422, "the body is empty", field="body", hint="send a payment message")
    served = state.engines.current
    engine = await engine_for_payments(served)
    limits = state.settings.limits
    budget = limits.budget()
    if options.seconds is not None:
        seconds = min(options.seconds, limits.seconds)
        budget = msgspec.structs.replace(
            budget, seconds=seconds, deadline=time.monotonic() + seconds
        )
    answers: list[PaymentAnswer] = []
    started = time.perf_counter()
    for answer in engine.screen_payments(
        read_payment_bytes(data), policy=state.policy, channel=options.channel,
        as_of=options.as_of, known_at=options.known_at, allow_stale=served.allow_stale,
        ownership=ownership, budget=budget,
    ):  # fmt: skip
        answers.append(answer)
        PAYMENTS.labels("api", answer.decision).inc()
        if len(answers) % _IN_A_ROW == 0:
            await asyncio.sleep(0)
    LATENCY.labels("payments").observe(time.perf_counter() - started)
    return message_answer(answers)


async def _answered(
    state: State, data: bytes, options: PaymentOptions, ownership: Stakes | None = None
) -> Response:
    answer = await screen_message(state, data, options, ownership)
    wire = {"schema_version": SCHEMA_VERSION, **msgspec.structs.asdict(answer)}
    return Response(
        msgspec.json.encode(wire),
        media_type="application/json",
        headers={"screening-snapshot": state.engines.current.manifest.id},
    )


async def _first(stream: AsyncIterator[bytes]) -> bytes:
    """Return the body, or what is read of it once it is larger than what is answered at once."""
    read = bytearray()
    async for chunk in stream:
        read += chunk
        if len(read) > INLINE:
            break
    return bytes(read)


async def _chained(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in rest:
        yield chunk


async def _job_of_form(request: Request) -> Response:
    try:
        async with request.form(max_files=2, max_fields=10) as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile) or not upload.filename:
                raise ProblemError(422, "the form has no file", field="file", hint="-F file=@x.xml")
            given = {
                name: value
                for name, value in form.multi_items()
                if isinstance(value, str) and value and name != "file"
            }
            try:
                options = msgspec.convert(given, PaymentOptions, strict=False)
            except msgspec.ValidationError as error:
                raise ProblemError(422, str(error).replace("`", ""), field="form") from error
            stakes = await _stakes(form.get("ownership"))
            return await _job(request, upload.filename, _chunks(upload), options, stakes)
    except (AssertionError, UnicodeError) as error:
        raise ProblemError(400, "the body is not a form", field="body") from error


async def _stakes(part: UploadFile | str | None) -> StakesFile | None:
    """Return the file of stakes of a form.

    Raises:
        ProblemError: 413, it is too large; 422, it is no file.
        InputError: it holds what cannot be, with its line.
    """
    if part is None:
        return None
    if not isinstance(part, UploadFile) or not part.filename:
        raise ProblemError(
            422, "ownership is no file", field="ownership", hint="-F ownership=@stakes.csv"
        )
    raw = await part.read(_STAKES_MOST + 1)
    if len(raw) > _STAKES_MOST:
        raise ProblemError(
            413, f"a file of stakes has at most {_STAKES_MOST:,} bytes", field="ownership"
        )
    Stakes.of(raw, part.filename)
    return StakesFile(part.filename, raw)


async def _chunks(upload: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await upload.read(1 << 20):
        yield chunk


async def _job(
    request: Request,
    file: str,
    chunks: AsyncIterator[bytes],
    options: PaymentOptions,
    stakes: StakesFile | None = None,
) -> Response:
    """Store a file and start its job.

    Raises:
        ProblemError: 422, with ``seconds``: each transaction of a job has those of its channel.
    """
    if options.seconds is not None:
        raise ProblemError(
            422, "a job has no time of its own: each transaction has the seconds of its channel",
            field="seconds", hint=f"leave it out, or send at most {INLINE:,} bytes as the body",
        )  # fmt: skip
    state = state_of(request)
    channel = state.policy.channel(options.channel)
    job = payment_job(
        state, channel, options.as_of, options.known_at, owner=owner_of(request), ownership=stakes
    )
    name = await state.jobs.take(file, chunks, lambda safe: msgspec.structs.replace(job, file=safe))
    return Response(
        msgspec.json.encode({"id": name, "results": f"/v1/jobs/{name}/results"}),
        202,
        headers={"Location": f"/v1/jobs/{name}", "Retry-After": "1"},
        media_type="application/json",
    )
