"""Sign in with an API key: a cookie replaces the key for some hours."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from limen.server.access.permissions import (
    COOKIE,
    SESSION_SECONDS,
    open_session,
    refuse_foreign_form,
)
from limen.server.http.problems import ProblemError
from limen.server.state import state_of

router = APIRouter()


@router.post("/sign-in")
async def sign_in(request: Request, key: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Check a key, set the cookie, and redirect to the first page."""
    refuse_foreign_form(request)
    state = state_of(request)
    api_key = state.keys.find(key.strip())
    if api_key is None:
        raise ProblemError(401, "This server does not know that key.", field="key")
    reply = RedirectResponse("/", 303)
    reply.set_cookie(
        COOKIE,
        open_session(api_key, state.settings),
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return reply


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Remove the cookie, and redirect to the first page."""
    refuse_foreign_form(request)
    reply = RedirectResponse("/", 303)
    reply.delete_cookie(COOKIE)
    return reply
