"""Write every request that screened into the chain of the case store, where the operator wants it.

An event has the caller, by which route, when, on which snapshot, and the SHA-256 of the response's
body: whoever holds an answer can show that it was given. It has no name of whom was screened. A
response ends only once its event is stored; where that fails, the answer is refused.
"""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from limen.model import LimenError
from limen.server.http.error_handlers import problem_response
from limen.server.http.problems import problem_of

if TYPE_CHECKING:
    from limen.server.service.case_store import CaseStore

#: What the events are about: no row of a table.
ABOUT = "screening"
#: Routes of which the response says something about a party, a payment, a place or a text.
ROUTES = frozenset(
    {
        "GET /answers/{name}", "GET /answers/{name}.json", "GET /answers/{name}.svg",
        "GET /jobs/{job}", "GET /jobs/{job}/selected.csv", "GET /reconcile/{dataset}",
        "GET /search/{dataset}", "GET /v1/jobs/{job}/results", "POST /jobs/{job}/answer",
        "POST /match/{dataset}", "POST /pay", "POST /read", "POST /reconcile/{dataset}",
        "POST /v1/between", "POST /v1/jobs", "POST /v1/locate", "POST /v1/payments",
        "POST /v1/read", "POST /v1/replay", "POST /v1/screen", "POST /v1/screen-many",
        "POST /v1/what-if", "POST /what-if",
    }
)  # fmt: skip


class ScreeningLog:
    """Represents the log of one worker: what comes at once is stored at once.

    Args:
        store: the case store.
    """

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self._waiting: list[tuple[str, dict[str, Any], asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def record(self, by: str, data: dict[str, Any]) -> None:
        """Store an event, and return once it is stored.

        Raises:
            LimenError: the store cannot be written.
        """
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((by, data, stored))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await stored

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await asyncio.to_thread(self._append, [(by, data) for by, data, _ in batch])
            except Exception as error:
                _settle(batch, error)
            else:
                _settle(batch, None)

    def _append(self, events: list[tuple[str, dict[str, Any]]]) -> None:
        with self._store.cases.adding() as ledger:
            for by, data in events:
                ledger.append(ABOUT, "screening.answered", by, data)


def _settle(
    batch: list[tuple[str, dict[str, Any], asyncio.Future[None]]], error: Exception | None
) -> None:
    for _, _, stored in batch:
        if stored.cancelled():
            continue
        if error is None:
            stored.set_result(None)
        else:
            stored.set_exception(error)


class AuditTrail:
    """Represents the layer around the application that records requests."""

    def __init__(self, app: ASGIApp, store: CaseStore) -> None:
        self._app = app
        self._log = ScreeningLog(store)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Response(scope, receive, send, self._log).send)


class _Response:
    """Represents one response, of which the end is held back until it is recorded."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, log: ScreeningLog) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._log = log
        self._hash = sha256()
        self._start: Message | None = None
        self._begun = self._refused = False

    async def send(self, message: Message) -> None:
        if self._refused:
            return
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._hash.update(message.get("body", b""))
        if not message.get("more_body") and not await self._recorded():
            return
        if self._start is not None and not self._begun:
            self._begun = True
            await self._send(self._start)
        await self._send(message)

    async def _recorded(self) -> bool:
        """Record the response, if it is of a screening; return whether it may end."""
        state, start = self._scope.get("state", {}), self._start or {}
        path = getattr(self._scope.get("route"), "path", "")
        route = f"{self._scope['method']} {path}"
        if route not in ROUTES or "owner" not in state:
            return True
        headers = dict(start.get("headers", ()))
        data = {
            "route": route,
            "status": start.get("status", 0),
            "snapshot": headers.get(b"screening-snapshot", b"").decode("latin-1"),
            "sha256": self._hash.hexdigest(),
        }
        try:
            await self._log.record(state.get("caller") or "unnamed", data)
        except LimenError as error:
            if self._begun:
                raise  # the response is cut off: it has no end
            self._refused = True
            await problem_response(problem_of(error))(self._scope, self._receive, self._send)
            return False
        return True
