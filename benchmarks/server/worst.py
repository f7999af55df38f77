"""The worst requests of 8 MB and less: ``python -m benchmarks.server.worst``.

Each is sent to a server with two workers, and so are bodies and addresses of every shape to every
route. Its processor time must be no more than the time that such a request is allowed and half a
second; so must be the longest wait of a small question that is asked meanwhile. Then a thousand
connections stay half open, and twenty bodies come slowly. Needs a home with lists. A short run is
``tests/server/test_worst_requests.py``.
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
from itertools import chain
from random import Random
from subprocess import Popen
from typing import Any
from urllib.parse import urlencode

from benchmarks import machine
from benchmarks.server.actors import crowd, slow_body
from benchmarks.server.running import processor_seconds, server
from benchmarks.server.worst_routes import FORM, LINES, Worst, every_route
from limen.server import Limits, Settings, create_app
from limen.snapshot import home_folder

SPARE = 0.5
_WORKERS = 2
_HALF_OPEN, _SLOW = 1_000, 20
#: Long enough for a thousand questions on a quiet machine.
_CROWD_SECONDS = 15
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


def worst(size: int) -> Iterator[Worst]:
    """Yield every request, of so many bytes at most."""
    yield from _parties(size)
    yield from _options(size)
    yield from _batches(size)
    yield from _documents(size)


def _parties(size: int) -> Iterator[Worst]:
    """Yield one party for ``/v1/screen`` and ``/v1/locate``, up to the limits and beyond."""
    long = _LIMITS.characters
    for unit in _UNITS:
        text = (unit * long)[:long]
        many = min(_LIMITS.values - 1, size // len(text.encode()))
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
    yield Worst("/ask", "/ask", urlencode({"what": long, "kind": "Thing"}).encode(), FORM)


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
    yield Worst("/v1/screen-many", "/v1/screen-many", lines, LINES, times)
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
        FORM,
    )
    wide = {
        "extend": json.dumps(
            {"ids": [f"x:{at}" for at in range(size // 30)], "properties": [{"id": "name"}]}
        )
    }
    yield Worst("/reconcile extend", "/reconcile/default", urlencode(wide).encode(), FORM)
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
    options.add_argument("--only", default="", help="requests with these words in their name")
    options.add_argument("--crowd", action="store_true", help="only the thousand open connections")
    options.add_argument("--page", action="store_true", help="write results/server_worst.md")
    chosen = options.parse_args()
    command = f"python -m benchmarks.server.worst {' '.join(sys.argv[1:])}"
    lines = machine.header("The worst requests", command)
    over = 0
    with server(_WORKERS) as (base, process, _):
        if not chosen.crowd:
            app = create_app(Settings(home=home_folder()))
            requests = chain(worst(chosen.bytes), every_route(app, chosen.bytes))
            wanted = (request for request in requests if chosen.only in request.name)
            rows = [_row(base, process, request) for request in wanted]
            over = sum("over" in row for row in rows)
            lines += [
                "| request | MB | status | processor s | longest wait of others, s | allowed s |",
                "|---|---:|---:|---:|---:|---:|", *rows, "",
                f"{over} of {len(rows)} take longer than they are allowed.", "",
            ]  # fmt: skip
        lines += _crowded(base)
        alive = process.poll() is None
    lines += [f"The server {'served to the end' if alive else 'ENDED BEFORE'}."]
    if chosen.page:
        machine.write("server_worst.md", lines)
    else:
        print("\n".join(lines))
    return 1 if over or not alive else 0


def _row(base: str, process: Popen[bytes], request: Worst) -> str:
    """Send a request, and return its line of the table."""
    before = processor_seconds(process)
    status, longest = _waits(base, lambda: _status(base, request))
    used = processor_seconds(process) - before
    allowed = _LIMITS.seconds * request.times + SPARE
    mark = " **over**" if used > allowed or longest > allowed or status in (0, 500) else ""
    row = (
        f"| {request.name} | {len(request.body) / 1e6:.1f} | {status} | {used:.1f} | "
        f"{longest:.1f} | {allowed:.1f}{mark} |"
    )
    print(row, file=sys.stderr, flush=True)
    return row


def _crowded(base: str) -> list[str]:
    """Compare the waits of one client before and while many connections are open."""
    before = _spent(base)
    ends = threading.Event()
    threads = [threading.Thread(target=crowd, args=(base, _HALF_OPEN, ends), daemon=True)]
    threads += [
        threading.Thread(target=_send_slowly, args=(base, ends), daemon=True) for _ in range(_SLOW)
    ]
    for thread in threads:
        thread.start()
    time.sleep(3)  # until they are all open
    crowded = _spent(base)
    ends.set()
    waits = (
        f"One party, {len(before)} times: p50 {_share(before, 0.5):.1f} ms, "
        f"p99 {_share(before, 0.99):.1f} ms. With {_HALF_OPEN:,} half-open connections and "
        f"{_SLOW} slow bodies, {len(crowded)} times: p50 {_share(crowded, 0.5):.1f} ms, "
        f"p99 {_share(crowded, 0.99):.1f} ms."
    )
    return [waits, ""]


def _send_slowly(base: str, ends: threading.Event) -> None:
    while not ends.is_set():
        try:
            slow_body(base, Random())
        except OSError:
            time.sleep(0.1)


def _spent(base: str) -> list[float]:
    """Return the milliseconds of a small question, asked for some seconds; the shortest first."""
    spent = []
    end = time.monotonic() + _CROWD_SECONDS
    while time.monotonic() < end:
        started = time.monotonic()
        if _status(base, _SMALL) == 200:
            spent.append(1_000 * (time.monotonic() - started))
        time.sleep(0.005)
    return sorted(spent)


def _share(ascending: list[float], share: float) -> float:
    return ascending[int(share * (len(ascending) - 1))]


def _status(base: str, request: Worst) -> int:
    sent = urllib.request.Request(
        base + request.path, request.body or None, {"content-type": request.kind},
        method=request.method,
    )  # fmt: skip
    try:
        with _OPENER.open(sent, timeout=1_800) as reply:
            reply.read()
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Represents a client that takes the first response."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)
_SMALL = _screen("a small question", {})


def _waits(base: str, work: Callable[[], int]) -> tuple[int, float]:
    """Return what some work returns, and the longest wait of another client meanwhile."""
    ends = threading.Event()
    longest = [0.0]

    def others() -> None:
        while not ends.wait(0.05):
            started = time.monotonic()
            _status(base, _SMALL)
            longest[0] = max(longest[0], time.monotonic() - started)

    thread = threading.Thread(target=others)
    thread.start()
    try:
        status = work()
    finally:
        ends.set()
        thread.join()
    return status, longest[0]


if __name__ == "__main__":
    sys.exit(main())
