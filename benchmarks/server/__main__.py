"""Load the server as clients do and write down what it bore: ``python -m benchmarks.server``.

Needs ``wrk`` (Debian) and a home with real lists: ``LIMEN_HOME=... limen lists update``; for the
soak, with two snapshots. Every figure stands beside the machine's load when it was taken; figures
of a shared machine are lower bounds.

    python -m benchmarks.server [SOAK_SECONDS] [ROWS]
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from limen.server.jobs.job_files import ENDED
from limen.snapshot import activate, active_id, home_folder, list_snapshots

from .parts import parts
from .running import get, load, private, processor_seconds, server, told, workers_of

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results" / "server.md"
PAGES = ("/", "/lists", "/upload", "/read", "/regimes", "/regimes/russia-ukraine?as_of=2022-02-21",
         "/regimes/russia-ukraine/troops-into-occupied-donbas", "/what-if", "/docs")  # fmt: skip
SWAP_SECONDS = 20
SOAK_CONNECTIONS, SOAK_PAUSE = 8, 40


def people(rows):
    """Names that mostly nobody is listed under, made of the words of the example portfolio."""
    names = [row.split(",")[1] for row in (HERE.parents[1] / "examples/portfolio.csv")
             .read_text().splitlines()[1:]]  # fmt: skip
    draw = random.Random(7)
    for _ in range(rows):
        words = draw.choice(names).split() + draw.choice(names).split()
        yield " ".join(draw.sample(words, min(2, len(words)))), draw.randint(1940, 2003)


def match(base, process, names):
    yield "| names | connections | requests/s | p50 | p99 | processor ms | load | errors |"
    yield "|---|---|---|---|---|---|---|---|"
    for title, file in (("the sixteen in turn", None), ("20,000 drawn ones", names)):
        for connections in (2, 8, 16):
            before = processor_seconds(process)
            count, rate, at, errors = told(
                load(base, connections=connections, seconds=10, names=file)
            )
            used = (processor_seconds(process) - before) / count * 1000
            yield (
                f"| {title} | {connections} | {rate:,.0f} | {at['50']} | {at['99']} | {used:.2f} "
                f"| {os.getloadavg()[0]:.1f} | {errors} |"
            )


def cost(base, process):
    """Where the time goes, for requests one after another."""
    before = processor_seconds(process)
    count, *_ = told(load(base, connections=2, seconds=8))
    yield from parts((processor_seconds(process) - before) / count * 1000)


def memory(process):
    return ", ".join(f"{private(pid):.0f} MB" for pid in workers_of(process))


def upload(base, rows, folder):
    path = folder / "portfolio.csv"
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("id", "name", "birth_date"))
        writer.writerows(
            (number, name, f"{year}-05-03") for number, (name, year) in enumerate(people(rows))
        )
    started = time.perf_counter()
    job = msgspec.json.decode(
        subprocess.run(["curl", "-s", "-F", f"file=@{path}", f"{base}/v1/jobs"],
                       capture_output=True, check=True).stdout
    )  # fmt: skip
    while job["state"] not in ENDED:
        time.sleep(0.5)
        job = msgspec.json.decode(get(f"{base}/v1/jobs/{job['id']}"))
    seconds = time.perf_counter() - started
    speed = f"{rows / seconds:,.0f} rows/s, load {os.getloadavg()[0]:.1f}"
    yield f"{rows:,} rows in {seconds:.0f} s ({speed}): {job['told']}"


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
        yield "Not run: the home has one snapshot."
        return
    running = load(base, connections=SOAK_CONNECTIONS, seconds=seconds, pause=SOAK_PAUSE)
    sizes, began = [], time.monotonic()
    while running.poll() is None:
        time.sleep(1)
        if time.monotonic() - began > SWAP_SECONDS * (len(sizes) + 1):
            sizes.append(max(private(pid) for pid in workers_of(process)))
            activate(home, infos[-1 - len(sizes) % 2].manifest.id)
    activate(home, before)
    count, rate, at, errors = told(running)
    yield (
        f"{seconds} s on {SOAK_CONNECTIONS} connections that rest {SOAK_PAUSE} ms in between, "
        f"{len(sizes)} swaps: {count:,} requests, "
        f"{rate:,.0f}/s, p50 {at['50']}, p99 {at['99']}, errors: {errors}; "
        f"load {os.getloadavg()[0]:.1f}."
    )
    grown = ", ".join(f"{size:.0f}" for size in sizes)
    yield f"\nPrivate memory of the larger worker before each swap, MB: {grown}."


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory(prefix="limen-bench-") as name, server(2) as served:
        base, process, started = served
        folder = Path(name)
        names = folder / "names.txt"
        names.write_text("".join(f"{json.dumps(name)}\n" for name, _ in people(20_000)))
        time.sleep(15)
        lines = [
            "# The server under load",
            "",
            (f"`python -m benchmarks.server {seconds} {rows}`: two workers on {os.cpu_count()} "
             f"cores shared with the client; load average before: {os.getloadavg()[0]:.1f}."),
            "",
            f"First reply {started:.2f} s after the command.",
            "", "## `/match`, one query a request", "", *match(base, process, names),
            "", "## What a request costs", "", *cost(base, process),
            "", "## Pages", "", *pages(base),
            "", "## Memory", "", f"Private to each worker: {memory(process)}.",
            "", "## A file", "", *upload(base, rows, folder),
            "", "## Soak", "", *soak(base, process, seconds),
            "", f"Load average after: {os.getloadavg()[0]:.1f}.", "",
        ]  # fmt: skip
    RESULTS.write_text("\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
