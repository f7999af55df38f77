"""Alerts on the real world and recall of real questions: ``python -m benchmarks.names.population``.

Every kind of question for each matcher, with 95 % intervals (Wilson): the share of real
organisations, people and vessels that make a hit (``shared/bench/population_dev.csv.gz``; few are
listed), and the share of questions as people write them that hit a right record
(``recall_queries_dev.csv``); UN queries, innocents and surrounded names
(``listed_questions``). ``--home HOME`` names lists that are loaded; ``--peer PYTHON`` an
interpreter with nomenklatura, whose logic-v2 scores the names that Limen's index ranks first.
Rows of the population that ``limen-2`` was fitted on, a half of them, are left out
(``tools/fit_matcher.py``). ``--sample N`` takes every Nth of the others.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import math
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import limen
from benchmarks.machine import SHARED, header, write
from benchmarks.names.listed_questions import innocents, owners_of, surrounded, un_queries
from benchmarks.names.pairs import HERE
from limen.snapshot import active_folder

AS_OF = "2026-07-17"
SCHEMAS = {"org": "Company", "person": "Person", "vessel": "Vessel"}
#: The peer's threshold, and how many candidates of a question it scores.
PEER_THRESHOLD, PEER_CANDIDATES = 0.70, 20
PEER = "logic-v2"


class Question(NamedTuple):
    """A party that is screened: its kind, properties, and the ids of its own records."""

    kind: str
    schema: str
    properties: dict[str, list[str]]
    right: frozenset[str] = frozenset()

    @property
    def wire(self) -> dict[str, object]:
        return {"schema": self.schema, "properties": self.properties}


def population(every: int = 1) -> Iterator[Question]:
    """Yield real parties by name alone, then those with a number or birth date with it."""
    with gzip.open(SHARED / "bench/population_dev.csv.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if zlib.crc32(row["id"].encode()) % 2]
    for row in rows[::every]:
        name = {"name": [row["name"]]}
        extra = json.loads(row["extra"] or "{}")
        schema = SCHEMAS[row["kind"]]
        yield Question(f"{row['kind']} by name", schema, name)
        if imo := extra.get("imo"):
            yield Question("vessel with IMO", schema, name | {"imoNumber": [imo]})
        if born := extra.get("birth_date"):
            yield Question("person with birth date", schema, name | {"birthDate": [born]})


def questions() -> Iterator[Question]:
    """Yield the questions that have right records, by schema and by kind."""
    with (SHARED / "bench/recall_queries_dev.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            right = frozenset(row["expected_ids"].split())
            if right:
                schema = {"Organization": "Company"}.get(row["schema"], row["schema"])
                kind = f"{schema.lower()}: {row['kind']}"
                yield Question(kind, row["schema"], {"name": [row["query"]]}, right)


def interval(count: int, total: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    z, share = 1.96, count / total
    middle = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - half) / (1 + z * z / total), (middle + half) / (1 + z * z / total)


class Outcome(NamedTuple):
    """What a question came to: its best hit, and its best hit on a right record."""

    best: float
    right: float
    review: bool


def screened(engine: limen.Engine, asked: Sequence[Question], matcher: str) -> list[Outcome]:
    answers = engine.screen_many((each.wire for each in asked), as_of=AS_OF, matcher=matcher)
    outcomes = []
    for question, answer in zip(asked, answers, strict=True):
        hits = [(f.score, f.id) for f in answer.findings if f.kind == "party" and f.level == "hit"]
        right = [score for score, party in hits if party in question.right]
        found = any(f.kind == "party" and f.id in question.right for f in answer.findings)
        best = max((score for score, _ in hits), default=0.0)
        outcomes.append(Outcome(best, max(right, default=0.0), found))
    return outcomes


def peer_scores(engine: limen.Engine, asked: Sequence[Question], python: str) -> list[Outcome]:
    """Score with nomenklatura the best ranked parties of each question, by every name."""
    snapshot, rows, owners = engine.snapshot, io.StringIO(), []
    known, writer = engine.applied(AS_OF), csv.writer(rows)
    for at, question in enumerate(asked):
        (name,) = question.properties["name"]
        found = engine.index.candidates([name], question.schema, PEER_CANDIDATES)
        for party, _ in found:
            for row in snapshot.name_rows(party, known):
                writer.writerow((question.schema, name, snapshot.name_texts[row]))
                owners.append((at, engine.party_id(party)))
    done = subprocess.run(
        [python, HERE / "nomenklatura_peer.py", PEER],
        input=rows.getvalue(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    best = [0.0] * len(asked)
    right = [0.0] * len(asked)
    for (at, party), score in zip(owners, json.loads(done.stdout)[PEER]["scores"], strict=True):
        if score >= PEER_THRESHOLD:
            best[at] = max(best[at], score)
            if party in asked[at].right:
                right[at] = max(right[at], score)
    return [Outcome(*pair, review=pair[1] > 0) for pair in zip(best, right, strict=True)]


def table(
    asked: Sequence[Question], outcomes: dict[str, list[Outcome]], thresholds: dict[str, float]
) -> Iterator[str]:
    """Yield the rows: alerts of the population, then recall of the questions."""
    yield "| kind | questions | " + " | ".join(outcomes) + " |"
    yield "|---" * (2 + len(outcomes)) + "|"
    for kind in _kinds(asked):
        at = [n for n, each in enumerate(asked) if _is_of(each, kind)]
        cells = []
        for name, own in outcomes.items():
            line = thresholds[name]
            listed = bool(asked[at[0]].right)
            count = sum((own[n].right if listed else own[n].best) >= line for n in at)
            low, high = interval(count, len(at))
            cells.append(f"{count / len(at):.2%} ({low:.1%} to {high:.1%})")
        yield f"| {kind} | {len(at)} | " + " | ".join(cells) + " |"


def silent(asked: Sequence[Question], own: Sequence[Outcome]) -> int:
    """Count the surrounded names whose record is not even for review."""
    around = zip(asked, own, strict=True)
    return sum(q.kind.startswith("surrounded") and not outcome.review for q, outcome in around)


def _kinds(asked: Iterable[Question]) -> list[str]:
    kinds = dict.fromkeys(each.kind for each in asked)
    groups = dict.fromkeys(kind.split(":")[0] for kind in kinds if ":" in kind)
    alerts = [kind for kind in kinds if ":" not in kind]
    return [*alerts, *groups, *(kind for kind in sorted(kinds) if ":" in kind)]


def _is_of(question: Question, kind: str) -> bool:
    return question.kind == kind or question.kind.startswith(f"{kind}:")


def sweep(asked: Sequence[Question], own: Sequence[Outcome]) -> Iterator[str]:
    """Yield alerts and recall of a matcher at higher thresholds."""
    yield "| threshold | " + " | ".join(f"{k} alerts | recall" for k in SCHEMAS) + " |"
    yield "|---" * (1 + 2 * len(SCHEMAS)) + "|"
    for line in (0.70, 0.74, 0.78, 0.82, 0.86, 0.90):
        cells = []
        for kind, schema in SCHEMAS.items():
            alerts = [o.best >= line for q, o in zip(asked, own, strict=True)
                      if q.kind == f"{kind} by name"]  # fmt: skip
            hits = [o.right >= line for q, o in zip(asked, own, strict=True)
                    if q.kind.startswith(f"{schema.lower()}:")]  # fmt: skip
            cells += [f"{sum(each) / max(1, len(each)):.2%}" for each in (alerts, hits)]
        yield f"| {line} | " + " | ".join(cells) + " |"


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--home", type=Path, required=True)
    reader.add_argument("--peer")
    reader.add_argument("--sample", type=int, default=1)
    reader.add_argument("--matchers", nargs="*", default=["limen-1", "limen-2"])
    given = reader.parse_args()
    engine = limen.open(active_folder(given.home))
    listed = [*un_queries(owners_of(engine)), *innocents(given.sample), *surrounded(engine)]
    asked = [*population(given.sample), *questions(), *(Question(*each) for each in listed)]
    outcomes = {name: screened(engine, asked, name) for name in given.matchers}
    thresholds = {name: limen.names.matcher_named(name).threshold for name in outcomes}
    if given.peer:
        outcomes[PEER] = peer_scores(engine, asked, given.peer)
        thresholds[PEER] = PEER_THRESHOLD
    lines = header(
        "Names: a population and questions nobody tuned on",
        f"python -m benchmarks.names.population --home HOME --sample {given.sample}"
        f" --matchers {' '.join(given.matchers)}" + " --peer PYTHON" * bool(given.peer),
    )
    lines += [
        f"One of {given.sample} rows of the population's half that nothing was fitted on.",
        "",
    ]
    lines += table(asked, outcomes, thresholds)
    for name in given.matchers:
        lines += ["", f"{name}: {silent(asked, outcomes[name])} surrounded names are silent."]
    for name in given.matchers:
        lines += ["", f"{name} at one threshold for all:", "", *sweep(asked, outcomes[name])]
    write("name_population.md", lines)


if __name__ == "__main__":
    main()
