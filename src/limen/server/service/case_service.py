"""Use the case store for a request, as the person that its API key names.

A request's API key names the person: the key ``anna`` is the account ``anna`` of the case store. On
a server that needs no key cases can be read, and no one can decide.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from fastapi import Request

from limen.model import RightsError
from limen.server.access.permissions import owner_of
from limen.server.state import state_of

if TYPE_CHECKING:
    from limen.cases.cases import Cases
    from limen.cases.people import Person, Role

_T = TypeVar("_T")
_KEY = "key:"


async def with_cases(request: Request, work: Callable[[Cases], _T]) -> _T:
    """Do something with the store, in a thread: a decision waits for the disk."""
    store = state_of(request).cases
    return await asyncio.to_thread(lambda: work(store.cases))


def person_of(request: Request, cases: Cases) -> Person:
    """Return who decides.

    Raises:
        RightsError: the request has no key, or no account has its name.
    """
    owner = owner_of(request)
    key = (
        state_of(request).keys.hashed(owner.removeprefix(_KEY)) if owner.startswith(_KEY) else None
    )
    if key is None:
        raise RightsError(
            "no one is named: the request has no API key",
            where="Authorization",
            hint="`limen keys add NAME` makes a key for the account NAME of `limen cases users`",
        )
    return cases.person(key.name)


def check_reader(request: Request, cases: Cases, role: Role = "read") -> None:
    """Refuse a request that may not see cases.

    Raises:
        RightsError: the person has no role for it.
    """
    if owner_of(request).startswith(_KEY):
        person_of(request, cases).need(role, "see cases")
