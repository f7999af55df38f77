"""Candidates of a batch beside nomenklatura's blocker: ``python -m benchmarks.search.blocker``.

The same listed names and the same queries (``exam``), names alone, one core, in one run: who is
among the first 20, and how many queries a second. The blocker is made for batches, so it is given
one. Limen is asked in two ways: ``candidates``, query by query, which ranks the first 20 by score
too; and ``search`` in a batch, which scores what it finds and so does more than find candidates.
"""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import numpy as np

from benchmarks.machine import header, write
from benchmarks.names.pairs import peer_python
from benchmarks.search import exam
from limen.names import DEFAULT_THRESHOLD, NameIndex, NameRow, Query, build_index

HERE = Path(__file__).parent
EACH, SEED, FIRST = 200, 2026, 20


def main() -> None:
    parties, asked = exam.make(EACH, SEED)
    asked += [
        exam.Asked("innocent", -1, "Person", person["full_name"])
        for person in exam.innocents(3_000, SEED)
    ]
    right = [*exam.twins(parties), set()]
    built, seconds, searched, found = limen(parties, asked)
    theirs = peer(parties, asked)
    answers = {"limen": found, "nomenklatura blocker": theirs["found"]}
    rates = {
        "limen": (built, seconds),
        "nomenklatura blocker": (theirs["built"], theirs["seconds"]),
    }
    lines = header("Search: candidates of a batch", "python -m benchmarks.search.blocker")
    lines.append(
        f"{len(parties):,} parties; {len(asked):,} queries, of them 3,000 innocents, seed {SEED}."
    )
    lines += ["", "| engine | built, s | queries/s | recall@20 hard | all | worst kind |"]
    lines.append("|---|---|---|---|---|---|")
    for engine, got in answers.items():
        lines.append(row(engine, rates[engine], got, asked, right))
    theirs_taken = rates["nomenklatura blocker"][1]
    lines.append("")
    lines.append(
        f"A batch searched and scored by Limen: {len(asked) / searched:,.0f} queries/s, "
        f"{theirs_taken / searched:.1f} times the blocker's rate; its candidates one by one: "
        f"{theirs_taken / seconds:.1f} times."
    )
    write("search_blocker.md", lines)


def limen(parties, asked):
    """Seconds to build, to ask one by one and to search; the first parties by the query's place."""
    rows = [
        NameRow(at, name, 0, party.schema)
        for at, party in enumerate(parties)
        for name in party.names
    ]
    started = time.perf_counter()
    index = NameIndex(build_index(rows, len(parties)))
    built = time.perf_counter() - started
    index.candidates(["warm up"], "Person", FIRST)
    found = {}
    started = time.perf_counter()
    for place, query in enumerate(asked):
        first = index.candidates([query.text], query.schema, FIRST)
        found[f"q{place}"] = [f"p{party}" for party, _ in first]
    seconds = time.perf_counter() - started
    queries = [Query((query.text,), query.schema) for query in asked]
    started = time.perf_counter()
    list(index.search(queries, cutoff=DEFAULT_THRESHOLD))
    return built, seconds, time.perf_counter() - started, found


def peer(parties, asked):
    task = {
        "listed": [[f"p{at}", party.schema, party.names] for at, party in enumerate(parties)],
        "asked": [[f"q{at}", query.schema, query.text] for at, query in enumerate(asked)],
    }
    done = subprocess.run(
        [peer_python(), HERE / "blocker_peer.py"],
        input=json.dumps(task), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def row(engine, rate, got, asked, right):
    """One engine's line: recall over the kinds that ``quality`` calls hard, over all, the worst."""
    kinds: dict[str, list[bool]] = {}
    for place, query in enumerate(asked):
        if query.kind != "innocent":
            first = {int(key[1:]) for key in got.get(f"q{place}", [])[:FIRST]}
            kinds.setdefault(query.kind, []).append(not right[query.party].isdisjoint(first))
    hard = [hit for kind, hits in kinds.items() if kind not in exam.RARE for hit in hits]
    every = [hit for hits in kinds.values() for hit in hits]
    worst = min(kinds, key=lambda kind: np.mean(kinds[kind]))
    built, seconds = rate
    return (
        f"| {engine} | {built:.1f} | {len(asked) / seconds:,.0f} | {np.mean(hard):.3f} | "
        f"{np.mean(every):.3f} | {worst} {np.mean(kinds[worst]):.3f} |"
    )


if __name__ == "__main__":
    main()
