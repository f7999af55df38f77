"""Quality on labelled pairs, peers beside Limen: ``python -m benchmarks.names.pairs [--peers]``.

Three sets: ``shared/bench/name_pairs_dev.csv`` (opensanctions/nomenklatura, MIT) and our own
``second_exam.yml`` and ``third_exam.yml``, whose head says how it was seen. Rows whose hash
ends in 7, 8 or 9 (``F1 unseen``) were never read one by one, but the last tuning counted all rows
of the development set: the clean figure is the third exam's at first sight. With ``--peers``
nomenklatura is installed into a virtual environment of its own, outside the repository (it needs
a compiler for PyICU), and scores the same rows in the same run.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
import venv
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from platformdirs import user_cache_path
from rapidfuzz import fuzz, utils
from rapidfuzz.distance import JaroWinkler

from benchmarks.machine import RESULTS, SHARED, header, write
from limen.names import DEFAULT_THRESHOLD, matcher_named, score_pairs

HERE = Path(__file__).parent
PEER_THRESHOLD = 0.70


class Pair(NamedTuple):
    """Two names, whether they are one party's, how sure that is, and of what sort they are."""

    schema: str
    one: str
    two: str
    same: bool
    quality: str
    group: str

    @property
    def unseen(self) -> bool:
        return zlib.crc32(f"{self.one}|{self.two}".encode()) % 10 >= 7


def dev_pairs() -> list[Pair]:
    with (SHARED / "bench/name_pairs_dev.csv").open(encoding="utf-8") as file:
        return [
            Pair(
                row["schema"], row["name1"], row["name2"], row["is_match"] == "true",
                row["quality"], row["case_group"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def second_exam() -> list[Pair]:
    return own_exam("second_exam.yml")


def own_exam(file: str) -> list[Pair]:
    kinds = yaml.safe_load((HERE / file).read_text(encoding="utf-8"))
    return [
        Pair(kind["schema"], str(one), str(two), label == "same", "", kind["kind"])
        for kind in kinds
        for label in ("same", "other")
        for one, two in kind[label]
    ]


class Figures(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def figures(scores: np.ndarray, labels: np.ndarray, threshold: float) -> Figures:
    said = scores >= threshold
    right = int((said & labels).sum())
    precision, recall = right / max(1, said.sum()), right / max(1, labels.sum())
    return Figures(precision, recall, 2 * right / max(1, said.sum() + labels.sum()))


def left_out(scores: np.ndarray, pairs: list[Pair]) -> float:
    """F1 when each group is judged at the threshold that is best on all the others."""
    labels = np.array([pair.same for pair in pairs])
    groups = np.array([pair.group for pair in pairs])
    said = np.zeros(len(pairs), dtype=bool)
    for group in set(groups.tolist()):
        rest = groups != group
        best = max(np.unique(scores), key=lambda t: figures(scores[rest], labels[rest], t).f1)
        said[~rest] = scores[~rest] >= best
    return float(2 * (said & labels).sum() / (said.sum() + labels.sum()))


def limen(pairs: list[Pair], matcher: str | None) -> tuple[np.ndarray, float]:
    """Scores, and pairs a second: the median of five passes."""
    asked = [(pair.one, pair.two) for pair in pairs]
    schemas = [pair.schema for pair in pairs]
    score_pairs(asked[:2], schemas[:2], matcher)
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        scores = score_pairs(asked, schemas, matcher)
        taken.append(time.perf_counter() - started)
    return scores, len(pairs) / float(np.median(taken))


def baselines(pairs: list[Pair]) -> dict[str, np.ndarray]:
    def run(scorer):
        return np.array([scorer(pair.one, pair.two) for pair in pairs])

    plain = utils.default_process
    return {
        "rapidfuzz WRatio": run(lambda a, b: fuzz.WRatio(a, b, processor=plain) / 100),
        "rapidfuzz token sort": run(
            lambda a, b: fuzz.token_sort_ratio(a, b, processor=plain) / 100
        ),
        "rapidfuzz Jaro-Winkler": run(lambda a, b: JaroWinkler.similarity(a, b, processor=plain)),
    }


def peer_python() -> Path:
    """The interpreter of nomenklatura's own virtual environment, which is made when missing."""
    home = user_cache_path("limen-bench") / "nomenklatura"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "nomenklatura"], check=True)
    return python


def nomenklatura(pairs: list[Pair]) -> dict[str, tuple[np.ndarray, float]]:
    text = io.StringIO()
    csv.writer(text).writerows((pair.schema, pair.one, pair.two) for pair in pairs)
    done = subprocess.run(
        [peer_python(), HERE / "nomenklatura_peer.py"],
        input=text.getvalue(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    return {
        f"nomenklatura {name}": (np.array(found["scores"]), len(pairs) / found["seconds"][-1])
        for name, found in answer.items()
    }


def report(title: str, pairs: list[Pair], *, peers: bool) -> tuple[list[str], np.ndarray]:
    labels = np.array([pair.same for pair in pairs])
    unseen = np.array([pair.unseen for pair in pairs])
    engines: dict[str, tuple[np.ndarray, float, float]] = {}
    for name in ("limen-1", "ofac", "exact"):
        scores, speed = limen(pairs, name)
        engines[f"limen {name}"] = (scores, matcher_named(name).threshold, speed)
    if peers:
        for name, (scores, speed) in nomenklatura(pairs).items():
            engines[name] = (scores, PEER_THRESHOLD, speed)
    for name, scores in baselines(pairs).items():
        engines[name] = (scores, PEER_THRESHOLD, float("nan"))
    lines = [f"## {title}: {len(pairs)} pairs, {labels.sum()} of them true", ""]
    lines.append("| engine | threshold | P | R | F1 | F1 unseen | group left out | pairs/s |")
    lines.append("|---|---|---|---|---|---|---|---|")
    for name, (scores, threshold, speed) in engines.items():
        whole = figures(scores, labels, threshold)
        fresh = figures(scores[unseen], labels[unseen], threshold)
        lines.append(
            f"| {name} | {threshold} | {whole.precision:.3f} | {whole.recall:.3f} | "
            f"**{whole.f1:.3f}** | {fresh.f1:.3f} | {left_out(scores, pairs):.3f} | {speed:,.0f} |"
        )
    return lines + by_group(engines, pairs) + calibration(engines, pairs), engines["limen limen-1"][
        0
    ]


def by_group(engines, pairs: list[Pair]) -> list[str]:
    labels = np.array([pair.same for pair in pairs])
    chosen = [n for n in engines if n in ("limen limen-1", "nomenklatura logic-v2")]
    lines = ["", "| group | pairs | " + " | ".join(f"F1 {name}" for name in chosen) + " |"]
    lines.append("|---" * (2 + len(chosen)) + "|")
    for group in dict.fromkeys(pair.group for pair in pairs):
        at = np.array([pair.group == group for pair in pairs])
        cells = [figures(engines[n][0][at], labels[at], engines[n][1]).f1 for n in chosen]
        lines.append(f"| {group} | {at.sum()} | " + " | ".join(f"{c:.3f}" for c in cells) + " |")
    return lines


def calibration(engines, pairs: list[Pair]) -> list[str]:
    scores, threshold, _ = engines["limen limen-1"]
    tiers = [(same, q) for same in (True, False) for q in ("STRONG", "MEDIUM", "WEAK")]
    tiers = tiers[:3] + tiers[:2:-1]
    lines = ["", "limen-1 by strength of the label, from strong match to strong non-match:", ""]
    for same, quality in tiers:
        at = np.array([p.same == same and p.quality == quality for p in pairs])
        if at.any():
            mean, hit = scores[at].mean(), (scores[at] >= threshold).mean()
            label = "match" if same else "no match"
            lines.append(f"- {quality} {label} ({at.sum()}): mean {mean:.3f}, matched {hit:.3f}")
    return lines if len(lines) > 3 else []


def main() -> None:
    peers = "--peers" in sys.argv
    lines = header("Names: labelled pairs", "python -m benchmarks.names.pairs --peers")
    lines.append(f"Threshold of limen-1: {DEFAULT_THRESHOLD}; peers at {PEER_THRESHOLD}.")
    cases = [["set", "row", "label", "limen-1"]]
    for title, pairs in (
        ("name_pairs_dev", dev_pairs()),
        ("second exam", second_exam()),
        ("third exam", own_exam("third_exam.yml")),
    ):
        found, scores = report(title, pairs, peers=peers)
        lines += ["", *found]
        cases += [
            [title, at, int(pair.same), f"{score:.3f}"]
            for at, (pair, score) in enumerate(zip(pairs, scores, strict=True), start=2)
        ]
    write("name_pairs.md", lines)
    with (RESULTS / "name_pairs_cases.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(cases)


if __name__ == "__main__":
    main()
