"""A Spark cluster on this machine, and the processor time of all its processes."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK")


def session(master: str, **settings: str) -> Any:
    """Start Spark with the Python that runs this."""
    from pyspark.sql import SparkSession

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    builder = SparkSession.builder.master(master)
    common = {"spark.ui.enabled": "false", "spark.log.level": "ERROR"}
    for name, value in (common | settings).items():
        builder = builder.config(name.replace("__", "."), value)
    return builder.getOrCreate()


def processor_seconds() -> dict[str, float]:
    """Processor seconds of this process and all below it, by kind: ``java`` or ``python``."""
    parents, seconds, kinds = {}, {}, {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            head, _, tail = (entry / "stat").read_text().rpartition(") ")
        except OSError:
            continue
        fields = tail.split()
        pid = int(entry.name)
        parents[pid] = int(fields[1])
        # Its own, and of children that ended and were waited for.
        seconds[pid] = sum(map(int, fields[11:15])) / _TICKS
        kinds[pid] = "java" if "(java" in head else "python"
    total: dict[str, float] = defaultdict(float)
    for pid in parents:
        if _is_below(pid, os.getpid(), parents):
            total[kinds[pid]] += seconds[pid]
    return dict(total)


def workers_memory() -> list[dict[str, int]]:
    """Resident and proportional kilobytes of every Python worker of Spark that is alive."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            command = (entry / "cmdline").read_bytes()
            if b"pyspark.daemon" not in command:
                continue
            lines = (entry / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines if "kB" in line}
        found.append({"rss": sizes["Rss"], "pss": sizes["Pss"]})
    return found


def _is_below(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    while pid and pid != ancestor:
        pid = parents.get(pid, 0)
    return pid == ancestor
