"""Re-screening measured: ``python -m benchmarks.rescreening FOLDER [--customers 1000000]``.

A base of real names recombined, with the entries of OFAC's change of 2 November 2023 planted in it,
against exactly that change (229 new entries with their aliases, 5 changed), on all newest lists. A
sample is screened as a whole before and after, to compare the result and the time; of the large
base the first run is written down without screening, since the next one needs its views alone.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.rescreening.customers import customers, planted, write
from benchmarks.rescreening.vintages import names_of, states, write_folder
from limen.batch.columns.mapping import Wishes
from limen.engine import Engine
from limen.model import LimenError
from limen.rescreening import run_work
from limen.rescreening.bases.base_home import base_folder, open_base, store_base
from limen.rescreening.bases.compile_base import FileReading
from limen.rescreening.customer_pairs import pair_of
from limen.rescreening.rescreen import rescreen
from limen.rescreening.run_plan import Question
from limen.rescreening.run_record import RunRecord, read_pairs, runs_folder
from limen.snapshot import Snapshot, active_folder
from limen.snapshot.build import update

BEFORE, AFTER, ALIASES = "2023-11-01", "2023-11-02", "2023-12-28"
OTHERS = ("un_sc", "us_ofac_cons", "eu_journal", "uk_ofsi", "ca_sema", "au_dfat")
SAMPLE = 20_000


class Timed:
    """The seconds of a step, on the wall and of the processor."""

    def __init__(self, step: Callable[[], Any]) -> None:
        wall, cpu = time.perf_counter(), _cpu()
        self.result = step()
        self.wall, self.cpu = time.perf_counter() - wall, _cpu() - cpu

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.cpu:.1f} s of processors)"


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def prepare(folder: Path) -> tuple[Engine, Engine]:
    """Make a home with both states of the list, and open a snapshot of each."""
    home = folder / "home"
    if not (folder / "engines.txt").exists():
        shutil.rmtree(home, ignore_errors=True)
        with suppress(LimenError):
            update(home, source=str(machine.SHARED / "data"), lists=OTHERS, newest=True)
        found = []
        for day in (BEFORE, AFTER):
            source = write_folder(folder / day, [day], aliases=ALIASES)
            update(home, source=str(source))
            found.append(active_folder(home).name)
        (folder / "engines.txt").write_text("\n".join(found))
    names = (folder / "engines.txt").read_text().split()
    one, two = (Engine(Snapshot(home / "snapshots" / name)) for name in names)
    return one, two


def compile_base(folder: Path, count: int) -> Timed:
    """Write and compile a base of so many customers, in place of an earlier one."""
    old, new = (names_of(rows) for _, rows in states([BEFORE, AFTER]))
    added = [name for number, name in new.items() if number not in old]
    file = folder / f"{count}.csv"
    write(file, chain(customers(count, 5), planted(added, 7)))
    home = folder / "home"
    shutil.rmtree(base_folder(home, f"b{count}"), ignore_errors=True)
    reading = FileReading(Wishes({}))
    return Timed(lambda: store_base(home, f"b{count}", file, reading, new=True))


def run(folder: Path, count: int, engine: Engine) -> Timed:
    """Re-screen a base."""
    return Timed(lambda: rescreen(folder / "home", f"b{count}", engine, Question()))


def run_unscreened(folder: Path, count: int, engine: Engine) -> None:
    """Write a first run down that has the views of the entries, and no pairs."""
    screen = run_work._Work._whole
    run_work._Work._whole = lambda _, customers: ([] for _ in customers)  # type: ignore[method-assign]
    try:
        run(folder, count, engine)
    finally:
        run_work._Work._whole = screen  # type: ignore[method-assign]


def compared(folder: Path, engine: Engine, record: RunRecord) -> tuple[Timed, str]:
    """Screen the whole sample, and say how the run's pairs differ from what it finds."""
    base = open_base(folder / "home", f"b{SAMPLE}")
    runs = runs_folder(base_folder(folder / "home", f"b{SAMPLE}"))
    held = read_pairs(runs / record.id)

    def screen() -> dict[tuple[str, str], Any]:
        scope, judge = engine.scope(None, None, (), None, ()), engine.judge(None, None)
        answers = engine.answers_of(map(base.party, range(len(base))), scope, judge)
        pairs = (
            pair_of(key, finding)
            for key, answer in zip(base.keys, answers, strict=True)
            for finding in answer.findings  # type: ignore[union-attr]
        )
        return {pair.key: pair for pair in pairs}

    whole = Timed(screen)
    lost = [key for key, pair in whole.result.items() if held.get(key) != pair]
    more = held.keys() - whole.result.keys()
    return whole, (
        f"{len(whole.result):,} pairs by a screening of everything: {len(lost)} lost or other in "
        f"the run, {len(more)} more in it"
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, help="for the home and the bases; it is reused")
    options.add_argument("--customers", type=int, default=1_000_000)
    options.add_argument("--no-compile", action="store_true", help="take the base there is")
    options.add_argument("--page", action="store_true", help="write results/rescreening.md")
    chosen = options.parse_args()
    folder, count = chosen.folder, chosen.customers
    folder.mkdir(parents=True, exist_ok=True)
    one, two = prepare(folder)
    lines = machine.header(
        "Re-screening a base", f"python -m benchmarks.rescreening FOLDER {' '.join(sys.argv[2:])}"
    )
    compile_base(folder, SAMPLE)
    run(folder, SAMPLE, one)
    sample = run(folder, SAMPLE, two)
    whole, difference = compared(folder, two, sample.result)
    if not chosen.no_compile:
        timed = compile_base(folder, count)
        size = sum(each.bytes for each in timed.result.files.values()) / 1e6
        lines.append(f"- {count:,} customers compiled in {timed}: {size:.0f} MB mapped.")
    run_unscreened(folder, count, one)
    changes = run(folder, count, two)
    done = changes.result.treatment
    rate = whole.cpu / len(open_base(folder / "home", f"b{SAMPLE}")) * count
    lines += [
        (
            f"- {done.customers:,} customers against {done.entries} changed entries in {changes}: "
            f"{done.pairs:,} pairs = {done.ruled_out:,} ruled out + {done.compared:,} compared; "
            f"{dict(changes.result.outcomes)}."
        ),
        (
            f"- A screening of everything takes {whole} for {SAMPLE:,}, so {rate:,.0f} s of "
            f"processors for {count:,}: {rate / changes.cpu:.0f} times as much."
        ),
        f"- Of the sample, {difference}.",
        f"- Peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB.",
    ]
    if chosen.page:
        machine.write("rescreening.md", lines)
    else:
        print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
