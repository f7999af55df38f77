"""Recall of candidates and hits at equal alert rates: ``python -m benchmarks.search.quality``.

The exam is made with another seed than the one the matcher's numbers were tuned on. Peer:
rapidfuzz's token-sort ratio over every listed name, in the same run.
"""

from __future__ import annotations

import time

import numpy as np
from rapidfuzz import fuzz, process, utils

from benchmarks.machine import header, write
from benchmarks.search import exam
from benchmarks.search.companies import companies
from benchmarks.search.vessels import vessels
from limen.names import DEFAULT_THRESHOLD, NameIndex, NameRow, Query, build_index

EACH, SEED, PEOPLE, FICTIONS = 200, 2026, 10_000, 3_000
RATES = (0.002, 0.005, 0.01)


def main() -> None:
    parties, asked = exam.make(EACH, SEED)
    asked += exam.un_treated(parties)
    right = exam.twins(parties)
    rows = [
        NameRow(at, n, 0, party.schema) for at, party in enumerate(parties) for n in party.names
    ]
    started = time.perf_counter()
    arrays = build_index(rows, len(parties))
    built = time.perf_counter() - started
    index = NameIndex(arrays)
    index.candidates(["warm up"], "Person", 20)
    lines = header("Search: recall and hits", "python -m benchmarks.search.quality")
    lines.append(
        f"{len(parties):,} parties, {len(rows):,} names of five real lists (ofac, eu, un, uk, au); "
        f"{len(asked):,} queries, seed {SEED}; {PEOPLE:,} innocents. Index built in {built:.1f} s, "
        f"{sum(array.nbytes for array in arrays.values()) / 1e6:.0f} MB."
    )
    recall = candidates(index, asked, right)
    baseline = brute(rows, asked, right)
    hits, thresholds, alerts = screened(index, asked, right)
    lines += ["", "Right party among the first 20 candidates, and hit at an equal alert rate:", ""]
    lines.append(
        "| kind | queries | recall@20 | rapidfuzz token sort | hit @0.2% | @0.5% | @1.0% |"
    )
    lines.append("|---|---|---|---|---|---|---|")
    kinds = list(dict.fromkeys(query.kind for query in asked))
    core = [kind for kind in kinds if kind not in (*exam.RARE, "UN treated")]
    groups = {kind: [kind] for kind in kinds} | {
        "hard (all but the last four)": core,
        "all": kinds,
    }
    for label, chosen in groups.items():
        at = [place for place, query in enumerate(asked) if query.kind in chosen]
        cells = [np.mean(recall[at]), np.mean(baseline[at])]
        cells += [np.mean(hits[at] >= threshold) for threshold in thresholds]
        lines.append(f"| {label} | {len(at)} | " + " | ".join(f"{c:.3f}" for c in cells) + " |")
    lines += ["", "Thresholds at these rates: " + ", ".join(f"{t:.3f}" for t in thresholds) + "."]
    alerted, hit = np.mean(alerts >= DEFAULT_THRESHOLD), np.mean(hits >= DEFAULT_THRESHOLD)
    lines.append(
        f"At the default threshold {DEFAULT_THRESHOLD}: {alerted:.2%} of innocents alert on the "
        f"name alone; {hit:.3f} of all queries hit."
    )
    lines += ["", *innocents(index)]
    write("search_quality.md", lines)


def innocents(index):
    """The alert rates of names that are nobody's on a list, by what they are said to be."""
    asked = {
        "Company": companies(FICTIONS, SEED),
        "LegalEntity": companies(FICTIONS, SEED),
        "Vessel": vessels(FICTIONS, SEED),
    }
    lines = [f"{FICTIONS:,} fictional companies and vessels, at {DEFAULT_THRESHOLD}:", ""]
    for schema, names in asked.items():
        queries = [Query((name,), schema) for name in names]
        found = index.search(queries, cutoff=DEFAULT_THRESHOLD)
        alerted = np.mean([bool(matches) for matches in found])
        lines.append(f"- asked as {schema}: {alerted:.2%} alert")
    return lines


def candidates(index, asked, right):
    found = []
    for query in asked:
        first = index.candidates([query.text], query.schema, 20)
        found.append(any(party in right[query.party] for party, _ in first))
    return np.array(found)


def brute(rows, asked, right):
    """rapidfuzz over every name: the best 20 parties by token-sort ratio."""
    texts = [" ".join(sorted(utils.default_process(row.text).split())) for row in rows]
    owners = np.array([row.party for row in rows])
    found = []
    for start in range(0, len(asked), 50):
        chunk = asked[start : start + 50]
        queries = [" ".join(sorted(utils.default_process(query.text).split())) for query in chunk]
        scores = process.cdist(queries, texts, scorer=fuzz.ratio, dtype=np.uint8)
        for query, row in zip(chunk, scores, strict=True):
            best = np.argsort(-row.astype(np.int16), kind="stable")[:200]
            first = list(dict.fromkeys(owners[best].tolist()))[:20]
            found.append(any(party in right[query.party] for party in first))
    return np.array(found)


def screened(index, asked, right):
    """The right party's score for each query, the thresholds, and each innocent's best score."""
    queries = [Query((query.text,), query.schema) for query in asked]
    hits = []
    for query, matches in zip(asked, index.search(queries, cutoff=0.3), strict=True):
        good = [match.score for match in matches if match.party in right[query.party]]
        hits.append(max(good, default=0.0))
    people = exam.innocents(PEOPLE, SEED)
    queries = [Query((person["full_name"],), "Person") for person in people]
    best = [m[0].score if m else 0.0 for m in index.search(queries, cutoff=0.3)]
    alerts = np.sort(np.array(best))[::-1]
    thresholds = [float(alerts[int(rate * PEOPLE)]) + 0.001 for rate in RATES]
    return np.array(hits), thresholds, alerts


if __name__ == "__main__":
    main()
