"""A real web server on this machine that serves lists well, badly, or not at all."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Behaviour = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """``script[path]`` says what to do with each request in turn; the last is repeated."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: dict[str, list[Behaviour]] = {}
        self.requests: dict[str, list[dict[str, str]]] = defaultdict(list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def says(self, path: str, *behaviours: Behaviour) -> str:
        """Play the behaviours at a path, and give its address."""
        self.script[path] = list(behaviours)
        return self.url(path)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        headers = {name.title(): value for name, value in self.headers.items()}
        self.server.requests[path].append({"path": self.path, **headers})
        script = self.server.script.get(path) or [status(404)]
        (script.pop(0) if len(script) > 1 else script[0])(self)

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@contextmanager
def running() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def send(body: bytes, **headers: str) -> Behaviour:
    """The file, whole."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def publish(path: Path) -> Behaviour:
    """A real file as publishers serve it: with an ETag, and 304 to whoever has it."""
    body = path.read_bytes()
    etag = f'"{sha256(body).hexdigest()[:16]}"'

    def behave(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            status(304)(handler)
        else:
            modified = "Fri, 18 Feb 2022 19:54:02 GMT"
            send(body, ETag=etag, Last_Modified=modified)(handler)

    return behave


def status(code: int, body: bytes = b"", **headers: str) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if code != 304:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def redirect(target: str, code: int = 302) -> Behaviour:
    return status(code, Location=target)


def cut(body: bytes, after: int, *, reset: bool = False) -> Behaviour:
    """Promise the whole body, send ``after`` bytes of it, and hang up, politely or not."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[:after])
        _hang_up(handler, reset=reset)

    return behave


def cut_chunks(body: bytes) -> Behaviour:
    """Send one chunk, and hang up before the one that ends the file."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
        _hang_up(handler)

    return behave


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing at all."""
    _hang_up(handler)


def stall(seconds: float) -> Behaviour:
    """Promise a body, and let the client wait for it."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"<")
        time.sleep(seconds)

    return behave


def drip(body: bytes, every: float) -> Behaviour:
    """Send byte after byte, each just in time."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        for byte in body:
            handler.wfile.write(bytes([byte]))
            time.sleep(every)

    return behave


def _hang_up(handler: BaseHTTPRequestHandler, *, reset: bool = False) -> None:
    handler.close_connection = True
    if reset:
        at_once = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
    else:
        handler.connection.shutdown(socket.SHUT_RDWR)
    handler.connection.close()
