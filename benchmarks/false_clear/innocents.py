"""Innocents in disguise: ``python -m benchmarks.false_clear.innocents --count 1500 --seed 1``.

What undoes a disguise must not make alerts of its own. Real people, companies and ships of
``../shared/bench/population_dev.csv.gz``, most of whom no list has, are written in every way in
which the hunt writes listed parties, and screened. The page compares the alerts of each way with
those of the same names as they are.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import random
import sys
from collections import Counter, defaultdict

import limen
from benchmarks import machine
from benchmarks.false_clear import ways
from benchmarks.false_clear.__main__ import HOME
from benchmarks.false_clear.cases import Target
from benchmarks.false_clear.home import prepare
from benchmarks.false_clear.variants import cases

_SCHEMAS = {"org": "Company", "vessel": "Vessel", "person": "Person"}
_PLAIN = "as listed"
_ALERTS = ("found", "review")


def population(count: int, chance: random.Random) -> list[Target]:
    """Draw names of the population, each with nothing but its kind."""
    path = machine.SHARED / "bench" / "population_dev.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] in _SCHEMAS]
    drawn = chance.sample(rows, min(count, len(rows)))
    return [Target(row["id"], _SCHEMAS[row["kind"]], row["name"], {}) for row in drawn]


def main() -> int:
    """Screen the population in every way and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", action="store_true", help="write the results page")
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    prepare(HOME)
    os.environ["LIMEN_HOME"] = str(HOME)
    drawn = [case for target in population(chosen.count, chance) for case in cases(target, chance)]
    verdicts = [seen.verdict for seen in ways.engine(limen.open(), drawn)]
    plain = {
        case.target.id: verdict
        for case, verdict in zip(drawn, verdicts, strict=True)
        if case.kind == _PLAIN
    }
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    examples: dict[str, str] = {}
    for case, verdict in zip(drawn, verdicts, strict=True):
        _count(counts[case.kind], verdict, plain[case.target.id])
        if verdict in _ALERTS and plain[case.target.id] not in _ALERTS:
            shown = str(case.properties)
            examples[case.kind] = min(examples.get(case.kind, shown), shown, key=len)
    command = f"python -m benchmarks.false_clear.innocents --count {chosen.count}"
    lines = [
        *machine.header("Innocents in disguise", f"{command} --seed {chosen.seed}"),
        _summary(counts),
        "",
        "| kind | screened | alerts | alerts plain | new alerts | cannot say | smallest new |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {kind} | {each['all']:,} | {each['alerts']} | {each['plain']} | {each['new']} "
            f"| {each['told']} | `{examples.get(kind, '')[:90]}` |"
            for kind, each in sorted(counts.items(), key=lambda item: -item[1]["new"])
        ),
    ]
    if chosen.page:
        machine.write("false_clear_innocents.md", lines)
    else:
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _count(counts: Counter[str], verdict: str, plain: str) -> None:
    counts["all"] += 1
    counts["alerts"] += verdict in _ALERTS
    counts["plain"] += plain in _ALERTS
    counts["new"] += verdict in _ALERTS and plain not in _ALERTS
    counts["told"] += verdict == "told"


def _summary(counts: dict[str, Counter[str]]) -> str:
    total = sum(counts.values(), Counter[str]())
    alerts, plain = (100 * total[name] / total["all"] for name in ("alerts", "plain"))
    return (
        f"{total['all']:,} variants of {counts[_PLAIN]['all']:,} names: {alerts:.2f} % alerts, "
        f"{plain:.2f} % of the same names as they are."
    )


if __name__ == "__main__":
    sys.exit(main())
