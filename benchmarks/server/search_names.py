"""Measure ``/search`` by name over the lists of a home, in CPU time of this process.

``python -m benchmarks.server.search_names HOME`` prints each name's least of three, p50 and p95.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

from fastapi.testclient import TestClient

from limen.server import Settings, create_app

NAMES = (
    "VTB Bank", "Sergey Aksyonov", "Putin", "Rosneft", "Mohammad Ali",
    "Islamic Revolutionary Guard Corps", "Kim Jong", "Bank of Russia", "Viktor Ivanov", "Sberbank",
    "Ali", "Trading Company", "Abdul Rahman", "Gazprom Neft", "Maria Zakharova",
)  # fmt: skip


def seconds(client: TestClient, name: str) -> float:
    """Return the least CPU time of three searches for a name."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        client.get("/search/default", params={"q": name, "partial": "true"}).raise_for_status()
        taken.append(time.process_time() - start)
    return min(taken)


def main(home: Path) -> None:
    """Print the time of each name, and p50 and p95."""
    with TestClient(create_app(Settings(home=home)), base_url="http://localhost") as client:
        seconds(client, "warm up")
        times = {name: seconds(client, name) * 1000 for name in NAMES}
    for name, milliseconds in times.items():
        print(f"{name:36}{milliseconds:8.1f} ms")
    ordered = sorted(times.values())
    print(f"p50 {median(ordered):.1f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
