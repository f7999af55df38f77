"""Sign in with a name and a password, or with an API key: a cookie replaces them for some hours."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from limen.model import RightsError
from limen.server.access.caller import COOKIE
from limen.server.access.permissions import set_cookie
from limen.server.http.problems import ProblemError
from limen.server.pages.view.templates import sign_in_page
from limen.server.state import State, state_of

router = APIRouter()

_Text = Annotated[str, Form(max_length=1_000)]
_Key = Annotated[str, Form(max_length=200)]


@router.get("/sign-in")
async def form(request: Request) -> Response:
    """Draw the form."""
    return sign_in_page(request, status=200)


@router.post("/sign-in")
async def sign_in(
    request: Request, name: _Text = "", password: _Text = "", key: _Key = "", then: _Text = "/"
) -> Response:
    """Check a password or a key, set the cookie, and go on to the page before."""
    state = state_of(request)
    try:
        token = _by_key(state, key) if key else await _by_password(state, name.strip(), password)
    except ProblemError as error:
        if not request.headers.get("accept", "").startswith("text/html"):
            raise
        return sign_in_page(request, error.detail, status=error.status, then=_own_page(then))
    reply = RedirectResponse(_own_page(then), 303)
    set_cookie(request, reply, token)
    return reply


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session on the server, remove its cookie, and redirect to the first page."""
    state_of(request).sessions.close(request.cookies.get(COOKIE, ""))
    reply = RedirectResponse("/", 303)
    reply.delete_cookie(COOKIE)
    return reply


def _by_key(state: State, key: str) -> str:
    api_key = state.keys.find(key.strip())
    if api_key is None:
        raise ProblemError(401, "This server does not know that key.", field="key")
    return state.sessions.open(api_key.sha256)


async def _by_password(state: State, name: str, password: str) -> str:
    cases = state.cases.cases
    try:
        async with state.cases.sign_ins:
            person = await asyncio.to_thread(cases.sign_in, name, password)
    except RightsError as error:
        why = f": {error.why}" if error.why else ""
        raise ProblemError(401, f"{error.what}{why}", field="password") from error
    secret = await asyncio.to_thread(cases.secret_of, person.name)
    return state.sessions.open(user=person.name, secret=secret)


def _own_page(then: str) -> str:
    """Return an address of this server; the first page for any other."""
    return then if then.startswith("/") and not then.startswith(("//", "/\\")) else "/"
