"""Queues and decisions in a store of a million alerts.

``python -m benchmarks.cases FOLDER --build`` fills the store in FOLDER (ten minutes, 3 GB);
``python -m benchmarks.cases FOLDER`` measures it, ``--page`` writes results/cases.md.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cases.desk import APPROVE, BO, CLEO, PROPOSE, answer, finding

from benchmarks import machine
from limen.cases.alert import alert_id
from limen.cases.cases import PROFILE, Cases
from limen.cases.queue_filter import Filter
from limen.cases.storage.ledger import Ledger
from limen.cases.vocabulary import OPEN

ALERTS = 1_000_000
BATCH = 20_000
#: How many alerts of a hundred are in which state: a desk after some years.
STATES = (("new", 6), ("in_progress", 2), ("escalated", 1), ("pending_approval", 1),
          ("closed_fp", 78), ("closed_true", 1), ("suppressed", 11))  # fmt: skip
START = datetime(2016, 1, 1, tzinfo=UTC)


def build(folder: Path) -> None:
    """Fill a store: every alert is an event of the chain."""
    chance = random.Random(20)
    names, weights = zip(*STATES, strict=True)
    opened = 0
    now = START

    def clock() -> datetime:
        return now

    with Cases.open(folder / "cases.sqlite", clock=clock) as cases:
        held = cases.alert(cases.open_alerts([answer()])[0].alert)
        while opened < ALERTS:
            now += timedelta(hours=72)
            with cases.adding() as ledger:
                for number in range(opened, opened + BATCH):
                    state = chance.choices(names, weights)[0]
                    _open(ledger, number, state, held.answer, chance)
            opened += BATCH
            print(f"{opened:,}", file=sys.stderr, flush=True)


def _open(ledger: Ledger, number: int, state: str, content: str, chance: random.Random) -> None:
    subject, party = f"C{number}", f"p{chance.randrange(20_000)}"
    due = _text(START + timedelta(hours=chance.randrange(90_000)))
    changes = {
        "channel": chance.choice(("file", "base", "payment")), "profile": PROFILE, "tier": 1,
        "subject_id": subject, "subject": f"Customer {number}", "party_id": party,
        "party": f"Listed {party}", "lists": "us_ofac_sdn", "score": round(chance.random(), 3),
        "level": "hit", "state": state, "is_open": int(state in OPEN), "answer": content,
        "assignee": f"a{chance.randrange(40)}" if state == "in_progress" else "",
        "due_at": due, "subject_print": f"{number:064x}",
        "listed_print": f"{chance.getrandbits(256):064x}",
    }  # fmt: skip
    if state == "pending_approval":
        changes |= {"proposal": "closed_fp", "reason": "dob_conflict", "proposed_by": "anna"}
    if state.startswith("closed"):
        changes |= {"proposal": state, "reason": "dob_conflict", "proposed_by": "anna",
                    "decided_by": "bo", "decided_at": due}  # fmt: skip
    key = alert_id(subject, party, PROFILE)
    ledger.append(key, "alert.opened", "system", {}, changes, new=True)


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def measure(folder: Path) -> list[str]:
    """Time queues and decisions, each as often as it takes to have a 95th percentile."""
    now = "2020-01-01T00:00:00.000Z"
    queues = {
        "open, due first": Filter(open_only=True),
        "one state": Filter(state="pending_approval"),
        "one person's": Filter(assignee="a7", open_only=True),
        "late": Filter(open_only=True, overdue=now),
        "of one channel": Filter(open_only=True, channel="payment"),
        "of one party": Filter(party_id="p77"),
        "closed ones": Filter(state="closed_fp"),
        "everything": Filter(),
    }
    lines = ["| what | p50 ms | p95 ms |", "|---|---:|---:|"]
    with Cases.open(folder / "cases.sqlite") as cases:
        for name, chosen in queues.items():
            lines.append(_line(f"queue: {name}", [_timed(cases.queue, chosen) for _ in range(20)]))
        page = cases.queue(Filter(open_only=True, limit=50))
        deep = Filter(open_only=True, after=page.next)
        lines.append(_line("queue: next page", [_timed(cases.queue, deep) for _ in range(20)]))
        fresh = cases.queue(Filter(state="new", limit=100)).alerts
        proposed = [_timed(cases.act, each.id, each.version, PROPOSE, BO) for each in fresh]
        pending = [cases.alert(each.id) for each in fresh]
        signed = [_timed(cases.act, each.id, each.version, APPROVE, CLEO) for each in pending]
        mark = str(time.time_ns())
        new = [finding(party_id=f"n{mark}-{number}") for number in range(100)]
        opening = [_timed(cases.open_alerts, [answer(each)]) for each in new]
        lines += [
            _line("a decision is proposed", proposed),
            _line("a decision is signed", signed),
            _line("an alert is opened", opening),
        ]
        lines.append(_line("counts by state", [_timed(cases.states) for _ in range(5)]))
    return lines


def _timed(work: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    work(*arguments)
    return (time.perf_counter() - start) * 1000


def _line(name: str, times: list[float]) -> str:
    times = sorted(times)
    return f"| {name} | {times[len(times) // 2]:.1f} | {times[int(len(times) * 0.95) - 1]:.1f} |"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--build", action="store_true")
    options.add_argument("--page", action="store_true", help="write results/cases.md")
    chosen = options.parse_args()
    if chosen.build:
        build(chosen.folder)
        return 0
    size = (chosen.folder / "cases.sqlite").stat().st_size / 1e9
    lines = machine.header(
        "A desk with a million alerts", f"python -m benchmarks.cases {chosen.folder.name}"
    )
    lines += [f"SQLite, {ALERTS:,} alerts, {size:.2f} GB; every commit waits for the disk.", ""]
    lines += measure(chosen.folder)
    if chosen.page:
        machine.write("cases.md", lines)
    else:
        print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
