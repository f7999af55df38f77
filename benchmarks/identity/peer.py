"""Joins beside nomenklatura's cross-reference, on records whose truth is known, in one run.

The records are those of every fourth reference of the United Nations, and of every twentieth uid
of OFAC; the reference is held out of both engines' evidence and is the truth, as printed. Pairs
that nomenklatura scores at a threshold or more are joined, with what follows from them, as its
``--auto-threshold`` does. ``python -m benchmarks.identity.peer --home HOME``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from zlib import crc32

from benchmarks.identity.joins import joined
from benchmarks.identity.records import keys, records, without
from benchmarks.names.pairs import peer_python
from limen.identity import Subject, read_subject
from limen.identity.union import Link, unite
from limen.model import Entry

HERE = Path(__file__).parent
#: Its default for cross-reference, and its rule-based one.
ALGORITHMS = ("er-unstable", "logic-v2")
THRESHOLDS = (0.7, 0.8, 0.9, 0.95, 0.98)
#: The most pairs of its blocker that are scored.
MOST = 10_000
Pair = tuple[str, str]


def chosen(found: Iterable[Subject], space: str, *, of: int) -> list[Subject]:
    """The subjects with a key of a space, of one key in so many."""
    return [
        subject
        for subject in found
        if any(crc32(key.encode()) % of == 0 for key in keys(subject, space))
    ]


def pairs_of(groups: Iterable[Sequence[str]]) -> set[Pair]:
    """The pairs of records of two lists that are in one group."""
    return {
        pair
        for group in groups
        for pair in combinations(sorted(group), 2)
        if pair[0].partition(":")[0] != pair[1].partition(":")[0]
    }


def grouped(group_of: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Records by what they have in common."""
    groups: dict[str, list[str]] = {}
    for record, names in group_of.items():
        for name in names:
            groups.setdefault(name, []).append(record)
    return list(groups.values())


def nothing_contradicts(_: int, __: int) -> str:
    return ""


def of_limen(held_out: Sequence[Subject]) -> tuple[set[Pair], float]:
    began = time.process_time()
    identity = joined(held_out)
    seconds = time.process_time() - began
    party = {identity.subjects[each.subject].id: [each.party] for each in identity.memberships}
    return pairs_of(grouped(party)), seconds


def of_peer(
    held_out: Sequence[Subject], entries: Mapping[str, Entry], algorithm: str
) -> tuple[dict[float, set[Pair]], float]:
    """The joined pairs by threshold, and the seconds of one run."""
    ids = [subject.id for subject in held_out]
    rows = [
        (key, key.partition(":")[0], entries[key].schema or "LegalEntity", entries[key].properties)
        for key in ids
    ]
    done = subprocess.run(
        [peer_python(), HERE / "nomenklatura_peer.py"],
        input=json.dumps({"algorithm": algorithm, "entities": rows, "most": MOST}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    at = {key: position for position, key in enumerate(ids)}
    found = {}
    for threshold in THRESHOLDS:
        links = [
            Link((0, 0), at[one], at[other])
            for one, other, score in answer["pairs"]
            if score >= threshold and one in at and other in at
        ]
        groups = unite(range(len(ids)), links, nothing_contradicts).groups
        found[threshold] = pairs_of([ids[position] for position in group] for group in groups)
    return found, answer["seconds"]


def lines(space: str, found: Sequence[Subject], entries: Mapping[str, Entry]) -> Iterator[str]:
    true = pairs_of(grouped({subject.id: keys(subject, space) for subject in found}))
    held_out = without(found, space)

    def line(engine: str, pairs: set[Pair], seconds: float) -> str:
        right = len(pairs & true)
        return (
            f"| {space} | {len(found):,} | {len(true):,} | {engine} | {right / len(true):.4f} |"
            f" {right / (len(pairs) or 1):.4f} | {seconds:.1f} |"
        )

    yield line("limen", *of_limen(held_out))
    for algorithm in ALGORITHMS:
        by_threshold, seconds = of_peer(held_out, entries, algorithm)
        for threshold, pairs in by_threshold.items():
            yield line(f"nomenklatura {algorithm} at {threshold}", pairs, seconds)


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("--home", type=Path, required=True)
    home = reader.parse_args().home
    found, entries = [], {}
    for record in records(home):
        subject = read_subject(record)
        found.append(subject)
        entries[subject.id] = record.states[-1].entry
    print("| held out | records | true pairs | engine | recall | precision | CPU seconds |")
    print("|---|---|---|---|---|---|---|")
    for space, of in (("un", 4), ("ofac", 20)):
        for line in lines(space, chosen(found, space, of=of), entries):
            print(line, flush=True)


if __name__ == "__main__":
    main()
