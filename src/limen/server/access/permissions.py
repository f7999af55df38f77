"""Check that a request may do what it does, and how often.

No key is needed where only this machine can reach the server: it is bound to loopback, no key
exists, and no proxy is in between. Everywhere else every request carries a key, in
``Authorization: ApiKey …``, ``Authorization: Bearer …`` or ``?api_key=`` (``?token=`` to
``/updatez``, as in yente); a browser signs in with one and gets a cookie.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from hashlib import blake2b
from hmac import compare_digest
from typing import Any

from fastapi import Depends, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from limen.server.access.keys import ApiKey, Right
from limen.server.http.problems import ProblemError
from limen.server.service.saved_questions import secret_key
from limen.server.settings import Settings
from limen.server.state import State, state_of

COOKIE = "limen_session"
#: A working day.
SESSION_SECONDS = 8 * 3600
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
    if is_open(state, request):
        return
    key = _key_of(request, state)
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


def _key_of(request: Request, state: State) -> ApiKey | None:
    secret = _given(request)
    if secret:
        return state.keys.find(secret)
    return _of_session(request.cookies.get(COOKIE, ""), state)


def open_session(key: ApiKey, settings: Settings) -> str:
    """Return the value of a cookie that replaces a key for ``SESSION_SECONDS``."""
    until = str(int(time.time()) + SESSION_SECONDS)
    return f"{key.name}:{until}:{_seal(key, until, settings)}"


def _of_session(cookie: str, state: State) -> ApiKey | None:
    name, _, rest = cookie.partition(":")
    until, _, seal = rest.partition(":")
    key = state.keys.named(name) if name else None
    if key is None or not until.isdigit() or int(until) < time.time():
        return None
    return key if compare_digest(seal, _seal(key, until, state.settings)) else None


def _seal(key: ApiKey, until: str, settings: Settings) -> str:
    secret = secret_key(settings.folder / "questions")
    text = f"{key.name}:{key.sha256}:{until}".encode()
    return blake2b(text, key=secret, digest_size=20).hexdigest()


def refuse_foreign_form(request: Request) -> None:
    """Refuse a form that a page of another site has sent.

    Raises:
        ProblemError: 403.
    """
    if request.headers.get("sec-fetch-site", "none") in ("cross-site", "same-site"):
        raise ProblemError(403, "another site's page sent this form")
