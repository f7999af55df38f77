"""Spark measured: ``python -m benchmarks.spark HOME [--rows 100000] [--page]``.

Real names recombined, screened on one machine and by a cluster of two executors with one core each:
whether the bytes are the same, rows a second of processor, and the first answer of a fresh worker.
Rates are by processor time of every process (JVMs included), since the machine may have other work.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import limen
import limen.spark
from benchmarks import machine
from benchmarks.rescreening.customers import HEADINGS, customers
from benchmarks.spark.cluster import processor_seconds, session, workers_memory
from benchmarks.spark.digests import digest
from limen.snapshot import active_folder
from limen.snapshot.packed_snapshot import pack

MASTER = "local-cluster[2,1,2048]"
AS_OF = "2026-07-17"
MAPPING: dict[str, Any] = {
    "columns": {"customer_id": "id", "name": "name", "type": "schema", "birth_date": "birthDate"},
    "date_order": "dmy",
    "as_of": AS_OF,
}


def table_of(count: int) -> Any:
    """Return customers as an Arrow table."""
    import pyarrow as pa

    columns = zip(*customers(count, seed=18), strict=True)
    return pa.table(dict(zip(HEADINGS, map(list, columns), strict=True)))


def locally(home: Path, table: Any) -> dict[str, Any]:
    """Screen on one machine: the rate a second of processor, and the hash of what comes out."""
    engine = limen.open(home)
    engine.screen_table(table.slice(0, 2000), **MAPPING).read_all()
    start = time.process_time()
    answers = engine.screen_table(table, **MAPPING).read_all()
    rate = len(table) / (time.process_time() - start)
    return {"rate": rate, "digest": digest(answers), "bytes": answers.nbytes}


def by_spark(spark: Any, packed: Path, table: Any, scratch: Path) -> dict[str, Any]:
    """Screen by the cluster, after a job that warms it up."""
    import pyarrow.parquet as pq

    source, target = str(scratch / "customers"), str(scratch / "answers")
    spark.createDataFrame(table).repartition(8).write.parquet(source)
    frame = spark.read.parquet(source)
    options = {"snapshot": packed, "unpack_to": str(scratch / "unpacked"), **MAPPING}
    answered = limen.spark.screen(frame, **options)
    answered.limit(20_000).write.format("noop").mode("overwrite").save()
    before, wall = processor_seconds(), time.perf_counter()
    answered.write.format("noop").mode("overwrite").save()
    after, wall = processor_seconds(), time.perf_counter() - wall
    memory = workers_memory()
    used = {kind: after[kind] - before.get(kind, 0.0) for kind in after}
    rate = len(table) / sum(used.values())
    answered.write.parquet(target)
    found = digest(pq.read_table(target))
    return {"rate": rate, "used": used, "wall": wall, "digest": found, "memory": memory}


def first_answer(spark: Any, packed: Path, scratch: Path, table: Any) -> list[dict[str, float]]:
    """Time a worker process from the start of its first task to its first answer.

    Before the first one the machine has no unpacked snapshot.
    """
    from limen.spark import driver

    frame = spark.createDataFrame(table.slice(0, 2)).repartition(2)
    job = driver.open_job(frame, packed, ship=True, unpack_to=str(scratch / "driver"))
    fresh = str(scratch / f"fresh-{os.getpid()}")
    found = []
    for _ in range(2):
        question = _question(frame)
        snapshot = type(job.snapshot)(**{
            name: getattr(job.snapshot, name) for name in job.snapshot.__struct_fields__
        } | {"folder": fresh})  # fmt: skip
        task = driver._task(snapshot, question)

        def timed(batches: Any, task: Any = task) -> Any:
            import time

            import pyarrow as pa

            wall, cpu = time.perf_counter(), time.process_time()
            next(iter(task(batches)))
            seconds = [time.perf_counter() - wall, time.process_time() - cpu]
            yield pa.record_batch([pa.array([each]) for each in seconds], names=["wall", "cpu"])

        rows = frame.limit(1).mapInArrow(timed, "wall double, cpu double").collect()
        found += [row.asDict() for row in rows]
    return found


def _question(frame: Any) -> Any:
    from limen.batch.arrow.screen_table import columns_of, wishes_of
    from limen.batch.screen_arguments import ScreenArguments
    from limen.spark.party_rows import PartyRows

    wishes = wishes_of(MAPPING["columns"], None, MAPPING["date_order"])
    columns = columns_of(frame.limit(1).toArrow().schema, [], wishes)
    return PartyRows(columns, ScreenArguments(as_of=AS_OF))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--page", action="store_true")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="limen-spark-"))
    try:
        packed = scratch / "snapshot.zip"
        manifest = pack(active_folder(options.home), packed)
        table = table_of(options.rows)
        # Python workers are not used again, so that each of these is a fresh one.
        spark = session(MASTER, spark__python__worker__reuse="false")
        fresh = first_answer(spark, packed, scratch, table)
        spark.stop()
        spark = session(MASTER, spark__python__worker__reuse="true")
        cluster = by_spark(spark, packed, table, scratch)
        spark.stop()
        alone = locally(options.home, table)
        lines = report(options, packed, manifest, fresh, cluster, alone)
        if options.page:
            machine.write("spark.md", lines)
        else:
            sys.stdout.write("\n".join(lines) + "\n")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def report(
    options: Any, packed: Path, manifest: Any, fresh: Any, cluster: Any, alone: Any
) -> list[str]:
    """Return the page."""
    same = "the same" if cluster["digest"] == alone["digest"] else "DIFFERENT"
    share = cluster["rate"] / alone["rate"]
    used = ", ".join(f"{kind} {seconds:.0f} s" for kind, seconds in cluster["used"].items())
    unpacked = sum(each.bytes for each in manifest.files.values()) / 1e6
    rss = max((each["rss"] for each in cluster["memory"]), default=0) / 1e3
    pss = sum(each["pss"] for each in cluster["memory"]) / 1e3
    times = [f"{each['wall']:.2f} s ({each['cpu']:.2f} s of processor)" for each in fresh]
    command = f"python -m benchmarks.spark HOME --rows {options.rows} --page"
    figures = (
        ("all columns of all rows, by hash", f"{same} as on one machine", "the same"),
        ("one machine, rows a second of processor", f"{alone['rate']:,.0f}", ""),
        ("Spark, all processes with their JVMs", f"{cluster['rate']:,.0f} ({used})", ""),
        ("share of the local rate", f"{share:.0%}", "80 %"),
        ("first answer of a fresh worker that unpacks the snapshot", times[0], "3 s"),
        ("first answer of the next fresh worker", times[1], "3 s"),
        (
            "packed snapshot",
            f"{packed.stat().st_size / 1e6:.0f} MB; unpacked {unpacked:.0f} MB",
            "",
        ),
        ("memory of a Python worker", f"{rss:.0f} MB resident at most", ""),
        ("memory of all Python workers, shared pages counted once", f"{pss:.0f} MB", ""),
        ("the answers as Arrow", f"{alone['bytes'] / options.rows:,.0f} bytes a row", ""),
    )
    about = (
        f"`{MASTER}` on {options.rows:,} customers, real names recombined, against "
        f"{manifest.counts['parties']:,} listed parties ({len(manifest.lists)} lists)."
    )
    return [
        *machine.header("Spark", command), about, "",
        "| what | measured | bar |", "|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in figures), "",
        f"Wall time of the job: {cluster['wall']:.0f} s, with other work running.",
    ]  # fmt: skip


if __name__ == "__main__":
    main()
