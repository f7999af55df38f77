"""Check every request first, and complete every response last.

Refused before anything is read: URLs that are too long, unknown host names (a foreign page can
resolve its own name to this machine), compressed bodies, bodies beyond the limit. Every response
carries headers that prevent a browser from leaking names or running foreign code. The log has the
route and never the path, the query string or the body: those hold names.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from limen.server.access.admission import Admission, Ticket
from limen.server.http.error_handlers import problem_response
from limen.server.http.problems import ProblemError
from limen.server.metrics import REQUESTS
from limen.server.settings import Settings, is_loopback

_LOG = logging.getLogger("limen.access")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frame}"
)
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_CLOSED = CSP.format(frame="'none'").encode()
_FRAMED = CSP.format(frame="*").encode()


class Guard:
    """Represents the outermost layer around the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._hosts = frozenset(name.lower() for name in settings.hosts)
        self._queue = Admission(settings.limits.waiting)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        ticket = self._queue.ticket(scope["path"])
        exchange = _Exchange(scope, send, ticket, _request_id(headers))
        try:
            self._refuse(scope, headers)
            if scope["method"] not in _WITH_BODY:
                await ticket.take()
            else:
                receive = self._limited(scope, headers, receive, ticket)
            await self._app(scope, receive, exchange.send)
        except ProblemError as problem:
            if not exchange.status:
                await problem_response(problem)(scope, receive, exchange.send)
        finally:
            ticket.leave()
            exchange.record()

    def _refuse(self, scope: Scope, headers: dict[bytes, bytes]) -> None:
        limits = self._settings.limits
        if len(scope["raw_path"]) + len(scope["query_string"]) > limits.url:
            raise ProblemError(
                414, "Request URI too long", hint="send long queries in the body of a POST"
            )
        if not self._knows(headers.get(b"host", b"").decode("latin-1")):
            raise ProblemError(
                421,
                "this server does not serve that host name",
                field="Host",
                hint="limen serve --allow-host NAME",
            )
        if not scope["path"].startswith(_FOR_OTHERS) and self._is_foreign(scope, headers):
            raise ProblemError(
                403, "a page of another site sent this request",
                why="it could read what only you may see, or act in your name",
            )  # fmt: skip
        if headers.get(b"content-encoding", b"identity") != b"identity":
            raise ProblemError(
                415, "compressed bodies are not read", field="Content-Encoding",
                hint="send the body as it is",
            )  # fmt: skip

    def _is_foreign(self, scope: Scope, headers: dict[bytes, bytes]) -> bool:
        """Return whether a page of another site sent a request; following a link is no such.

        Browsers say so themselves (``Sec-Fetch-Site``); old ones name at least the origin. What
        is no browser sends neither, and is not tricked by a page.
        """
        site = headers.get(b"sec-fetch-site", b"").decode("latin-1")
        if site in ("cross-site", "same-site"):
            opened = (headers.get(b"sec-fetch-mode"), headers.get(b"sec-fetch-dest"))
            return scope["method"] != "GET" or opened != (b"navigate", b"document")
        origin = headers.get(b"origin")
        if origin is None or site == "same-origin":
            return False
        own = headers.get(b"host", b"").decode("latin-1")
        there = urlsplit(origin.decode("latin-1"))
        return there.netloc != own and (there.hostname or "") not in self._hosts

    def _knows(self, host: str) -> bool:
        name = (urlsplit(f"//{host}").hostname or "").lower()
        if not self._settings.on_loopback and not self._hosts:
            return True
        return is_loopback(name) or name in self._hosts

    def _limited(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, ticket: Ticket
    ) -> Receive:
        """Return the body's stream, counted; once it is complete the request joins the queue.

        Size and time are those of the whole body, however small its pieces.
        """
        limits, upload = self._settings.limits, scope["path"] in UPLOADS
        limit = limits.upload if upload else limits.body
        seconds = limits.upload_seconds if upload else limits.body_seconds
        if _number(headers.get(b"content-length", b"")) > limit:
            raise _too_large(limit)
        deadline = asyncio.get_running_loop().time() + seconds
        seen, complete = 0, False

        async def limited() -> Message:
            nonlocal seen, complete
            if complete:  # the application waits for the end of the connection
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError as error:
                raise ProblemError(
                    408, f"the body did not arrive in {seconds:g} s", field="body",
                    hint="send less, or over a faster connection",
                ) from error  # fmt: skip
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _too_large(limit)
            complete = not message.get("more_body")
            if message["type"] == "http.request" and complete:
                await ticket.take()
            return message

        return limited


#: Digits of the longest length that is read: 999 TB.
_LENGTH_DIGITS = 15
#: Paths that accept files, which are larger than queries.
UPLOADS = frozenset({"/upload", "/v1/jobs", "/v1/payments"})


def _number(text: bytes) -> float:
    """Return a length from a header; one of more digits than any body has is endless."""
    if len(text) > _LENGTH_DIGITS:
        return math.inf
    return int(text) if text.isdigit() else 0


def _too_large(limit: int) -> ProblemError:
    return ProblemError(
        413,
        f"the body is larger than {limit:,} bytes",
        hint="send it as a file to /v1/jobs, or send less",
    )


def _request_id(headers: dict[bytes, bytes]) -> str:
    given = headers.get(b"x-request-id", b"").decode("latin-1")
    safe = given.isascii() and given.replace("-", "").isalnum() and len(given) <= 64
    return given if safe else uuid4().hex


class _Exchange:
    """Represents one request and its response: adds headers, and writes one line to the log."""

    def __init__(self, scope: Scope, send: Send, ticket: Ticket, request_id: str) -> None:
        self._scope = scope
        self._send = send
        self._ticket = ticket
        self._id = request_id
        self._started = time.perf_counter()
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            framed = self._scope["path"].endswith("/preview")
            message["headers"] = [
                *message["headers"],
                *_HEADERS,
                (b"content-security-policy", _FRAMED if framed else _CLOSED),
                (b"x-request-id", self._id.encode()),
            ]
        elif not message.get("more_body"):
            self._ticket.leave()  # the answer is made: a slow reader occupies no place
        await self._send(message)

    def record(self) -> None:
        """Write the request to the metrics and the log."""
        seconds = time.perf_counter() - self._started
        route = route_of(self._scope)
        method = self._scope["method"] if self._scope["method"] in _METHODS else "OTHER"
        REQUESTS.labels(method, route, str(self.status or 499)).observe(seconds)
        if _LOG.isEnabledFor(logging.INFO):
            line: dict[str, Any] = {
                "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "id": self._id,
                "method": method,
                "route": route,
                "status": self.status or 499,
                "ms": round(seconds * 1000, 2),
            }
            _LOG.info(msgspec.json.encode(line).decode())


#: Paths that pages of other sites may use; lists of one's own are left out there.
_FOR_OTHERS = ("/reconcile/", "/static/", "/healthz", "/readyz")
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"})


def route_of(scope: Scope) -> str:
    """Return the route's template (``/entities/{entity_id}``); ``-`` where none matched."""
    return str(getattr(scope.get("route"), "path", "-"))
