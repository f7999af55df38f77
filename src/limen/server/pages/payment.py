"""Draw a payment message: every screened element marked in it, and what was found next to it."""

from __future__ import annotations

from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData, UploadFile

from limen.model import LimenError
from limen.render.payment_message import gravest_first, marked_message, numbered
from limen.server.http.problems import ProblemError, problem_of
from limen.server.pages.view.templates import page
from limen.server.state import state_of
from limen.server.v1.payments import INLINE, PaymentOptions, screen_message

router = APIRouter()

#: Bytes drawn of a long message, and transactions listed, so that the page stays light.
_MOST_DRAWN, _MOST_LISTED = 60_000, 50
_EMPTY = PaymentOptions()


@router.get("/pay")
async def form(request: Request) -> HTMLResponse:
    """Draw the form for a message."""
    return _form(request, "", _EMPTY, None)


@router.post("/pay")
async def take(request: Request) -> HTMLResponse:
    """Screen a message; nothing of it is saved."""
    text, options = "", _EMPTY
    try:
        async with request.form(max_files=1, max_fields=10) as fields:
            text = str(fields.get("message") or "")
            options = _options(fields)
            data = await _message(fields)
        answer = await screen_message(state_of(request), data, options)
    except (AssertionError, UnicodeError):
        problem = ProblemError(400, "the body is not a form", field="body")
        return _form(request, text, options, problem)
    except (ProblemError, LimenError) as error:
        problem = error if isinstance(error, ProblemError) else problem_of(error)
        return _form(request, text, options, problem)
    elements = numbered(answer.transactions)
    return page(
        request,
        "pay.html",
        answer=answer,
        listed=answer.transactions[:_MOST_LISTED],
        hidden=max(0, len(answer.transactions) - _MOST_LISTED),
        text=marked_message(data, elements, most=_MOST_DRAWN),
        found=gravest_first(elements),
        total=len(elements),
        party_link=lambda party: f"/parties/{quote(party, safe=':')}",
    )


def _form(
    request: Request, text: str, options: PaymentOptions, error: ProblemError | None
) -> HTMLResponse:
    policy = state_of(request).policy
    return page(
        request,
        "pay_form.html",
        status=error.status if error else 200,
        channels=policy.channels,
        chosen=options.channel or policy.default_channel,
        as_of=options.as_of or "",
        message=text,
        error=error,
    )


def _options(fields: FormData) -> PaymentOptions:
    given = {name: fields.get(name) for name in ("channel", "as_of", "known_at")}
    chosen = {name: value for name, value in given.items() if isinstance(value, str) and value}
    return msgspec.convert(chosen, PaymentOptions)


async def _message(fields: FormData) -> bytes:
    """Return the file of a form, or the text that was pasted.

    Raises:
        ProblemError: 413, it is too large to be answered at once.
    """
    upload = fields.get("file")
    data = str(fields.get("message") or "").encode("utf-8", "replace")
    if isinstance(upload, UploadFile) and upload.filename:
        data = await upload.read(INLINE + 1)
    if len(data) > INLINE:
        raise ProblemError(
            413, f"the message is larger than {INLINE:,} bytes", field="message",
            hint="send it to /v1/payments, or use `limen pay`",
        )  # fmt: skip
    return data
