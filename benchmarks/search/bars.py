"""How fast screening with evidence is: ``python -m benchmarks.search.bars [PYTHON...]``.

The whole engine over the newest version of every list in ``../shared/data``, evidence included, in
CPU time, since other work may run. Each PYTHON is the interpreter of an environment with Limen in
it, another checkout's for the state before; the default is this one. Each builds a home of its own
and is measured by this file, so that all are asked the same. The page has a column for each.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.machine import as_installed, header, write  # noqa: E402 - run as a file too
from benchmarks.main_job import AS_OF, _innocents, load  # noqa: E402
from benchmarks.search import exam  # noqa: E402
from benchmarks.search.real_lists import merged  # noqa: E402
from benchmarks.search.speed import CROWD  # noqa: E402

WARM, INNOCENTS, ERRORS, SINGLE, CROWDS = 500, 5000, 3000, 1000, 20
#: What is measured, and the bar.
ROWS = {
    "innocents": ("batch, innocents with birth date and country", "4,000/s"),
    "errors": ("batch, listed names with an error", "3,000/s"),
    "p50": ("one question, p50", "0.5 ms"),
    "p95": ("one question, p95", "1.0 ms"),
    "crowd": ("20 aliases, most not Latin", "6 ms"),
    "cores": ("two cores in one process, by the clock", "1.8 x"),
    "one_shot": ("`limen screen NAME`, of `import numpy, lxml.etree`", "2.2 x"),
    "snapshot": ("snapshot", "+10 %"),
}


def errors(count: int) -> list[dict[str, Any]]:
    """Names of as many listed parties, each with a typing error."""
    dice = random.Random(4)
    return [
        {"schema": party.schema, "properties": {"name": [exam.misspell(party.names[0], dice, 1)]}}
        for party in dice.sample(merged(), count)
    ]


def pinned(cores: int) -> None:
    """Run on so many cores, where the system can be told."""
    from limen.names.kernels import threads

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(range(min(cores, os.cpu_count() or 1))))
    threads.count.cache_clear()
    threads._pool.cache_clear()


def spent(engine: Any, parties: list[dict[str, Any]]) -> tuple[float, float]:
    """The seconds of CPU and of the clock that a batch takes."""
    cpu, clock = time.process_time(), time.perf_counter()
    for answer in engine.screen_many(parties, as_of=AS_OF):
        assert answer.outcome
    return time.process_time() - cpu, time.perf_counter() - clock


def milliseconds(engine: Any, parties: list[dict[str, Any]]) -> list[float]:
    """The CPU of one question after another, sorted."""
    taken = []
    for party in parties:
        started = time.process_time()
        engine.screen(party, as_of=AS_OF)
        taken.append(1000 * (time.process_time() - started))
    return sorted(taken)


def one_shot(home: Path) -> float:
    """The CPU of a whole command, as a multiple of that of two imports; medians of nine."""
    limen = str(Path(sys.executable).with_name("limen"))
    commands = (
        [limen, "screen", "Sergey Aksyonov", "--as-of", AS_OF, "--format", "json"],
        [sys.executable, "-c", "import numpy, lxml.etree"],
    )
    environment = as_installed(home / "bytecode") | {"LIMEN_HOME": str(home)}
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(10):
        for runs, command in zip(taken, commands, strict=True):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, env=environment, capture_output=True, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            runs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(taken[0][1:]) / statistics.median(taken[1][1:])


def measure(home: Path) -> dict[str, float]:
    """Everything, in this process."""
    pinned(1)
    built = load(home, newest=True)
    import limen
    from limen.snapshot import active_folder

    engine = limen.open(active_folder(home))
    innocents, listed = _innocents(WARM + INNOCENTS + SINGLE), errors(WARM + ERRORS)
    spent(engine, [*innocents[:WARM], *listed[:WARM]])
    found = {"snapshot": built["snapshot_mb"]}
    found["errors"] = ERRORS / spent(engine, listed[WARM:])[0]
    batch = innocents[WARM : WARM + INNOCENTS]
    found["innocents"] = INNOCENTS / spent(engine, batch)[0]
    single = milliseconds(engine, innocents[-SINGLE:])
    found |= {"p50": single[SINGLE // 2], "p95": single[SINGLE * 95 // 100]}
    crowd = {"schema": CROWD.schema, "properties": {"name": list(CROWD.names)}}
    found["crowd"] = statistics.median(milliseconds(engine, [crowd] * CROWDS))
    alone = spent(engine, batch)[1]
    pinned(2)
    found["cores"] = alone / spent(engine, batch)[1]
    return found | {"one_shot": one_shot(home)}


def shown(row: str, value: float) -> str:
    units = {"p50": " ms", "p95": " ms", "crowd": " ms", "cores": " x", "one_shot": " x"}
    if row in units:
        return f"{value:.2f}{units[row]}"
    return f"{value:,.1f} MB" if row == "snapshot" else f"{value:,.0f}/s"


def main(pythons: list[str]) -> None:
    """Measure every environment and write the page."""
    columns = []
    for python in pythons:
        with tempfile.TemporaryDirectory() as home:
            command = [python, __file__, "measure", home]
            done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        columns.append(json.loads(done.stdout.splitlines()[-1]))
    lines = header("Screening with evidence: its bars", "python -m benchmarks.search.bars")
    lines.append(f"CPU time, but for two cores; load average {os.getloadavg()[1]:.1f}.")
    names = " | ".join(["before"] * (len(columns) - 1) + ["now"])
    lines += ["", f"| what | {names} | bar |", "|---|" + "---|" * (len(columns) + 1)]
    for row, (what, bar) in ROWS.items():
        cells = " | ".join(shown(row, column[row]) for column in columns)
        lines.append(f"| {what} | {cells} | {bar} |")
    write("search_bars.md", lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
    else:
        main([*sys.argv[1:], sys.executable])
