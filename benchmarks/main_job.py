"""The main job, measured: ``python -m benchmarks.main_job`` (about four minutes, one core).

Builds a home from the newest version of every list in ``../shared/data`` (and, for the archive's
size, from all of them), then times what people do with it. Every step runs in a process of its own,
so that memory and start-up are the step's alone. Results go to ``benchmarks/results/main_job.md``.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import as_installed

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
RESULTS = ROOT / "benchmarks" / "results" / "main_job.md"
PORTFOLIO_ROWS = 30_000
AS_OF = "2024-05-03"
#: A party by position, its schema, and one of its names.
Asked = tuple[int, str, str]


def load(home: Path, newest: bool) -> dict[str, Any]:
    """Archive and snapshot, from files to active."""
    from limen.snapshot.build import update

    start, cpu = time.perf_counter(), time.process_time()
    report = update(home, source=str(DATA), newest=newest)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    manifest = report.snapshot.manifest
    return {
        "seconds": seconds,
        "cpu": cpu,
        "versions": sum(len(info.versions) for info in manifest.lists),
        "counts": manifest.counts,
        "archive_mb": (home / "archive.sqlite").stat().st_size / 1e6,
        "snapshot_mb": sum(each.bytes for each in manifest.files.values()) / 1e6,
    }


def open_snapshot(home: Path) -> dict[str, Any]:
    """From a path to an engine that can be asked."""
    import limen
    from limen import names  # noqa: F401
    from limen.snapshot import active_folder

    folder = active_folder(home)
    runs = []
    for _ in range(5):
        start = time.perf_counter()
        engine = limen.open(folder)
        engine.index  # noqa: B018
        runs.append((time.perf_counter() - start) * 1000)
    return {"ms": statistics.median(runs), "first_ms": runs[0]}


def _party(row: dict[str, str]) -> dict[str, Any]:
    properties = {"name": row["full_name"]}
    for column, name in (("date_of_birth", "birthDate"), ("nationality", "nationality")):
        if row.get(column):
            properties[name] = row[column]
    return {"schema": "Person", "properties": properties}


def _innocents(count: int) -> list[dict[str, Any]]:
    import csv
    import gzip

    parties: list[dict[str, Any]] = []
    for name in ("innocents_global_dev.csv.gz", "innocents_us_dev.csv.gz"):
        with gzip.open(DATA.parent / "bench" / name, "rt", encoding="utf-8") as stream:
            parties += [_party(row) for row in csv.DictReader(stream)]
    while len(parties) < count:
        parties += parties
    return parties[:count]


def single(home: Path) -> dict[str, Any]:
    """One warm question after another."""
    import limen
    from limen.snapshot import active_folder

    engine = limen.open(active_folder(home))
    parties = _innocents(1000)
    for party in parties[:50]:
        engine.screen(party, as_of=AS_OF)
    runs = []
    for party in parties:
        start = time.perf_counter()
        engine.screen(party, as_of=AS_OF)
        runs.append((time.perf_counter() - start) * 1000)
    runs.sort()
    return {"p50_ms": runs[500], "p95_ms": runs[950], "p99_ms": runs[990]}


def portfolio(home: Path) -> dict[str, Any]:
    """Parties with birth date and country."""
    import limen
    from limen.snapshot import active_folder

    engine = limen.open(active_folder(home))
    parties = _innocents(PORTFOLIO_ROWS)
    list(engine.screen_many(parties[:600], as_of=AS_OF))
    start = time.perf_counter()
    hits = sum(1 for each in engine.screen_many(parties, as_of=AS_OF) if each.outcome == "hit")
    seconds = time.perf_counter() - start
    return {"rows_per_s": PORTFOLIO_ROWS / seconds, "alerts": hits / PORTFOLIO_ROWS}


def self_recall(home: Path) -> dict[str, Any]:
    """Every primary name and strong alias, asked for as written, finds its own party.

    The index is asked for all of them, and the whole engine, which looks for names as written
    too, for those that the index does not find.
    """
    import limen
    from limen.snapshot import active_folder

    engine = limen.open(active_folder(home))
    found: dict[str, list[int]] = {}
    missed: list[str] = []
    for position, info in enumerate(engine.snapshot.manifest.lists):
        if not info.versions:
            continue
        day = info.versions[-1].published
        asked = list(_strong_names(engine, position, day))
        unfound = list(_unfound_by_index(engine, asked, info.id, day))
        lost = list(_unfound_by_engine(engine, unfound, info.id, day))
        found[info.id] = [len(asked) - len(lost), len(asked)]
        missed += [f"{engine.party_id(party)} {text!r}" for party, _, text in lost]
    return {"by_list": found, "missed": missed[:40], "missed_count": len(missed)}


def _strong_names(engine: Any, position: int, day: str) -> Iterator[Asked]:
    """The names of a list's parties on a day, but for weak aliases and those no longer printed."""
    from limen.snapshot.format import NEVER, SCHEMAS, WEAK

    snapshot = engine.snapshot
    info = snapshot.manifest.lists[position]
    applied = engine.scope(day, None, (), [info.id], ()).parties
    kinds, known_to = snapshot.names["kind"], snapshot.names["known_to"]
    for row, party in enumerate(snapshot.names["party"].tolist()):
        own = snapshot.parties["list"][party] == position and applied[party]
        if own and kinds[row] != WEAK and known_to[row] == NEVER:
            schema = SCHEMAS[int(snapshot.parties["schema"][party])]
            yield party, schema, snapshot.name_texts[row]


def _unfound_by_index(
    engine: Any, asked: Sequence[Asked], list_id: str, day: str
) -> Iterator[Asked]:
    from limen.names import DEFAULT_THRESHOLD, Query

    scope = engine.scope(day, None, (), [list_id], ())
    matches = engine.index.search(
        [Query((text,), schema) for _, schema, text in asked],
        cutoff=DEFAULT_THRESHOLD,
        parties=scope.parties,
        rows=scope.rows,
    )
    for each, found in zip(asked, matches, strict=True):
        if each[0] not in {match.party for match in found}:
            yield each


def _unfound_by_engine(
    engine: Any, asked: Sequence[Asked], list_id: str, day: str
) -> Iterator[Asked]:
    wires = [{"schema": schema, "properties": {"name": [text]}} for _, schema, text in asked]
    answers = engine.screen_many(wires, as_of=day, lists=[list_id])
    for each, answer in zip(asked, answers, strict=True):
        own = engine.party_id(each[0])
        if not any(finding.id == own and finding.level == "hit" for finding in answer.findings):
            yield each


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "open": open_snapshot,
    "single": single,
    "portfolio": portfolio,
    "self_recall": self_recall,
}


def run_step(name: str, home: Path) -> dict[str, Any]:
    """Run one step in a fresh process on one core, and add its peak memory."""
    command = [sys.executable, "-m", "benchmarks.main_job", name, str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def one_shot(home: Path) -> dict[str, float]:
    """The whole process of ``limen screen NAME``, started cold, nine times."""
    limen = Path(sys.executable).with_name("limen")
    command = [str(limen), "screen", "Sergey Aksyonov", "--as-of", AS_OF, "--format", "json"]
    runs = []
    with tempfile.TemporaryDirectory() as bytecode:
        environment = as_installed(bytecode) | {"LIMEN_HOME": str(home)}
        for _ in range(10):
            start = time.perf_counter()
            subprocess.run(command, env=environment, capture_output=True, check=False)
            runs.append(time.perf_counter() - start)
    return {"median_s": statistics.median(runs[1:]), "max_s": max(runs[1:])}


def report(found: dict[str, dict[str, Any]]) -> str:
    """The results as they are committed."""
    newest, every = found["newest"], found["all"]
    rows = [
        ("archive + snapshot, newest version of every list", _taken(newest), "20 s"),
        ("its peak memory", f"{newest['peak_mb']:.0f} MB", "1,000 MB"),
        ("its parties", f"{newest['counts']['parties']:,}", "30,000"),
        ("opening the snapshot", f"{found['open']['ms']:.1f} ms", "100 ms"),
        ("`limen screen NAME`, whole process", f"{found['one_shot']['median_s']:.2f} s", "0.5 s"),
        ("one warm question, p50", f"{found['single']['p50_ms']:.2f} ms", "3 ms"),
        ("one warm question, p95", f"{found['single']['p95_ms']:.2f} ms", "10 ms"),
        (
            f"portfolio of {PORTFOLIO_ROWS:,} rows",
            f"{found['portfolio']['rows_per_s']:,.0f} rows/s",
            "1,000 rows/s",
        ),
    ]
    recall = found["self_recall"]["by_list"]
    lines = [
        "# The main job, measured",
        "",
        f"`python -m benchmarks.main_job`, one core, {time.strftime('%Y-%m-%d')},",
        f"{platform.machine()}, Python {platform.python_version()}.",
        "",
        "| what | measured | bar |",
        "|---|---|---|",
        *(f"| {what} | {value} | {bar} |" for what, value, bar in rows),
        "",
        f"All {every['versions']} versions in `../shared/data`: {_taken(every)},",
        f"archive {every['archive_mb']:.1f} MB, snapshot {every['snapshot_mb']:.1f} MB",
        f"({every['counts']['parties']:,} parties, {every['counts']['names']:,} names).",
        "",
        "Every primary name and strong alias, asked for as written, hits its own party:",
        "",
        "| list | names | found |",
        "|---|---|---|",
        *(f"| {name} | {total:,} | {hits / total:.4f} |" for name, (hits, total) in recall.items()),
        "",
        *(f"- missed: {line}" for line in found["self_recall"]["missed"]),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _taken(load: dict[str, Any]) -> str:
    return f"{load['seconds']:.1f} s ({load['cpu']:.1f} s of CPU)"


def main() -> None:
    """Run every step and write the results down."""
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        newest, every = Path(folder) / "newest", Path(folder) / "all"
        found["newest"] = run_step("load_newest", newest)
        found["all"] = run_step("load_all", every)
        for name in STEPS:
            found[name] = run_step(name, newest)
        found["one_shot"] = one_shot(newest)
    text = report(found)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(text)
    print(text)


def step(name: str, home: Path) -> None:
    """One step, in this process."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    home.mkdir(parents=True, exist_ok=True)
    loads = {"load_newest": True, "load_all": False}
    found = load(home, loads[name]) if name in loads else STEPS[name](home)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        step(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
