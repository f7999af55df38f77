"""A hundred people at one store in PostgreSQL: each proposes and signs alerts as fast as it goes.

``python -m benchmarks.cases.people --people 100 --alerts 2000`` starts a server of its own.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections import Counter

from tests.cases.desk import APPROVE, PROPOSE, answer
from tests.postgresql import postgresql

from benchmarks import machine
from limen.cases.cases import Cases
from limen.cases.people import Person
from limen.cases.queue_filter import Filter
from limen.cases.verification import verify
from limen.model import LimenError


class Desk:
    """What all people work on: alerts to propose, and alerts that wait for another person."""

    def __init__(self, url: str, people: int, alerts: int) -> None:
        self.url, self.people, self.alerts = url, people, alerts
        self.together = threading.Barrier(people)
        self.times: list[float] = []
        self.answers: Counter[str] = Counter()
        self.acknowledged: Counter[str] = Counter()

    def fill(self) -> None:
        with Cases.open(self.url) as cases:
            wires = [answer(subject=f"C{number}") for number in range(self.alerts)]
            for start in range(0, self.alerts, 200):
                cases.open_alerts(wires[start : start + 200])

    def work(self, number: int) -> None:
        """Take alerts in the order of the queue, from another place in it than others."""
        person = Person(f"p{number:03}", frozenset({"decide", "approve"}), 2)
        with Cases.open(self.url) as cases:
            self.together.wait()
            idle = 0
            while idle < 3:
                done = self._page(cases, person, number)
                idle = 0 if done else idle + 1

    def _page(self, cases: Cases, person: Person, number: int) -> int:
        done = 0
        for state, act in (("new", PROPOSE), ("pending_approval", APPROVE)):
            alerts = cases.queue(Filter(state=state, limit=200)).alerts  # type: ignore[arg-type]
            own = [each for each in alerts if each.proposed_by != person.name]
            start = number * 7 % max(1, len(own))
            for alert in (own[start:] + own[:start])[:5]:
                begun = time.perf_counter()
                try:
                    event = cases.act(alert.id, alert.version, act, person)
                except LimenError as error:
                    self.answers[type(error).__name__] += 1
                else:
                    self.times.append(time.perf_counter() - begun)
                    self.acknowledged[f"{event.seq} {event.about} {event.type}"] += 1
                    done += 1
        return done

    def check(self) -> list[str]:
        """Return what is wrong: a decision lost, signed twice, or signed by who proposed it."""
        faults = []
        with Cases.open(self.url) as cases:
            faults += [str(fault) for fault in verify(cases.database).faults]
            held: Counter[str] = Counter()
            after = ""
            while True:
                page = cases.queue(Filter(limit=500, after=after))
                for alert in page.alerts:
                    types = Counter()
                    for event in cases.events(alert.id):
                        types[event.type] += 1
                        if event.type != "alert.opened":
                            held[f"{event.seq} {event.about} {event.type}"] += 1
                    if types["alert.approve"] > 1 or types["alert.propose"] > 1:
                        faults.append(f"{alert.id}: {types}")
                    if alert.decided_by and alert.decided_by == alert.proposed_by:
                        faults.append(f"{alert.id}: one person")
                after = page.next
                if not after:
                    break
            faults += [f"acknowledged and lost: {key}" for key in self.acknowledged - held]
        return faults


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=100)
    options.add_argument("--alerts", type=int, default=2_000)
    chosen = options.parse_args()
    with postgresql(connections=chosen.people + 20) as url:
        desk = Desk(url, chosen.people, chosen.alerts)
        desk.fill()
        threads = [
            threading.Thread(target=desk.work, args=(number,)) for number in range(chosen.people)
        ]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begun
        faults = desk.check()
    times = sorted(desk.times)
    command = f"python -m benchmarks.cases.people --people {chosen.people} --alerts {chosen.alerts}"
    print("\n".join(machine.header("A hundred people on PostgreSQL", command)))
    print(f"{len(times):,} decisions acknowledged in {seconds:.0f} s; p50 "
          f"{times[len(times) // 2] * 1000:.0f} ms, p95 {times[int(len(times) * 0.95)] * 1000:.0f} "
          f"ms; refused: {dict(desk.answers)}; {len(faults)} faults")  # fmt: skip
    print("\n".join(faults[:10]))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
