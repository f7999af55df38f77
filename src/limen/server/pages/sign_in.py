"""Sign in with an API key: a cookie replaces the key for some hours."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from limen.server.access.permissions import COOKIE, set_cookie
from limen.server.http.problems import ProblemError
from limen.server.state import state_of

router = APIRouter()


@router.post("/sign-in")
async def sign_in(request: Request, key: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Check a key, set the cookie, and redirect to the first page."""
    state = state_of(request)
    api_key = state.keys.find(key.strip())
    if api_key is None:
        raise ProblemError(401, "This server does not know that key.", field="key")
    reply = RedirectResponse("/", 303)
    set_cookie(request, reply, state.sessions.open(api_key.sha256))
    return reply


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session on the server, remove its cookie, and redirect to the first page."""
    state_of(request).sessions.close(request.cookies.get(COOKIE, ""))
    reply = RedirectResponse("/", 303)
    reply.delete_cookie(COOKIE)
    return reply
