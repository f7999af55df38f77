"""Bodies, addresses and query strings of every shape, for every route of the server.

``benchmarks.server.worst`` has the requests that are worst for one route; these are for all of
them, so that a new route is tried without a line of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import FastAPI

from limen.server import Limits

_LIMITS = Limits()
JSON, FORM, LINES = "application/json", "application/x-www-form-urlencoded", "application/jsonl"
_EDGE = "limen-worst-edge"
#: Existing things, so that a route does its work: each has a value of its parameter in the path.
_KNOWN = {"dataset": "default", "regime": "donbas-2022", "event": "EV05", "list_id": "un_sc"}
#: Names of fields that pages take; those of the API are in its own description.
_FIELDS = ("what", "kind", "as_of", "known_at", "at", "event", "q", "page", "id", "name", "token")
#: Routes that read a document have its time; what-if answers a batch for every 100 rows.
_LONG = frozenset({"/read", "/v1/read"})


class Worst(NamedTuple):
    """Represents a request: ``times`` is how many batches it is, each with the time of one."""

    name: str
    path: str
    body: bytes
    kind: str = JSON
    times: float = 1.0
    method: str = "POST"


def every_route(app: FastAPI, size: int) -> Iterator[Worst]:
    """Yield requests of so many bytes at most for every route of an application."""
    parameters = _parameters(app)
    for method, path in routes_of(app.routes):
        named = sorted(parameters.get((method, re.sub(r":path\}", "}", path)), _FIELDS))
        if method in ("POST", "DELETE"):
            yield from _bodies(method, path, size)
        if method != "POST":
            yield from _addresses(method, path, named, min(size, _LIMITS.url - 2_000))


def routes_of(routes: Any) -> Iterator[tuple[str, str]]:
    """Yield the method and path of every route, those of included routers too."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes_of(inner.routes)
        elif hasattr(route, "methods"):
            for method in sorted(set(route.methods) - {"HEAD"}):
                yield method, route.path


def _parameters(app: FastAPI) -> dict[tuple[str, str], list[str]]:
    """Return the names of what each route takes in its query string."""
    return {
        (method.upper(), path): [
            each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"
        ]
        for path, operations in app.openapi()["paths"].items()
        for method, operation in operations.items()
    }


def _filled(path: str, *, unknown: str) -> str:
    return re.sub(r"\{(\w+)(?::path)?\}", lambda found: _KNOWN.get(found[1], unknown), path)


def _addresses(method: str, path: str, named: list[str], size: int) -> Iterator[Worst]:
    """Yield addresses with a long part in the path, and with one long value of each field."""
    if "{" in path:
        long = re.sub(r"\{\w+(?::path)?\}", "San%20" * (size // 6 // path.count("{")), path)
        yield Worst(f"{method} {path} long", long, b"", method=method)
    known = _filled(path, unknown="x")
    for field in named:
        for unit in ("San ", "1", "И"):
            value = unit * (size // len(urlencode({"": unit})) + 1)
            query = urlencode({field: value})[: size - size % 6]
            yield Worst(f"{method} {path} {field} {unit!r}", f"{known}?{query}", b"", method=method)
    many = "&".join(f"{named[at % len(named)] if named else at}=x" for at in range(size // 20))
    yield Worst(f"{method} {path} many fields", f"{known}?{many}", b"", method=method)


def _bodies(method: str, path: str, size: int) -> Iterator[Worst]:
    """Yield bodies that nest, repeat or grow, of every kind that a route may read."""
    known = _filled(path, unknown="x")
    times = _LIMITS.document_seconds / _LIMITS.seconds if path in _LONG else 1.0
    for name, body in _texts(size):
        for kind in (JSON, LINES, FORM):
            yield Worst(f"{method} {path} {kind} {name}", known, body, kind, times, method)
    for name, body in _multiparts(size):
        kind = f"multipart/form-data; boundary={_EDGE}"
        yield Worst(f"{method} {path} multipart {name}", known, body, kind, times, method)


def _texts(size: int) -> Iterator[tuple[str, bytes]]:
    yield "nest", b"[" * size
    yield "nested objects", b'{"party":' * (size // 9)
    yield "numbers", b"[" + b"1," * (size // 2 - 2) + b"1]"
    yield "keys", b"{" + b",".join(b'"k%d":1' % at for at in range(size // 16)) + b"}"
    yield "fields", b"&".join(b"f%d=1" % at for at in range(size // 12))
    yield "one value", b"what=" + b"San+" * (size // 4 - 2)
    yield "lines", b'{"name":"x"}\n' * (size // 13)
    yield "escapes", b'{"party":"' + b"\\u0041" * (size // 6 - 3) + b'"}'


def _multiparts(size: int) -> Iterator[tuple[str, bytes]]:
    part = b'--%b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n' % _EDGE.encode()
    yield "parts", part * (size // len(part)) + b"--%b--" % _EDGE.encode()
    yield "long header", part.replace(b"\r\n\r\n", b"; x=" + b"y" * (size - 200) + b"\r\n\r\n", 1)
    yield "no end", b"--%b\r\n" % _EDGE.encode() + b"-" * (size - 100)
    yield "columns", _file("a.csv", b"," * (size - 500))
    yield "headings", _file("a.csv", b",".join(b"c%d" % at for at in range(size // 9)))
    yield "one cell", _file("a.csv", b"name\n" + b"San Bank " * (size // 9 - 60))
    yield "quotation marks", _file("a.csv", b"name\n" + b'"' * (size - 500))
    yield "corners of a sheet", _file("a.xlsx", corners())
    yield "zip of zeros", _file("a.docx", _packed("word/document.xml", b"\0" * (64 << 20)))


def _file(name: str, data: bytes) -> bytes:
    head = f'--{_EDGE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + data + f"\r\n--{_EDGE}--\r\n".encode()


def corners() -> bytes:
    """Return a workbook of two cells, in opposite corners of its sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["XFD1048576"] = "name", "San Bank"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _packed(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return out.getvalue()
