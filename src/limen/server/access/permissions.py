"""Check that a request may do what it does, and how often.

No key is needed where only this machine can reach the server: it is bound to loopback, no key
exists, and no proxy is in between. Everywhere else every request carries a key, in
``Authorization: ApiKey …``, ``Authorization: Bearer …`` or ``?api_key=`` (``?token=`` to
``/updatez``, as in yente), or is of a person: a browser signs in with a name and a password, or
with a key, and gets the cookie of a session. Requests from pages of other sites are refused
before, by ``limen.server.http.middleware``.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Depends, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from limen.server.access.caller import (
    COOKIE,
    KEY_OWNER,
    USER_OWNER,
    Caller,
    find_caller,
    given_key,
)
from limen.server.access.keys import Right
from limen.server.access.sessions import SESSION_SECONDS, session_name
from limen.server.http.problems import ProblemError
from limen.server.state import State, state_of

_CHALLENGE = {"WWW-Authenticate": "ApiKey"}
#: Headers that only a proxy adds: the caller may be on another machine.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def needs(right: Right) -> Any:
    """Return a dependency that refuses requests without a right."""

    async def check(request: Request) -> None:
        await _check(request, right)

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
                await _check(request, right)
                response: Response = await endpoint(request)
                return response

            return handle

    return Direct


async def _check(request: Request, right: Right) -> None:
    state = state_of(request)
    caller = await find_caller(request, state)
    if caller is not None:
        _admit(state, caller, right)
        request.state.owner, request.state.caller = caller.owner, caller.name
        return
    if not is_open(state, request):
        raise ProblemError(
            401,
            "No API key provided." if not given_key(request) else "Invalid API key.",
            field="Authorization",
            hint="Authorization: ApiKey KEY; `limen keys add NAME` makes one",
            headers=_CHALLENGE,
        )
    token = request.cookies.get(COOKIE, "")
    known = state.sessions.find(token) is not None
    request.state.owner = f"session:{session_name(token)}" if known else ""


def _admit(state: State, caller: Caller, right: Right) -> None:
    """Refuse a caller without a right, and one that sends too much.

    Raises:
        ProblemError: 403 or 429.
    """
    if right not in caller.rights:
        has = ", ".join(sorted(caller.rights)) or "none"
        raise ProblemError(
            403,
            f"{right} is needed, and the rights of {caller.name} are: {has}",
            field="Authorization",
            hint=f"limen keys add NAME --right {right}, or limen cases users change NAME --role",
        )
    wait = state.buckets.take(caller.owner)
    if wait:
        raise ProblemError(
            429,
            f"more than {state.settings.rate:g} requests a second",
            hint="wait, or send parties in batches",
            headers={"Retry-After": str(max(1, round(wait)))},
        )


def is_open(state: State, request: Request) -> bool:
    """Return whether only this machine can reach the server, so that no key is needed."""
    settings = state.settings
    if not settings.on_loopback or settings.proxies:
        return False
    if any(name in request.headers for name in _FORWARDED):
        return False
    return not state.keys.all()


def owner_of(request: Request) -> str:
    """Return who a request comes from: a key, a person, a session; empty where it has none.

    What one owner sends no other can see.
    """
    owner: str = request.state.owner
    return owner


def has_key(request: Request) -> bool:
    """Return whether a request was let in by a key."""
    return owner_of(request).startswith(KEY_OWNER)


def is_named(request: Request) -> bool:
    """Return whether a request was let in by a key, or as a person."""
    return owner_of(request).startswith((KEY_OWNER, USER_OWNER))


def user_of(request: Request) -> str:
    """Return the name of the person who signed in; empty where none did."""
    owner: str = getattr(request.state, "owner", "")
    return owner.removeprefix(USER_OWNER) if owner.startswith(USER_OWNER) else ""


def may_see(request: Request, owner: str) -> bool:
    """Return whether a request may see what an owner has.

    What was made where no key is needed and without a session, as by a program on this machine,
    belongs to whoever knows its unguessable name, as long as no key is needed.
    """
    return owner == owner_of(request) or (not owner and not is_named(request))


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
    """Give a browser the cookie of a session; one that began by TLS is sent by TLS alone."""
    reply.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure="https" in (request.url.scheme, request.headers.get("x-forwarded-proto")),
    )
