"""What a day's clients do: each actor repeats one kind of request and rests in between."""

from __future__ import annotations

import http.client
import json
import random
import selectors
import socket
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

_TIMEOUT = 120
#: Bytes that a bad client sends one by one.
_DRIP = b'{"party": {"schema": "Person", "properties": {"name": ["A B"]}}}'


@dataclass(frozen=True, slots=True)
class Actor:
    """One client: what it does, how long it rests between two times, and the statuses it expects.

    A request that ends with another status, or with no reply, counts as an error.
    """

    name: str
    act: Callable[[str, random.Random], int]
    rest: float
    expected: frozenset[int] = frozenset({200, 202, 303})


def request(base: str, method: str, path: str, body: bytes = b"", kind: str = "") -> int:
    """Send one request on a connection of its own; return the status."""
    parts = urllib.parse.urlsplit(base)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=_TIMEOUT)
    try:
        connection.request(method, path, body or None, {"content-type": kind} if kind else {})
        reply = connection.getresponse()
        reply.read()
        return reply.status
    finally:
        connection.close()


def actors(names: Sequence[str]) -> list[Actor]:
    """Return the clients of a day, good and bad."""

    def party(draw: random.Random) -> dict[str, object]:
        return {"schema": "LegalEntity", "properties": {"name": [draw.choice(names)]}}

    def screen(base: str, draw: random.Random) -> int:
        body = json.dumps({"party": party(draw)}).encode()
        return request(base, "POST", "/v1/screen", body, "application/json")

    def match(base: str, draw: random.Random) -> int:
        queries = {str(number): party(draw) for number in range(10)}
        body = json.dumps({"queries": queries}).encode()
        return request(base, "POST", "/match/default?partial=true", body, "application/json")

    def page(base: str, draw: random.Random) -> int:
        return request(base, "GET", draw.choice(("/", "/lists", "/upload", "/regimes", "/docs")))

    def ask(base: str, draw: random.Random) -> int:
        form = urllib.parse.urlencode({"what": draw.choice(names), "kind": "LegalEntity"})
        return request(base, "POST", "/ask", form.encode(), "application/x-www-form-urlencoded")

    def upload(base: str, draw: random.Random) -> int:
        rows = "".join(f"{number},{draw.choice(names)}\n" for number in range(500))
        body, kind = _form_file("portfolio.csv", f"id,name\n{rows}".encode())
        return request(base, "POST", "/v1/jobs", body, kind)

    def document(base: str, draw: random.Random) -> int:
        text = " ".join(f"The bank paid {draw.choice(names)} on Monday." for _ in range(200))
        body, kind = _form_file("letter.txt", text.encode())
        return request(base, "POST", "/v1/read", body, kind)

    return [
        *(Actor("screens one party", screen, 0.02) for _ in range(3)),
        Actor("matches ten parties", match, 0.1),
        Actor("opens a page", page, 0.3),
        Actor("asks on a page", ask, 0.3),
        Actor("uploads 500 rows", upload, 5),
        Actor("reads a document", document, 2),
        Actor("bad: a byte a second", slow_body, 0.5, frozenset({0, 408})),
        Actor("bad: no HTTP", _garbage, 0.5, frozenset({0, 400})),
        Actor("bad: JSON that breaks off", _broken_json, 0.5, frozenset({400, 422})),
    ]


def _form_file(name: str, content: bytes) -> tuple[bytes, str]:
    edge = "limen-day-edge"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return (
        head.encode() + content + f"\r\n--{edge}--\r\n".encode(),
        f"multipart/form-data; boundary={edge}",
    )


def _connect(base: str) -> socket.socket:
    parts = urllib.parse.urlsplit(base)
    return socket.create_connection((str(parts.hostname), parts.port or 80), timeout=_TIMEOUT)


def _status(connection: socket.socket) -> int:
    """Return the status of the reply, 0 where the connection ended without one."""
    try:
        line = connection.recv(64).split(b" ")
    except (TimeoutError, ConnectionError):
        return 0
    return int(line[1]) if len(line) > 1 and line[1].isdigit() else 0


def crowd(base: str, count: int, ends: threading.Event) -> None:
    """Hold so many connections that never end their header; one that is ended is opened again."""
    with selectors.DefaultSelector() as waiting, ExitStack() as stack:
        stack.callback(lambda: [key.fileobj.close() for key in waiting.get_map().values()])
        while not ends.is_set():
            while len(waiting.get_map()) < count and not ends.is_set():
                try:
                    connection = _connect(base)
                    connection.sendall(b"POST /v1/screen HTTP/1.1\r\nHost: localhost\r\nX-Wait: ")
                except OSError:
                    break
                waiting.register(connection, selectors.EVENT_READ)
            for key, _ in waiting.select(0.5):
                waiting.unregister(key.fileobj)
                key.fileobj.close()


def served_snapshot(base: str) -> str:
    """Return the snapshot that answers a small question; empty where none is answered."""
    query = {"queries": {"q": {"schema": "Person", "properties": {"name": ["Anna Example"]}}}}
    url = f"{base}/match/default?partial=true"
    sent = urllib.request.Request(
        url, json.dumps(query).encode(), {"content-type": "application/json"}
    )
    try:
        with urllib.request.urlopen(sent, timeout=_TIMEOUT) as reply:
            return str(reply.headers["screening-snapshot"])
    except OSError:
        return ""


def slow_body(base: str, _: random.Random) -> int:
    """Send a byte of a body every second; return the status."""
    with _connect(base) as connection:
        head = (
            f"POST /v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(_DRIP)}\r\n\r\n"
        )
        connection.sendall(head.encode())
        try:
            for byte in _DRIP:
                connection.sendall(bytes([byte]))
                time.sleep(1)
        except ConnectionError:
            return 0
        return _status(connection)


def _garbage(base: str, draw: random.Random) -> int:
    with _connect(base) as connection:
        connection.sendall(draw.randbytes(4096))
        return _status(connection)


def _broken_json(base: str, _: random.Random) -> int:
    return request(base, "POST", "/v1/screen", b'{"party": {"schema": ', "application/json")
