"""Use the case store for a request, as the person that it names.

A person signs in at the browser, or a proxy names them; an API key names the account of its own
name: the key ``anna`` is the account ``anna``. Where no key is needed and there is no account yet,
cases can be read, and no one can decide.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import msgspec
from fastapi import Request
from fastapi.responses import Response

from limen.server.access.caller import KEY_OWNER, USER_OWNER
from limen.server.access.permissions import is_named, owner_of
from limen.server.http.problems import ProblemError
from limen.server.state import state_of

if TYPE_CHECKING:
    from limen.cases.cases import Cases
    from limen.cases.people import Person, Role

_T = TypeVar("_T")


async def with_cases(request: Request, work: Callable[[Cases], _T]) -> _T:
    """Do something with the store, in a thread: a decision waits for the disk."""
    store = state_of(request).cases
    return await asyncio.to_thread(lambda: work(store.cases))


def person_of(request: Request, cases: Cases) -> Person:
    """Return who decides.

    Raises:
        ProblemError: 401, the request names no one.
        RightsError: no account has the name.
    """
    owner = owner_of(request)
    if owner.startswith(USER_OWNER):
        return cases.person(owner.removeprefix(USER_OWNER))
    key = state_of(request).keys.hashed(owner.removeprefix(KEY_OWNER))
    if not owner.startswith(KEY_OWNER) or key is None:
        raise ProblemError(
            401,
            "no one is named: sign in, or send an API key",
            field="Authorization",
            hint="`limen cases users add NAME` adds an account, `limen keys add NAME` a key for it",
        )
    return cases.person(key.name)


def check_reader(request: Request, cases: Cases, role: Role = "read") -> None:
    """Refuse a request that may not see cases.

    Raises:
        ProblemError: 401, there are accounts and the request names no one.
        RightsError: the person has no role for it.
    """
    if is_named(request) or cases.has_accounts():
        person_of(request, cases).need(role, "see cases")


def json_reply(value: object) -> Response:
    """Return a value as a response."""
    return Response(msgspec.json.encode(value), media_type="application/json")
