"""What a score of ``limen-2`` means, and why: ``python -m benchmarks.names.explained --home HOME``.

Compares the real names that nothing was fitted on with the listed names that they resemble most,
10,000 pairs or more, and checks every explanation: contributions sum to the score, and what is left
on one side or differs on both adds nothing. Counts the alerts by kind, explains ten of them, and
says how often a pair of the labelled sets is one party by its score.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

import limen
from benchmarks.machine import header, write
from benchmarks.names.pairs import dev_pairs, own_exam, second_exam
from benchmarks.names.population import AS_OF, interval, population
from limen.names import Comparison, Query, compare, score_pairs
from limen.snapshot import active_folder
from limen.snapshot.format import WEAK

MATCHER, THRESHOLD = "limen-2", 0.70
#: Listed names of less likeness explain nothing; so many of each real name are looked at.
RESEMBLES, NEAREST = 0.35, 4
BANDS = (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
LEFT = frozenset(("missing_query", "missing_listed", "conflict"))
#: Alerts of each kind that are explained in full.
SHOWN = 2


class Found(NamedTuple):
    """A real name compared with a listed one that it resembles."""

    kind: str
    name: str
    listed: str
    compared: Comparison

    @property
    def is_alert(self) -> bool:
        return self.compared.score >= THRESHOLD


def resembling(engine: limen.Engine) -> Iterator[Found]:
    """Yield the real names with the strong listed names that they resemble most."""
    asked = [each for each in population() if each.kind.endswith("by name")]
    snapshot, rows = engine.snapshot, np.zeros(len(engine.snapshot.name_texts), dtype=bool)
    listed = np.asarray(engine.scope(AS_OF, None, (), None, ()).parties)
    for party in np.flatnonzero(listed).tolist():
        rows[list(snapshot.name_rows(party, engine.applied(AS_OF)))] = True
    rows &= np.asarray(snapshot.names["kind"]) != WEAK
    queries = [Query(tuple(each.properties["name"]), each.schema) for each in asked]
    found = engine.index.search(queries, cutoff=RESEMBLES, matcher=MATCHER, rows=rows)
    for each, near in zip(asked, found, strict=True):
        texts = dict.fromkeys(snapshot.name_texts[match.row] for match in near)
        for text in list(texts)[:NEAREST]:
            (name,) = each.properties["name"]
            yield Found(each.kind, name, text, compare(name, text, each.schema, MATCHER))


def faults(found: Sequence[Found]) -> Iterator[str]:
    """Yield the explanations that are not the score's own."""
    for each in found:
        pairs = each.compared.alignment
        total = sum(pair.contribution for pair in pairs)
        if pairs and abs(total - each.compared.score) > 1e-6:
            yield f"{each.name} | {each.listed}: {total:.4f} is not {each.compared.score:.4f}"
        for pair in pairs:
            if each.is_alert and pair.kind in LEFT and pair.contribution > 1e-4:
                yield f"{each.name} | {each.listed}: {pair.kind} adds {pair.contribution}"


def sort_of(compared: Comparison) -> str:
    """Return what separates the two names of an alert."""
    kinds = {pair.kind for pair in compared.alignment}
    paired = [pair for pair in compared.alignment if pair.query and pair.listed]
    spelled = {"typo", "transliteration", "nickname", "joined", "cut"} & kinds
    if all(pair.kind == "legal_form" for pair in paired):
        return "an acronym, or blanks in other places"
    if "conflict" in kinds:
        return "a word differs on both sides"
    if "initial" in kinds:
        return "an initial"
    if kinds & LEFT:
        return "words missing, others spelt otherwise" if spelled else "words missing on one side"
    return "words spelt otherwise" if spelled else "the same words"


def calibration() -> Iterator[str]:
    """Yield how often pairs of the labelled sets are one party, by score."""
    pairs = [*dev_pairs(), *second_exam(), *own_exam("third_exam.yml")]
    names = [(pair.one, pair.two) for pair in pairs]
    scores = score_pairs(names, [pair.schema for pair in pairs], MATCHER)
    yield "| score | pairs | one party |"
    yield "|---|---|---|"
    for low, high in pairwise(BANDS):
        own = [pair.same for pair, score in zip(pairs, scores, strict=True)
               if low <= score < high or (score == high == 1.0)]  # fmt: skip
        share, (least, most) = sum(own) / max(1, len(own)), interval(sum(own), max(1, len(own)))
        yield f"| {low} to {high} | {len(own)} | {share:.0%} ({least:.0%} to {most:.0%}) |"


def by_sort(alerts: Sequence[Found]) -> Iterator[str]:
    """Yield the alerts by what separates the names."""
    kinds = list(dict.fromkeys(each.kind for each in alerts))
    counts = Counter((sort_of(each.compared), each.kind) for each in alerts)
    yield "| what separates the names | " + " | ".join(kinds) + " |"
    yield "|---" * (1 + len(kinds)) + "|"
    for sort in dict.fromkeys(sort for sort, _ in sorted(counts)):
        yield f"| {sort} | " + " | ".join(str(counts[sort, kind]) for kind in kinds) + " |"


def explained(alerts: Sequence[Found]) -> Iterator[str]:
    """Yield some alerts of each kind, word by word."""
    shown: defaultdict[str, int] = defaultdict(int)
    for each in alerts:
        sort = sort_of(each.compared)
        if shown[sort] < SHOWN and sort != "the same words":
            shown[sort] += 1
            words = "; ".join(
                f"{pair.query or '-'} / {pair.listed or '-'} {pair.kind} {pair.contribution:+.3f}"
                for pair in each.compared.alignment
            )
            yield f"- {each.name!r}, {each.listed!r}: {each.compared.score:.3f} = {words}"


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--home", type=Path, required=True)
    found = list(resembling(limen.open(active_folder(reader.parse_args().home))))
    wrong = list(faults(found))
    best: dict[tuple[str, str], Found] = {}
    for each in sorted(found, key=lambda each: -each.compared.score):
        best.setdefault((each.kind, each.name), each)
    alerts = [each for each in best.values() if each.is_alert]
    command = "python -m benchmarks.names.explained --home HOME"
    write("name_findings.md", [
        *header("Names: explanations of limen-2", command),
        f"{len(found):,} pairs were explained; {len(wrong)} explanations are not the score's own.",
        *wrong[:10],
        "", "## What a score means", "", *calibration(),
        "", "## Alerts of real names by what separates them from the listed name", "",
        "The same words are listed parties and their namesakes.", "", *by_sort(alerts),
        "", "## Some of them, word by word", "", *explained(alerts),
    ])  # fmt: skip


if __name__ == "__main__":
    main()
