"""Load the server as clients do and write down what it bore: ``python -m benchmarks.server``.

Needs ``wrk`` (Debian) and a home with real lists: ``LIMEN_HOME=... limen lists update``. Every
figure stands beside the machine's load when it was taken; figures of a shared machine are lower
bounds.
"""

from __future__ import annotations

import csv
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import msgspec

from limen.server.jobs.records import ENDED
from limen.snapshot import activate, active_id, home_folder, list_snapshots

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results" / "server.md"
LIMEN = "from limen.cli import main; main()"
PAGES = ("/", "/lists", "/upload", "/regimes", "/what-if", "/docs")


@contextmanager
def server(workers):
    """A server on a free port: its base URL, its process, its seconds to the first reply."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    started = time.perf_counter()
    arguments = ["serve", "--port", str(port), "--workers", str(workers), "--no-log"]
    process = subprocess.Popen([sys.executable, "-c", LIMEN, *arguments], stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    while True:
        try:
            get(base + "/healthz")
            break
        except OSError:
            time.sleep(0.01)
    try:
        yield base, process, time.perf_counter() - started
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def get(url, data=None, headers=None):
    request = urllib.request.Request(url, data=data, headers=headers or {})
    with urllib.request.urlopen(request, timeout=120) as reply:
        return reply.read()


def private(pid):
    """Bytes a process has for itself, in MB: what is mapped and clean is everybody's."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(each) for each in re.findall(r"Private_Dirty:\s+(\d+)", text)) / 1024


def _memory(process):
    return ", ".join(f"{private(pid):.0f} MB" for pid in workers_of(process))


def workers_of(process):
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(each) for each in path.read_text().split()] or [process.pid]


def wrk(base, *, connections, seconds):
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
         "-s", str(HERE / "match.lua"), base],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1])
    errors = re.search(r"(Non-2xx.*|Socket errors.*)", done)
    percentiles = dict(re.findall(r"(50|99)%\s+([\d.]+\w+)", done))
    return rate, percentiles, errors[1] if errors else "none"


def match(base):
    yield "| connections | requests/s | p50 | p99 | errors |"
    yield "|---|---|---|---|---|"
    for connections in (2, 8, 16):
        rate, at, errors = wrk(base, connections=connections, seconds=10)
        yield f"| {connections} | {rate:,.0f} | {at['50']} | {at['99']} | {errors} |"


def portfolio(path, rows):
    names = [row.split(",")[1] for row in (HERE.parents[1] / "examples/portfolio.csv")
             .read_text().splitlines()[1:]]  # fmt: skip
    draw = random.Random(7)
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("id", "name", "birth_date"))
        for number in range(rows):
            words = draw.choice(names).split() + draw.choice(names).split()
            name = " ".join(draw.sample(words, min(2, len(words))))
            writer.writerow((number, name, f"{draw.randint(1940, 2003)}-05-03"))


def upload(base, rows, folder):
    path = folder / "portfolio.csv"
    portfolio(path, rows)
    started = time.perf_counter()
    told = msgspec.json.decode(
        subprocess.run(["curl", "-s", "-F", f"file=@{path}", f"{base}/v1/jobs"],
                       capture_output=True, check=True).stdout
    )  # fmt: skip
    while told["state"] not in ENDED:
        time.sleep(0.5)
        told = msgspec.json.decode(get(f"{base}/v1/jobs/{told['id']}"))
    seconds = time.perf_counter() - started
    rate = f"{rows / seconds:,.0f} rows/s"
    yield f"{rows:,} rows in {seconds:.0f} s ({rate}): {told['told']}"


def pages(base):
    yield "| page | to the last byte | bytes |"
    yield "|---|---|---|"
    for path in PAGES:
        get(base + path)
        started = time.perf_counter()
        size = len(get(base + path))
        yield f"| {path} | {(time.perf_counter() - started) * 1000:.0f} ms | {size:,} |"


def soak(base, process, seconds):
    """Load while the snapshot is swapped every 20 s."""
    home = home_folder()
    before, infos = active_id(home), list_snapshots(home)
    if len(infos) < 2:
        yield "not run: the home has one snapshot"
        return
    load = subprocess.Popen(
        ["wrk", "-t1", "-c4", f"-d{seconds}s", "--latency", "-s", str(HERE / "match.lua"), base],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    sizes, swaps, began = [], 0, time.monotonic()
    while load.poll() is None:
        time.sleep(1)
        if time.monotonic() - began > 20 * (swaps + 1):
            swaps += 1
            activate(home, infos[-1 - swaps % 2].manifest.id)
            sizes.append(max(private(pid) for pid in workers_of(process)))
    activate(home, before)
    out = load.stdout.read()
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)[1]
    errors = re.search(r"(Non-2xx.*|Socket errors.*)", out)
    told = errors[1] if errors else "none"
    yield f"{seconds} s, {swaps} swaps, {rate} requests/s, errors: {told}."
    grown = ", ".join(f"{size:.0f}" for size in sizes)
    yield f"Private memory of the larger worker after each swap: {grown} MB."


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    folder = Path("/tmp") / f"limen-bench-{os.getpid()}"
    folder.mkdir()
    with server(2) as (base, process, started):
        time.sleep(15)
        lines = [
            "# The server under load",
            "",
            (f"`python -m benchmarks.server {seconds} {rows}` on {os.cpu_count()} cores shared "
            f"with the client; load average before: {os.getloadavg()[0]:.1f}."),
            "",
            f"First reply {started:.2f} s after the command.",
            "",
            "## `/match`, one query a request, two workers",
            "",
            *match(base),
            "",
            "## Pages", "", *pages(base), "",
            "## Memory", "",
            f"Private to each worker: {_memory(process)}.",
            "", "## A file", "", *upload(base, rows, folder), "",
            "## Soak", "", *soak(base, process, seconds), "",
            f"Load average after: {os.getloadavg()[0]:.1f}.", "",
        ]  # fmt: skip
    RESULTS.write_text("\n".join(lines))
    shutil.rmtree(folder)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
