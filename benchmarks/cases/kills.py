"""Kill whoever decides, thousands of times, and check that nothing acknowledged is lost.

``python -m benchmarks.cases.kills FOLDER --times 10000``: a process opens alerts, proposes and
signs as fast as it can and reports each event once it is acknowledged; it gets SIGKILL at a random
instant, and the next goes on in the same store. After fifty kills every event that was reported
must be in the store, and after each five hundred the whole store is verified. A store is begun anew
after each thousand.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from tests.cases.desk import ANNA, APPROVE, BO, PROPOSE, answer

from benchmarks import machine
from limen.cases.cases import Cases
from limen.cases.verification import verify

#: Seconds after its first acknowledged event for which a process may live.
LONGEST = 0.03
LOOK_EACH, VERIFY_EACH, STORE_EACH = 50, 500, 1_000


def decide(cases: Cases, turn: int, reports: int) -> None:
    """Decide until the end, and report each event once it is acknowledged."""
    for number in count():
        (opened,) = cases.open_alerts([answer(subject=f"C{turn}-{number}")])
        for what, person in ((PROPOSE, ANNA), (APPROVE, BO)):
            event = cases.act(opened.alert, cases.alert(opened.alert).version, what, person)
            os.write(reports, f"{event.seq} {event.about} {event.type}\n".encode())


def killed(cases: Cases, turn: int, seconds: float) -> list[str]:
    """Start a process that decides, kill it after so many seconds, and return what it reported."""
    cases.close()  # a process opens connections of its own
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            decide(cases, turn, writing)
        finally:
            os._exit(70)
    os.close(writing)
    first = os.read(reading, 1)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), f"it ended by itself: {status}"
    with os.fdopen(reading, "rb") as stream:
        lines = (first + stream.read()).split(b"\n")
    return [line.decode() for line in lines[:-1]]  # the last one may be cut off


def lost(cases: Cases, reported: list[str]) -> Iterator[str]:
    """Yield what was reported and is not in the store."""
    for line in reported:
        seq, about, kind = line.split()
        held = {event.seq: event.type for event in cases.events(about)}
        if held.get(int(seq)) != kind:
            yield f"acknowledged and lost: {line}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--times", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance, acknowledged = random.Random(chosen.seed), 0
    faults: list[str] = []
    reported: list[str] = []
    cases = Cases.open(chosen.folder / f"cases-{chosen.seed}-0.sqlite")
    for turn in range(1, chosen.times + 1):
        reported += killed(cases, turn, chance.uniform(0, LONGEST))
        if turn % LOOK_EACH == 0 or turn == chosen.times:
            acknowledged += len(reported)
            faults += lost(cases, reported)
            reported.clear()
        if turn % VERIFY_EACH == 0 or turn == chosen.times:
            faults += map(str, verify(cases.database).faults)
            print(f"{turn:,} kills, {acknowledged:,} acknowledged, {len(faults)} faults",
                  file=sys.stderr, flush=True)  # fmt: skip
        if turn % STORE_EACH == 0:
            cases.close()
            cases = Cases.open(chosen.folder / f"cases-{chosen.seed}-{turn}.sqlite")
    command = f"python -m benchmarks.cases.kills FOLDER --times {chosen.times} --seed {chosen.seed}"
    print("\n".join(machine.header("Kills during decisions", command)))
    print(f"{chosen.times:,} kills, {acknowledged:,} decisions acknowledged before them, "
          f"{len(faults)} faults")  # fmt: skip
    print("\n".join(faults[:10]))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
