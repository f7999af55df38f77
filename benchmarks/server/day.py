"""A day of eight hours in twenty minutes: ``python -m benchmarks.server.day --seconds 1200``.

Screens, pages, uploads, documents, swaps of the snapshot and bad clients at once, a thousand
half-open connections among them, against a real server with two workers. Every second the memory,
file handles and threads of its processes are written down; the page shows them, the latency of the
good clients along time, and how long each new snapshot takes to be served. Needs a home with real
lists and two snapshots.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import machine
from benchmarks.server.__main__ import people
from benchmarks.server.actors import Actor, actors, crowd, served_snapshot
from benchmarks.server.running import private, server, workers_of
from limen.snapshot import activate, home_folder, list_snapshots

_SWAP_SECONDS = 30
#: Connections that are open at once and never end their header; each waits for the time-out.
_HALF_OPEN = 1_000
#: A snapshot that is not served by then counts as never.
_SERVED_SECONDS = 60
#: Replies in a row that must be of the new snapshot: each worker takes it by itself.
_SERVED_REPLIES = 12
_WIDTH, _HEIGHT, _MARGIN = 720, 110, 34


class Day:
    """What was measured: the latency of each request, and the state of the server each second."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.ends = threading.Event()
        self.requests: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.errors: dict[str, Counter[str]] = defaultdict(Counter)
        self.states: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.swaps: list[float] = []

    def now(self) -> float:
        """Return the seconds since the day began."""
        return time.monotonic() - self.started


def live(actor: Actor, base: str, day: Day, seed: int) -> None:
    """Repeat what an actor does until the day ends."""
    draw = random.Random(seed)
    while not day.ends.wait(actor.rest):
        at = day.now()
        try:
            status = actor.act(base, draw)
        except OSError as error:
            day.errors[actor.name][type(error).__name__] += 1
            continue
        day.requests[actor.name].append((at, day.now() - at))
        if status not in actor.expected:
            day.errors[actor.name][f"HTTP {status}"] += 1


def watch(process, day: Day) -> None:
    """Write down what the server's processes hold, every second."""
    while not day.ends.wait(1):
        found = [_state(pid) for pid in (process.pid, *workers_of(process))]
        held = [each for each in found if each is not None]
        for name, position in (("memory, MB", 0), ("file handles", 1), ("threads", 2)):
            day.states[name].append((day.now(), sum(each[position] for each in held)))


def _state(pid: int) -> tuple[float, int, int] | None:
    """Return private memory in MB, file handles and threads; ``None`` of a process that ended."""
    try:
        threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
        return private(pid), len(list(Path(f"/proc/{pid}/fd").iterdir())), threads
    except OSError:
        return None


def swap(base: str, day: Day) -> None:
    """Activate the two newest snapshots in turn, and measure until every worker serves it."""
    home = home_folder()
    newest = [info.manifest.id for info in list_snapshots(home)][-2:]
    while len(newest) == 2 and not day.ends.wait(_SWAP_SECONDS):
        chosen = newest[len(day.swaps) % 2]
        activate(home, chosen)
        day.swaps.append(_until_served(base, chosen))


def _until_served(base: str, snapshot: str) -> float:
    started = time.monotonic()
    same = 0
    while same < _SERVED_REPLIES and time.monotonic() - started < _SERVED_SECONDS:
        same = same + 1 if served_snapshot(base) == snapshot else 0
    return time.monotonic() - started


def main() -> int:
    """Run the day and write its page and picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=1200)
    chosen = parser.parse_args()
    names = [name for name, _ in people(5_000)]
    clients = actors(names)
    with server(2) as (base, process, _):
        day = Day()
        threads = [
            threading.Thread(target=live, args=(actor, base, day, number), daemon=True)
            for number, actor in enumerate(clients)
        ]
        threads += [
            threading.Thread(target=watch, args=(process, day), daemon=True),
            threading.Thread(target=swap, args=(base, day), daemon=True),
            threading.Thread(target=crowd, args=(base, _HALF_OPEN, day.ends), daemon=True),
        ]
        for thread in threads:
            thread.start()
        time.sleep(chosen.seconds)
        day.ends.set()
        for thread in threads:
            thread.join(30)
        alive = process.poll() is None
    (machine.RESULTS / "server_day.svg").write_text(picture(day, chosen.seconds), encoding="utf-8")
    machine.write("server_day.md", [*_lines(day, chosen.seconds, alive=alive)])
    return 0 if alive and not _good_errors(day) else 1


def _good_errors(day: Day) -> int:
    return sum(
        count
        for name, errors in day.errors.items()
        if not name.startswith("bad")
        for count in errors.values()
    )


def _lines(day: Day, seconds: int, *, alive: bool) -> Iterator[str]:
    command = f"python -m benchmarks.server.day --seconds {seconds}"
    yield from machine.header("A day of the server", command)
    yield (
        f"{seconds} s with {_HALF_OPEN:,} half-open connections; load at the end "
        f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; "
        f"the server {'served to the end' if alive else 'ENDED BEFORE'}."
    )
    if day.swaps:
        late = sum(each >= _SERVED_SECONDS for each in day.swaps)
        yield (
            f"{len(day.swaps)} new snapshots: served by every worker after "
            f"{statistics.median(day.swaps):.1f} s (median), {max(day.swaps):.1f} s at most; "
            f"{late} not within {_SERVED_SECONDS} s."
        )
    yield from ("", "| client | requests | p50 ms | p99 ms | longest ms | errors |")
    yield "|---|---|---|---|---|---|"
    for name, measured in sorted(day.requests.items()):
        spent = sorted(1000 * each for _, each in measured)
        errors = ", ".join(f"{key} {count}" for key, count in day.errors[name].items()) or "none"
        yield (
            f"| {name} | {len(spent):,} | {statistics.median(spent):.0f} "
            f"| {spent[int(0.99 * (len(spent) - 1))]:.0f} | {spent[-1]:.0f} | {errors} |"
        )
    yield from ("", "![latency, memory, file handles and threads along the day](server_day.svg)")


def picture(day: Day, seconds: int) -> str:
    """Draw the latency of the good clients and the state of the server along time, as SVG."""
    panels = [("latency of one screening, ms (each tenth of a second: the longest)", _latency(day))]
    panels += list(day.states.items())
    height = len(panels) * (_HEIGHT + _MARGIN) + _MARGIN
    drawn = "".join(
        _panel(title, points, seconds, _MARGIN + at * (_HEIGHT + _MARGIN))
        for at, (title, points) in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH + 80} {height}" '
        f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>'
        f"{drawn}</svg>\n"
    )


def _latency(day: Day) -> list[tuple[float, float]]:
    longest: dict[int, float] = {}
    for at, spent in day.requests["screens one party"]:
        tenth = int(at * 10)
        longest[tenth] = max(longest.get(tenth, 0), 1000 * spent)
    return [(tenth / 10, spent) for tenth, spent in sorted(longest.items())]


def _panel(title: str, points: Sequence[tuple[float, float]], seconds: int, top: int) -> str:
    most = max((value for _, value in points), default=1) or 1
    line = " ".join(
        f"{60 + _WIDTH * at / seconds:.1f},{top + _HEIGHT * (1 - value / most):.1f}"
        for at, value in points
    )
    return (
        f'<text x="60" y="{top - 6}">{title}</text>'
        f'<text x="54" y="{top + 10}" text-anchor="end">{most:,.0f}</text>'
        f'<text x="54" y="{top + _HEIGHT}" text-anchor="end">0</text>'
        f'<path d="M60 {top}V{top + _HEIGHT}H{60 + _WIDTH}" fill="none" stroke="#999"/>'
        f'<polyline points="{line}" fill="none" stroke="#246" stroke-width="1"/>'
    )


if __name__ == "__main__":
    sys.exit(main())
