"""Damage a snapshot and ask it: ``python -m benchmarks.damage --times 3600 --seed 1``.

Every file of a snapshot of the real lists is damaged in turn, in every way of ``KINDS``, in a
copy. A fresh engine opens the copy and answers the questions below. Each answer must be that of
the whole snapshot, or an error that names the file. Any other
answer is printed and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from benchmarks import machine
from benchmarks.damage.damage import KINDS, damage, table
from benchmarks.false_clear.home import prepare
from limen.engine import Engine
from limen.model import DamagedSnapshotError
from limen.snapshot import Snapshot, active_folder

HOME = Path(tempfile.gettempdir()) / "limen-false-clear"
NOW = datetime(2026, 11, 1, tzinfo=UTC)

#: A hit by name, by alias, by number; an innocent; an address under embargo; a day of the past.
QUESTIONS = (
    ({"schema": "Person", "properties": {"name": ["Vladimir Putin"]}}, "2022-03-01"),
    ({"schema": "Person", "properties": {"name": ["Igor Sechin"], "country": ["ru"]}}, None),
    ({"schema": "Company", "properties": {"name": ["VTB Bank"]}}, "2022-02-21"),
    ({"schema": "Company", "properties": {"name": ["VTB Bank"]}}, "2022-04-06"),
    ({"schema": "Vessel", "properties": {"imoNumber": ["7406784"]}}, None),
    ({"schema": "Person", "properties": {"name": ["Hannelore Kaltenbrunner-Wiese"]}}, None),
    (
        {"schema": "Company", "properties": {"name": ["Mill"], "address": ["Simferopol, Crimea"]}},
        None,
    ),
)


def answers(folder: Path) -> list[bytes]:
    """Return the answer to each question."""
    engine = Engine(Snapshot(folder), clock=lambda: NOW)
    given = [engine.screen(party, as_of=day) for party, day in QUESTIONS]
    return [msgspec.json.encode(answer.to_dict()) for answer in given]


def _verdict(folder: Path, expected: list[bytes]) -> str:
    try:
        return "not read" if answers(folder) == expected else "CHANGED"
    except DamagedSnapshotError:
        return "refused"


def _copy(source: Path, target: Path) -> None:
    """Link every file; the damaged ones become files of their own."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in source.iterdir():
        os.link(path, target / path.name)


def _unlink_copies(folder: Path, names: list[str]) -> None:
    for name in names:
        content = (folder / name).read_bytes()
        (folder / name).unlink()
        (folder / name).write_bytes(content)


def main() -> int:
    """Run the corruptions and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, default=HOME)
    parser.add_argument("--page", action="store_true", help="write results/damage.md")
    chosen = parser.parse_args()
    prepare(chosen.home)
    whole = active_folder(chosen.home)
    started = time.process_time()
    expected = answers(whole)
    first = time.process_time() - started
    names = sorted(path.name for path in whole.iterdir())
    work = [(name, kind) for name in names for kind in KINDS]
    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory(dir=chosen.home) as scratch:
        folder = Path(scratch) / whole.name
        for turn in range(chosen.times):
            name, kind = work[turn % len(work)]
            _copy(whole, folder)
            _unlink_copies(folder, names if kind == "swap" else [name])
            damage(folder, name, kind, seed=chosen.seed + turn)
            verdict = _verdict(folder, expected)
            counts[kind, verdict] += 1
            if verdict == "CHANGED":
                sys.stderr.write(f"{name}, {kind}, seed {chosen.seed + turn}: another answer\n")
    _report(chosen, counts, len(names), first)
    return 1 if any(verdict == "CHANGED" for _, verdict in counts) else 0


def _report(
    chosen: argparse.Namespace, counts: Counter[tuple[str, str]], files: int, first: float
) -> None:
    verdicts = ("refused", "not read", "CHANGED")
    summary = (
        f"{chosen.times} corruptions of {files} files, {len(QUESTIONS)} questions each. "
        f"Opening the snapshot and answering all of them takes {1000 * first:.0f} ms of CPU, "
        "the checks of every file that is read included. A file that no question reads may be "
        "damaged without a word here; `limen snapshot verify` and `limen serve` check all."
    )
    command = f"python -m benchmarks.damage --times {chosen.times} --seed {chosen.seed}"
    lines = [
        *machine.header("A damaged snapshot", command),
        summary,
        "",
        *table(counts, KINDS, verdicts),
    ]
    if chosen.page:
        machine.write("damage.md", lines)
    else:
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
