"""The speed of payments: ``python -m benchmarks.payments.speed --home HOME --geonames GEONAMES``.

One pacs.008 after the other through the engine; a pain.001 of many transactions, with the memory
while it is read; requests a second to a server with two workers, from eight connections of one
client. Every payment is innocent and unlike the others, so that nothing is remembered but agents.
"""

from __future__ import annotations

import argparse
import http.client
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import limen
from benchmarks.machine import header, write
from benchmarks.payments.messages import Payment, message, message_of
from benchmarks.payments.people import Innocents, Listed
from benchmarks.places.innocents import where_people_live
from limen.engine import Engine
from limen.payments import read_payments

AS_OF = "2026-07-17"
_SINGLE, _WARM, _CONNECTIONS = 600, 100, 8


def of_kind(innocents: Innocents, kind: str, start: int, count: int) -> list[Payment]:
    """Innocent payments of one format."""
    return [replace(innocents.payment(start + at), format=kind) for at in range(count)]


def single(engine: Engine, payments: Sequence[Payment]) -> tuple[float, float, float]:
    """Milliseconds of one message: the median, the 95th percentile, and processor time."""
    messages = [message(each) for each in payments]
    for each in messages[:_WARM]:
        engine.screen_payment(each, as_of=AS_OF)
    taken = []
    began = time.process_time()
    for each in messages[_WARM:]:
        started = time.perf_counter()
        engine.screen_payment(each, as_of=AS_OF)
        taken.append((time.perf_counter() - started) * 1e3)
    cpu = (time.process_time() - began) / len(taken) * 1e3
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1], cpu


def resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def streamed(engine: Engine, path: Path) -> Iterator[tuple[int, float, float]]:
    """Yield transactions so far, their processor seconds, and the memory, from time to time."""
    began = time.process_time()
    with path.open("rb") as file:
        answers = engine.screen_payments(read_payments(file), as_of=AS_OF)
        for number, _ in enumerate(answers, start=1):
            if number % 5_000 == 0:
                yield number, time.process_time() - began, resident()


def posted(home: Path, payments: Sequence[Payment], *, workers: int) -> float:
    """Requests a second that a server answers."""
    bodies = [message(each) for each in payments]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            [sys.executable, "-c", "from limen.cli import main; main()", "serve", "--port", "8377",
             "--workers", str(workers), "--no-log"],
            env={**os.environ, "LIMEN_HOME": str(home)}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait()
            half = len(bodies) // 2
            _send(bodies[:half])
            started = time.perf_counter()
            _send(bodies[half:])
            return (len(bodies) - half) / (time.perf_counter() - started)
        finally:
            server.terminate()
            server.wait(30)


def _wait() -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", 8377, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server does not start")


def _send(bodies: Sequence[bytes]) -> None:
    threads = [
        threading.Thread(target=_client, args=(bodies[at::_CONNECTIONS],))
        for at in range(_CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _client(bodies: Sequence[bytes]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", 8377, timeout=60)
    for body in bodies:
        connection.request(
            "POST", f"/v1/payments?as_of={AS_OF}", body, {"content-type": "application/xml"}
        )
        response = connection.getresponse()
        if response.status != 200:
            raise SystemExit(f"{response.status}: {response.read()[:200]!r}")
        response.read()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--home", required=True, type=Path)
    parser.add_argument("--geonames", required=True, type=Path)
    parser.add_argument("--transactions", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=4_000)
    parser.add_argument("--page", action="store_true", help="write the results page")
    options = parser.parse_args()
    engine = limen.open(options.home)
    engine.payments.prepare()
    places = list(where_people_live(options.geonames, 20_000, seed=5))
    innocents = Innocents(Listed(engine, AS_OF), places, 5)
    lines = header("Payments: speed", "python -m benchmarks.payments.speed --home HOME ...")
    if options.requests:
        rate = posted(
            options.home, of_kind(innocents, "pacs.008.001.08", 0, options.requests), workers=2
        )
        lines.append(f"POST /v1/payments, two workers, one client: {rate:.0f} requests/s")
    median, late, cpu = single(engine, of_kind(innocents, "pacs.008.001.08", 10**6, _SINGLE))
    lines.append(f"one pacs.008: p50 {median:.1f} ms, p95 {late:.1f} ms, {cpu:.1f} ms processor")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.xml"
        path.write_bytes(
            message_of(of_kind(innocents, "pain.001.001.09", 2 * 10**6, options.transactions))
        )
        size = path.stat().st_size / 1e6
        for number, seconds, memory in streamed(engine, path):
            lines.append(
                f"pain.001 of {size:.0f} MB: {number:,} transactions, "
                f"{number / seconds:.0f} a second of processor, {memory:.0f} MB resident"
            )
    if options.page:
        write("payments_speed.md", lines)
    else:
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
