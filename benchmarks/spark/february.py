"""The week of the founding case by Spark: ``python -m benchmarks.spark.february [--page]``.

The portfolio of the examples on each day from 18 to 25 February 2022, with OFAC's own list in its
state of the day and what was known on it: screened on one machine and by a cluster of two
executors, and screened again by the cluster for what changed since the day before.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import limen
import limen.spark
from benchmarks import machine
from benchmarks.rescreening.vintages import write_folder
from benchmarks.spark.cluster import session
from benchmarks.spark.digests import digest
from limen.snapshot import active_folder
from limen.snapshot.build import update
from limen.snapshot.packed_snapshot import pack

DAYS = [f"2022-02-{day}" for day in range(18, 26)]
#: The last full set before: its aliases and addresses are of every state.
FULL_SET = "2022-01-21"
LISTS = ["us_ofac_sdn"]
PORTFOLIO = Path(__file__).resolve().parents[2] / "examples" / "portfolio.csv"


def main() -> None:
    """Walk through the week, and print or write what came out."""
    from pyarrow import csv

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", action="store_true")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="limen-february-"))
    try:
        update(scratch / "home", source=str(write_folder(scratch / "lists", DAYS, FULL_SET)))
        packed = scratch / "snapshot.zip"
        pack(active_folder(scratch / "home"), packed)
        table = csv.read_csv(PORTFOLIO)
        spark = session("local-cluster[2,1,2048]")
        lines = walk(spark, scratch, packed, table)
        spark.stop()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if options.page:
        command = "python -m benchmarks.spark.february --page"
        machine.write("spark_february.md", [*machine.header("February by Spark", command), *lines])
    else:
        sys.stdout.write("\n".join(lines) + "\n")


def walk(spark: Any, scratch: Path, packed: Path, table: Any) -> list[str]:
    """Return a line a day, and a line for each customer that became graver."""
    engine = limen.open(scratch / "home")
    frame = spark.createDataFrame(table).repartition(4)
    there = {"lists": LISTS, "unpack_to": str(scratch / "unpacked")}
    lines = ["| day | one machine | Spark | outcomes |", "|---|---|---|---|"]
    became = ["| day | customer | became | listed party | measures |", "|---|---|---|---|---|"]
    before = ""
    for day in DAYS:
        asked = {"as_of": day, "known_at": day}
        alone = engine.screen_table(table, lists=LISTS, **asked).read_all()
        by_spark = limen.spark.screen(frame, snapshot=packed, **there, **asked).toArrow()
        outcomes = Counter(alone["limen_outcome"].to_pylist())
        hashes = [digest(each)[:16] for each in (alone, by_spark)]
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        same = "the same" if len(set(hashes)) == 1 else "DIFFERENT"
        lines.append(f"| {day} | `{hashes[0]}` | `{hashes[1]}` {same} | {counts} |")
        if before:
            became += changes(frame, packed, there, before, asked)
        before = day
    return [*lines, "", *became]


def changes(frame: Any, packed: Path, there: Any, before: str, asked: Any) -> list[str]:
    """Return a line for each customer that has a new or graver finding since the day before."""
    answered = limen.spark.rescreen(
        frame, before=packed, after=packed, as_of_before=before, known_before=before,
        **there, **asked,
    )  # fmt: skip
    rows = answered.filter("limen_outcome in ('new', 'worse')").toArrow().to_pylist()
    return [_line(asked["as_of"], row) for row in sorted(rows, key=lambda row: row["customer_id"])]


def _line(day: str, row: Any) -> str:
    """Return a customer's highest score among what is new or graver, and how many more are."""
    graver = [each for each in row["limen_changes"] if each["outcome"] in ("new", "worse")]
    change = max(graver, key=lambda each: (each["level"] == "hit", each["score"]))
    more = f", and {len(graver) - 1} more" if len(graver) > 1 else ""
    return (
        f"| {day} | {row['customer_id']} | {change['outcome']} {change['level']} | "
        f"{change['caption']}{more} | {', '.join(change['measures'])} |"
    )


if __name__ == "__main__":
    main()
