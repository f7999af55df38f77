"""The worst requests of 8 MB and less: ``python -m benchmarks.server.worst``.

Each is sent to a server with one worker. Its processor time must be no more than the time that
such a request is allowed and half a second; so must be the longest wait of a small question that
is asked meanwhile. Needs a home with lists. A short run is ``tests/server/test_worst_requests.py``.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from benchmarks import machine
from benchmarks.server.running import processor_seconds, server
from limen.server import Limits

SPARE = 0.5
_JSON, _FORM, _LINES = "application/json", "application/x-www-form-urlencoded", "application/jsonl"
_DAY = "2022-03-01"
_LIMITS = Limits()
#: Places, each of which is many; separators; what patterns look for; words of names.
_UNITS = (
    "San ",
    "Kerch, ",
    "a",
    "a.",
    "@",
    " ",
    "1 ",
    "Al-",
    "И ",
    "ул. ",
    "\u202e",
    "x; ",
    "(",
    "'",
)
_EDGE = "limen-worst-edge"


class Worst(NamedTuple):
    """Represents a request: ``times`` is how many batches it is, each with the time of one."""

    name: str
    path: str
    body: bytes
    kind: str = _JSON
    times: float = 1.0


def worst(size: int) -> Iterator[Worst]:
    """Yield every request, of so many bytes at most."""
    yield from _parties(size)
    yield from _options(size)
    yield from _batches(size)
    yield from _documents(size)


def _parties(size: int) -> Iterator[Worst]:
    """Yield one party for ``/v1/screen`` and ``/v1/locate``, up to the limits and beyond."""
    long = _LIMITS.characters
    many = min(_LIMITS.values - 1, size // long)
    for unit in _UNITS:
        text = (unit * long)[:long]
        for name in ("email", "website", "idNumber", "birthDate", "country", "notes", "birthPlace"):
            if name in ("email", "idNumber") or unit in ("a", " ", "San "):
                yield _screen(
                    f"{name} {unit!r}", {name: [f"{text[:-4]}{at}" for at in range(many)]}
                )
        names = min(_LIMITS.names, many)
        yield _screen(f"names {unit!r}", {"name": [f"{at} {text[5:]}" for at in range(names)]})
        short = [f"{unit * 12}{at}" for at in range(_LIMITS.names)]
        yield _screen(f"short names {unit!r}", {"name": short})
        addresses = [f"{text[:-4]}{at}" for at in range(min(_LIMITS.addresses, many))]
        yield _screen(f"addresses {unit!r}", {"address": addresses})
        yield Worst(f"/v1/locate {unit!r}", "/v1/locate", _dumped({"address": text, "as_of": _DAY}))
    yield _screen("too many names", {"name": [f"Anna {at}" for at in range(size // 20)]})
    yield _screen("too many properties", {f"p{at}": ["x"] for at in range(size // 20)})
    nest: Any = {"city": ["Kerch"]}
    for _ in range(min(200, size // 40)):
        nest = {"addressEntity": [{"properties": nest}]}
    yield _screen("nested addresses", nest)
    fields = {f"f{at}": "Kerch" for at in range(_LIMITS.values - 1)}
    yield Worst("/v1/locate fields", "/v1/locate", _dumped({"address": fields, "as_of": _DAY}))


def _screen(name: str, properties: dict[str, Any]) -> Worst:
    party = {"schema": "LegalEntity", "properties": {"name": ["Anna Example"], **properties}}
    return Worst(f"/v1/screen {name}", "/v1/screen", _dumped({"party": party, "as_of": _DAY}))


def _options(size: int) -> Iterator[Worst]:
    """Yield requests of which an option is as long as can be."""
    party = {"schema": "Person", "properties": {"name": ["Anna Example"]}}
    long, many = "a" * (size - 500), [f"l{at}" for at in range(size // 12)]
    for option in ("as_of", "known_at", "matcher", "authorities", "lists", "allow_stale"):
        value = many if option in ("authorities", "lists", "allow_stale") else long
        yield Worst(f"/v1/screen {option}", "/v1/screen", _dumped({"party": party, option: value}))
    yield Worst("/v1/screen schema", "/v1/screen", _dumped({"party": {**party, "schema": long}}))
    for option in ("country", "as_of", "authorities"):
        value = many if option == "authorities" else long
        body = {"address": "Kerch", "as_of": _DAY, option: value}
        yield Worst(f"/v1/locate {option}", "/v1/locate", _dumped(body))
    for option in ("event", "at", "trigger", "policy"):
        body = {"event": "EV05", "at": "2022-02-22", option: long}
        yield Worst(f"/v1/assess {option}", "/v1/assess", _dumped(body))
    for option in ("event", "reading", "assume"):
        value = [f"party={each}@US" for each in many[: size // 30]] if option == "assume" else long
        body = {"event": "EV05", "at": "2022-02-22", "portfolio": [{"party": party}], option: value}
        yield Worst(f"/v1/what-if {option}", "/v1/what-if", _dumped(body))
    yield Worst(
        "/v1/replay query", "/v1/replay", _dumped({"query": {"x": many}, "stamp": {"as_of": long}})
    )
    yield Worst("/ask", "/ask", urlencode({"what": long, "kind": "Thing"}).encode(), _FORM)


def _batches(size: int) -> Iterator[Worst]:
    """Yield many parties in one request."""
    rows = min(_LIMITS.lines, size // 800)
    parties = [
        {
            "schema": "LegalEntity",
            "properties": {"name": [f"San Bank {at} {name}" for name in range(20)]},
        }
        for at in range(rows)
    ]
    times = max(1.0, rows / _LIMITS.queries)
    lines = b"\n".join(map(_dumped, parties))
    yield Worst("/v1/screen-many", "/v1/screen-many", lines, _LINES, times)
    portfolio = {
        "event": "EV05",
        "at": "2022-02-22",
        "portfolio": [{"party": each} for each in parties],
    }
    yield Worst("/v1/what-if rows", "/v1/what-if", _dumped(portfolio), times=times)
    share = size // _LIMITS.queries
    large = {"name": [f"San {at} Bank" for at in range(min(_LIMITS.names, share // 20))]}
    queries = {str(at): {"schema": "Company", "properties": large} for at in range(_LIMITS.queries)}
    yield Worst("/match", "/match/default", _dumped({"queries": queries}))
    cells = {
        str(at): {"query": ("San " * share)[: min(share, _LIMITS.characters)]} for at in range(100)
    }
    yield Worst(
        "/reconcile",
        "/reconcile/default",
        urlencode({"queries": json.dumps(cells)}).encode()[:size],
        _FORM,
    )
    wide = {
        "extend": json.dumps(
            {"ids": [f"x:{at}" for at in range(size // 30)], "properties": [{"id": "name"}]}
        )
    }
    yield Worst("/reconcile extend", "/reconcile/default", urlencode(wide).encode(), _FORM)
    table = "name,amount\n" + "".join(f"San Bank {at},1\n" for at in range(rows))
    yield _file("/what-if", "a.csv", table.encode(), {"event": "EV05", "at": "2022-02-22"}, times)


def _documents(size: int) -> Iterator[Worst]:
    """Yield documents, which have a time of their own."""
    times = _LIMITS.document_seconds / _LIMITS.seconds
    for unit in (
        "“a”. ",
        "'a ",
        "San Bank said. ",
        "the minister said ",
        "if a, b. ",
        "  ",
        "....",
        "1 May 2020 ",
    ):
        yield _file(
            "/v1/read", "a.txt", (unit * size)[: size - 1_000].encode()[: size - 1_000], {}, times
        )
    for opening in (b"<p>", b"<div>", b"<table><tr><td>"):
        yield _file(
            "/v1/read", "a.html", b"<html>" + opening * (size // 20) + b"San Bank", {}, times
        )
    address = b"To: " + b"<a@b.c>, (" * (size // 12) + b"\n\nx"
    parts = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * (size // 10)
    for data in (address, parts):
        yield _file("/v1/read", "a.eml", b"From: a@b.c\n" + data, {}, times)


def _file(path: str, name: str, data: bytes, fields: dict[str, str], times: float) -> Worst:
    head = "".join(
        f'--{_EDGE}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    )
    head += f'--{_EDGE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{_EDGE}--\r\n".encode()
    kind = f"multipart/form-data; boundary={_EDGE}"
    return Worst(f"{path} {name} {data[:18]!r}", path, body, kind, times)


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bytes", type=int, default=8_000_000)
    options.add_argument("--page", action="store_true", help="write results/server_worst.md")
    chosen = options.parse_args()
    lines, over = [], 0
    with server(1) as (base, process, _):
        _waits(base, lambda: _status(base, Worst("", "/healthz", b"")))
        for request in worst(chosen.bytes):
            before = processor_seconds(process)
            status, longest = _waits(base, lambda request=request: _status(base, request))
            used = processor_seconds(process) - before
            allowed = _LIMITS.seconds * request.times + SPARE
            mark = " **over**" if used > allowed or longest > allowed else ""
            over += bool(mark)
            lines.append(
                f"| {request.name} | {len(request.body) / 1e6:.1f} | {status} | {used:.1f} | "
                f"{longest:.1f} | {allowed:.1f}{mark} |"
            )
            print(lines[-1], flush=True)
    head = machine.header(
        "The worst requests", f"python -m benchmarks.server.worst {' '.join(sys.argv[1:])}"
    )
    head += [
        "| request | MB | status | processor s | longest wait of others, s | allowed s |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines = [*head, *lines, "", f"{over} of {len(lines)} take longer than they are allowed."]
    if chosen.page:
        machine.write("server_worst.md", lines)
    return 1 if over else 0


def _status(base: str, request: Worst) -> int:
    sent = urllib.request.Request(
        base + request.path, request.body or None, {"content-type": request.kind}
    )
    try:
        with urllib.request.urlopen(sent, timeout=1_800) as reply:
            reply.read()
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _waits(base: str, work: Callable[[], int]) -> tuple[int, float]:
    """Return what some work returns, and the longest wait of another client meanwhile."""
    ends = threading.Event()
    longest = [0.0]

    def others() -> None:
        while not ends.wait(0.05):
            started = time.monotonic()
            _status(base, Worst("", "/healthz", b""))
            longest[0] = max(longest[0], time.monotonic() - started)

    thread = threading.Thread(target=others)
    thread.start()
    try:
        return work(), longest[0]
    finally:
        ends.set()
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
