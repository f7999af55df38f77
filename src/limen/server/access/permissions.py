"""Check that a request may do what it does, and how often.

No key is needed where only this machine can reach the server: it is bound to loopback, no key
exists, and no proxy is in between. Everywhere else every request carries a key, in
``Authorization: ApiKey …``, ``Authorization: Bearer …`` or ``?api_key=`` (``?token=`` to
``/updatez``, as in yente); a browser signs in with one and gets the cookie of a session. Requests
from pages of other sites are refused before, by ``limen.server.http.middleware``.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Depends, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from limen.server.access.keys import ApiKey, Right
from limen.server.access.sessions import SESSION_SECONDS, session_name
from limen.server.http.problems import ProblemError
from limen.server.state import State, state_of

COOKIE = "limen_session"
#: How the owner of what was made with a key begins.
_KEY = "key:"
_CHALLENGE = {"WWW-Authenticate": "ApiKey"}
#: Headers that only a proxy adds: the caller may be on another machine.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def needs(right: Right) -> Any:
    """Return a dependency that refuses requests without a right."""

    async def check(request: Request) -> None:
        _check(request, right)

    return Depends(check)


def direct(right: Right) -> type[APIRoute]:
    """Return a class of routes with endpoints that take a request and return a response.

    The framework resolves no parameters on them: on the busiest routes that took a quarter of
    the server's own time.
    """

    class Direct(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            endpoint = self.endpoint

            async def handle(request: Request) -> Response:
                _check(request, right)
                response: Response = await endpoint(request)
                return response

            return handle

    return Direct


def _check(request: Request, right: Right) -> None:
    state = state_of(request)
    token = request.cookies.get(COOKIE, "")
    if is_open(state, request):
        session = state.sessions.find(token)
        request.state.owner = f"session:{session_name(token)}" if session else ""
        return
    key = _key_of(request, state, token)
    if key is None:
        raise ProblemError(
            401,
            "No API key provided." if not _given(request) else "Invalid API key.",
            field="Authorization",
            hint="Authorization: ApiKey KEY; `limen keys add NAME` makes one",
            headers=_CHALLENGE,
        )
    if not key.may(right):
        raise ProblemError(
            403,
            f"the key has the right {key.right}, and {right} is needed",
            field="Authorization",
            hint=f"limen keys add NAME --right {right}",
        )
    wait = state.buckets.take(key.name)
    if wait:
        raise ProblemError(
            429,
            f"more than {state.settings.rate:g} requests a second",
            hint="wait, or send parties in batches",
            headers={"Retry-After": str(max(1, round(wait)))},
        )
    request.state.owner = f"{_KEY}{key.sha256}"


def is_open(state: State, request: Request) -> bool:
    """Return whether only this machine can reach the server, so that no key is needed."""
    if not state.settings.on_loopback or any(name in request.headers for name in _FORWARDED):
        return False
    return not state.keys.all()


def _given(request: Request) -> str:
    header = request.headers.get("authorization", "")
    scheme, _, value = header.partition(" ")
    if scheme.lower() in ("apikey", "bearer") and value:
        return value.strip()
    query = request.query_params
    return query.get("api_key") or query.get("token", "")


def _key_of(request: Request, state: State, token: str) -> ApiKey | None:
    secret = _given(request)
    if secret:
        return state.keys.find(secret)
    session = state.sessions.find(token)
    return state.keys.hashed(session.key) if session else None


def owner_of(request: Request) -> str:
    """Return who a request comes from: its key or its session, empty where it has neither.

    What one owner has asked or uploaded no other can see.
    """
    owner: str = request.state.owner
    return owner


def has_key(request: Request) -> bool:
    """Return whether a request was let in by a key."""
    return owner_of(request).startswith(_KEY)


def may_see(request: Request, owner: str) -> bool:
    """Return whether a request may see what an owner has.

    What was made where no key is needed and without a session, as by a program on this machine,
    belongs to whoever knows its unguessable name, as long as no key is needed.
    """
    return owner == owner_of(request) or (not owner and not has_key(request))


def begin_session(request: Request) -> None:
    """Begin a session for a browser that has none, so that what it sends belongs to it."""
    if not owner_of(request):
        token = state_of(request).sessions.open()
        request.state.token = token
        request.state.owner = f"session:{session_name(token)}"


def with_session(request: Request, reply: Response) -> Response:
    """Give a browser the cookie of the session that this request began, if it did."""
    if token := getattr(request.state, "token", ""):
        set_cookie(request, reply, token)
    return reply


def set_cookie(request: Request, reply: Response, token: str) -> None:
    """Give a browser the cookie of a session."""
    reply.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
