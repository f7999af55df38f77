"""``/v1/webhooks``: where events are sent, for who has the role admin."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.request_body import read_json
from limen.server.service.case_service import json_reply, person_of, with_cases

router = APIRouter(prefix="/v1", tags=["cases"])

_WEBHOOK = {"webhook": "W-0123456789ab"}


class WebhookBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents a webhook for events of which the type begins with one of ``events``; or all."""

    url: str
    events: tuple[str, ...] = ()


_WEBHOOK_BODY = msgspec.json.Decoder(WebhookBody)


@router.get("/webhooks", responses=response_docs(None, 403), summary="Webhooks")
async def webhooks(request: Request) -> Response:
    """Return all webhooks without their secrets, with how many events wait for each."""
    from limen.cases.exchange.webhooks import list_webhooks

    def run(cases: Any) -> Any:
        person_of(request, cases).need("admin", "see webhooks")
        return list_webhooks(cases)

    return json_reply({"webhooks": await with_cases(request, run)})


@router.post(
    "/webhooks",
    openapi_extra=request_doc(
        body=WebhookBody, example={"url": "https://example.org/hook", "events": ["alert.opened"]}
    ),
    responses=response_docs(None, 400, 403, 422),
    summary="Add a webhook",
)
async def add(request: Request) -> Response:
    """Add a webhook; its secret is in this reply and in no other."""
    from limen.cases.exchange.webhooks import add_webhook

    body = await read_json(request, _WEBHOOK_BODY)

    def run(cases: Any) -> Any:
        return add_webhook(cases, body.url, body.events, person_of(request, cases))._asdict()

    return json_reply(await with_cases(request, run))


@router.post(
    "/webhooks/deliver", responses=response_docs(None, 403), summary="Send the events that are due"
)
async def deliver(request: Request) -> Response:
    """Send what is due, in the order of the chain; for a timer."""
    from limen.cases.exchange.webhooks import deliver as send

    def run(cases: Any) -> Any:
        person_of(request, cases).need("admin", "send events")
        return send(cases)._asdict()

    return json_reply(await with_cases(request, run))


@router.delete(
    "/webhooks/{webhook}",
    openapi_extra=request_doc(path=_WEBHOOK),
    responses=response_docs(None, 403, 422, status=204),
    status_code=204,
    summary="End a webhook",
)
async def end(request: Request, webhook: str) -> Response:
    """End a webhook; what waits for it is not sent."""
    from limen.cases.exchange.webhooks import end_webhook

    await with_cases(request, lambda cases: end_webhook(cases, webhook, person_of(request, cases)))
    return Response(None, 204)
