"""Find who sends a request: an API key, a person who signed in, or a person a proxy names.

A proxy that signs people in (OpenID Connect) names them in a header. It is believed from the
addresses of that proxy alone; a request that has the header and comes from elsewhere is refused.
"""

from __future__ import annotations

import asyncio
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, NamedTuple

from fastapi import Request

from limen.server.access.keys import RIGHTS, ApiKey, Right
from limen.server.http.problems import ProblemError
from limen.server.settings import Network
from limen.server.state import State

if TYPE_CHECKING:
    from limen.cases.people import Person

COOKIE = "limen_session"
#: How owners begin: of what was made with a key, and of what a person made.
KEY_OWNER, USER_OWNER = "key:", "user:"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Caller(NamedTuple):
    """Represents who sends a request, and what they may do.

    ``owner`` is under which what they make is stored; ``name`` that of the key or the person.
    """

    owner: str
    name: str
    rights: frozenset[Right]


def given_key(request: Request) -> str:
    """Return the API key of a request; empty where it has none."""
    header = request.headers.get("authorization", "")
    scheme, _, value = header.partition(" ")
    if scheme.lower() in ("apikey", "bearer") and value:
        return value.strip()
    query = request.query_params
    return query.get("api_key") or query.get("token", "")


async def find_caller(request: Request, state: State) -> Caller | None:
    """Return who sends a request; ``None`` where nothing names them.

    Raises:
        ProblemError: the header of a proxy comes from elsewhere, or names no account.
    """
    if name := _named_by_proxy(request, state):
        _check_own_page(request)
        return _of_person(await asyncio.to_thread(state.cases.cases.person, name))
    secret = given_key(request)
    if secret:
        return _of_key(state.keys.find(secret))
    session = state.sessions.find(request.cookies.get(COOKIE, ""))
    if session is None or not session.user:
        return _of_key(state.keys.hashed(session.key)) if session else None
    person = await asyncio.to_thread(state.cases.cases.signed_in, session.user, session.secret)
    if person is None:
        return None
    _check_own_page(request)
    return _of_person(person)


def _of_key(key: ApiKey | None) -> Caller | None:
    if key is None:
        return None
    rights = frozenset(right for right in RIGHTS if key.may(right))
    return Caller(f"{KEY_OWNER}{key.sha256}", key.name, rights)


def _of_person(person: Person) -> Caller:
    """Return a person as a caller: lists and laws are for whoever has any role."""
    rights: set[Right] = {"read"} if person.roles else set()
    rights |= {right for right in RIGHTS if right in person.roles}
    return Caller(f"{USER_OWNER}{person.name}", person.name, frozenset(rights))


def _named_by_proxy(request: Request, state: State) -> str:
    settings = state.settings
    values = request.headers.getlist(settings.user_header) if settings.user_header else []
    if not values:
        return ""
    if len(values) > 1 or not is_trusted(request, settings.proxies):
        raise ProblemError(
            403,
            "the header that names a person does not come from the proxy alone",
            field=settings.user_header,
            why="whoever can reach this server could act in any name",
            hint="let the proxy remove it from what it receives; limen serve --trust-proxy ADDRESS",
        )
    return values[0].strip()


def is_trusted(request: Request, proxies: tuple[Network, ...]) -> bool:
    """Return whether a request comes from the address of a proxy."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in proxies)


def _check_own_page(request: Request) -> None:
    """Refuse to change anything for a person unless the browser says that our own page asks.

    Pages of other sites are refused before (``limen.server.http.middleware``); this refuses what
    does not say where it comes from, because a cookie or a proxy's session is sent with it anyway.
    """
    headers = request.headers
    if request.method in _SAFE or "origin" in headers:
        return
    if headers.get("sec-fetch-site") not in ("same-origin", "none"):
        raise ProblemError(
            403,
            "the browser does not say which page sent this request",
            field="Origin",
            why="another site could act in your name",
            hint="use a current browser; programs send an API key",
        )
