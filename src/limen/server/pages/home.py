"""Draw the first page: the box for a question, and the ages of the lists."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from limen.server.pages.view.templates import page
from limen.server.service.saved_questions import ADDRESS, TEXT

router = APIRouter()

#: Kinds offered in the box; the API accepts every schema.
KINDS = {
    "Thing": "any party",
    "Person": "a person",
    "Organization": "an organisation",
    "Company": "a company",
    "Vessel": "a vessel",
    "Airplane": "an aircraft",
    "CryptoWallet": "a wallet",
    ADDRESS: "an address",
    TEXT: "a text to read",
}


@router.get("/")
async def home(request: Request) -> HTMLResponse:
    """Draw the first page."""
    return page(request, "home.html", kinds=KINDS, form={}, error=None)
