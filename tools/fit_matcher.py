"""Fit the slopes of ``limen-2`` on lists: ``python tools/fit_matcher.py``.

Teachers are the lists themselves. Matches are aliases of one record, and names mistreated as
people mistreat them. Others are names of different records of one list that resemble each other,
and real names from half of ``shared/bench/population_dev.csv.gz`` with the listed names they
resemble most, by the slopes of the round before (the other half is for reports). Parties are split
before anything is fitted: a quarter is held back, and its figures are printed. The fit is a
logistic regression whose coefficients have lower bounds, with a fixed seed; it needs scipy. What it
finds is scaled so that few of the real names score 700. Writes
``src/limen/names/data/limen_2/slopes.yml``, which a person reviews.
"""

from __future__ import annotations

import csv
import gzip
import random
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.machine import SHARED
from benchmarks.search.exam import TREATMENTS, words
from benchmarks.search.real_lists import Listed, merged

from limen.names import NameIndex, NameRow, Query, build_index, score
from limen.names.compare.comparison import mode_of
from limen.names.kernels import backend
from limen.names.kernels.evidence.weigh import MEASURED, MEASURES
from limen.names.matchers import limen_2
from limen.names.matchers.limen_2_tables import COLUMNS, FOLDER, tables
from limen.names.reading.normalise import normalise

SEED = 15
#: How many pairs of each sort are looked at for each kind of party.
ALIASES, MISTREATED, RESEMBLING, REAL = 7_000, 5_000, 8_000, 8_000
#: Names of at least this likeness by the old matcher resemble each other.
RESEMBLES = 0.4
#: What a pair of each sort counts in the fit. Every real name has many that resemble it, and an
#: alert for any of them is one too many; misspelt names are few among the lists' aliases.
COUNTS = {"alias": 1.0, "mistreated": 2.0, "sibling": 0.3, "real": 1.0}
#: The share of the real names that are fitted on, and are on no list, for which a listed name may
#: reach the threshold: the fit finds what words prove, this where to draw the line.
ALERTS = {"person": 0.032, "organisation": 0.017}
#: Slopes that are no lower whatever the lists teach. They hold few pairs with letters for a
#: company's words; and pairs that contradict do not resemble each other, so that the fit sees
#: none: a word that is another is another name. A person has no legal form.
LEAST = {
    ("conflict", "person"): 1500, ("conflict", "organisation"): 1200,
    ("peak", "person"): 140, ("peak", "organisation"): 130,
    ("differs", "person"): 60, ("differs", "organisation"): 60,
    ("numbers_apart", "person"): 400, ("numbers_apart", "organisation"): 400,
    ("initials", "person"): 80, ("initials", "organisation"): 200,
    ("nicknames", "organisation"): 150, ("blanks", "person"): 100,
    ("blanks", "organisation"): 100, ("form_lacks", "person"): 250,
}  # fmt: skip
#: So often the real names that resemble a listed one most are chosen anew, and so many of them.
ROUNDS, NEAREST = 3, 3
STEPS, RIDGE = 2_000, 1e-4
#: How a kind of party is screened, and the schemas of the lists that are of it.
KINDS = {"person": "Person", "organisation": "Organization"}
#: Treatments that leave a name its bearer would still give; the first of them short names as well.
ERRORS = (TREATMENTS["typo1"], TREATMENTS["typo2"])
FAIR = ("typo1", "typo2", "reorder+typo", "drop", "join", "split", "initial", "extra")


class Pair(NamedTuple):
    """Two names, whether they are one party's, where from, and whether it is held back."""

    one: str
    two: str
    same: bool
    sort: str
    held: bool


def is_held(party: object) -> bool:
    """Return whether a party is held back: a quarter, by hash."""
    return zlib.crc32(str(party).encode()) % 4 == 0


def matches(parties: list[Listed], schema: str, dice: random.Random) -> Iterator[Pair]:
    """Yield pairs of names of one party."""
    own = [(at, party) for at, party in enumerate(parties) if party.schema == schema]
    several = [(at, party) for at, party in own if len(set(party.names)) > 1]
    for at, party in dice.choices(several, k=ALIASES):
        one, two = dice.sample(sorted(set(party.names)), 2)
        if score(one, two, schema, "limen-1") >= RESEMBLES:  # else it is another name altogether
            yield Pair(one, two, True, "alias", is_held(at))
    for _ in range(MISTREATED):
        at, party = dice.choice(own)
        name, treat = dice.choice(party.names), TREATMENTS[dice.choice(FAIR)]
        if name.isascii() and (len(words(name)) >= 3 or (treat in ERRORS and len(name) >= 6)):
            yield Pair(treat(words(name), dice), name, True, "mistreated", is_held(at))


def siblings(
    parties: list[Listed], rows: list[NameRow], index: NameIndex, schema: str, dice: random.Random
) -> Iterator[Pair]:
    """Yield names of two records of one list that resemble each other."""
    own = [at for at, party in enumerate(parties) if party.schema == schema]
    chosen = dice.sample(own, min(RESEMBLING, len(own)))
    names = [dice.choice(parties[at].names) for at in chosen]
    found = index.search([Query((name,), schema) for name in names], cutoff=RESEMBLES)
    for at, name, near in zip(chosen, names, found, strict=True):
        for match in near[:8]:
            other = parties[match.party]
            own_list = match.party != at and other.source == parties[at].source
            if own_list and not same_words(name, rows[match.row].text):
                yield Pair(name, rows[match.row].text, False, "sibling", is_held(at))


def real(rows: list[NameRow], index: NameIndex, kind: str, dice: random.Random) -> Iterator[Pair]:
    """Yield real names that are on no list with the listed names that they resemble."""
    short = {"organisation": "org"}.get(kind, kind)
    with gzip.open(SHARED / "bench/population_dev.csv.gz", "rt", encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)
                 if row["kind"] == short and is_fitted(row["id"])]  # fmt: skip
    names = dice.sample(names, min(REAL, len(names)))
    queries = [Query((name,), KINDS[kind]) for name in names]
    found = index.search(queries, cutoff=RESEMBLES, matcher="limen-2")
    for name, near in zip(names, found, strict=True):
        for match in near[:12]:
            if not same_words(name, rows[match.row].text):
                yield Pair(name, rows[match.row].text, False, "real", held=False)
        if not near:
            yield Pair(name, "", False, "real", held=False)


def is_fitted(row: str) -> bool:
    """Return whether a row of the population may be fitted on: half of them, by hash."""
    return zlib.crc32(row.encode()) % 2 == 0


def same_words(one: str, two: str) -> bool:
    """Return whether two names are the same words, and so cannot be told apart."""
    return sorted(normalise(one).key) == sorted(normalise(two).key)


def measured(pair: Pair, schema: str) -> list[int]:
    """Return the measures of a pair, in thousandths."""
    one, two = (normalise(name, person=schema == "Person") for name in (pair.one, pair.two))
    limen_2.ALIGNER.align(one, two, mode_of(schema))
    return [*map(int, backend.scratch().pairs[MEASURED : MEASURED + MEASURES])]


def fit(
    x: NDArray[Any], y: NDArray[Any], counts: NDArray[Any], least: NDArray[Any], start: float
) -> tuple[NDArray[Any], float]:
    """Return the coefficients, none below ``least``, and the intercept of a logistic regression."""
    from scipy.optimize import minimize

    counts = counts / counts.sum()
    signs = 1 - 2 * y  # a match is likely where the intercept exceeds what the measures take

    def loss(numbers: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        slopes, start = numbers[:-1], numbers[-1]
        against = signs * (start - x @ slopes)
        error = counts * signs / (1 + np.exp(-against))
        value = float((counts * np.logaddexp(0, against)).sum() + RIDGE * (slopes**2).sum())
        return value, np.append(-(x.T @ error) + 2 * RIDGE * slopes, error.sum())

    bounds = [(float(number), None) for number in least] + [(0.5, None)]
    found = minimize(loss, np.append(np.maximum(1.0, least), start), jac=True, method="L-BFGS-B",
                     bounds=bounds, options={"maxiter": STEPS})  # fmt: skip
    return found.x[:-1], float(found.x[-1])


def nearest(pairs: list[Pair], scores: NDArray[Any]) -> NDArray[Any]:
    """Return which pairs count: of a real name those with the highest scores alone."""
    chosen = np.array([pair.sort != "real" for pair in pairs])
    taken: Counter[str] = Counter()
    for at in np.argsort(-scores, kind="stable"):
        if pairs[at].sort == "real" and taken[pairs[at].one] < NEAREST:
            taken[pairs[at].one] += 1
            chosen[at] = True
    return chosen


def fitted(kind: str, pairs: list[Pair], x: NDArray[Any]) -> NDArray[Any]:
    """Return the slopes of a kind of party, and print what they do to held parties."""
    y = np.array([pair.same for pair in pairs], dtype=float)
    found = x.any(axis=1)  # all else has no pair, or nothing that speaks against it
    counts = np.array([COUNTS[pair.sort] * (not pair.held) for pair in pairs]) * found
    slopes, start = np.array(tables().slopes[COLUMNS.index(kind)], dtype=float), 5.0
    line = start
    for _ in range(ROUNDS):
        least = np.array([LEAST.get((name, kind), 0) for name in names_of_slopes()])
        own = counts * nearest(pairs, -x @ slopes)
        slopes, start = fit(x, y, own, least * line / 300, start)
        line = line_of(pairs, np.where(found, x @ slopes, np.inf), ALERTS[kind])
        slopes *= 300 / line
    same = np.array([same_words(pair.one, pair.two) for pair in pairs])
    report(kind, pairs, np.where(found | same, 300 - x @ slopes, -1))
    return slopes


def line_of(pairs: list[Pair], taken: NDArray[Any], alerts: float) -> float:
    """Return from which sum on the measures leave no more than a share of the real names."""
    least: dict[str, float] = {}
    for pair, lost in zip(pairs, taken.tolist(), strict=True):
        if pair.sort == "real":
            least[pair.one] = min(lost, least.get(pair.one, np.inf))
    return float(np.quantile(sorted(least.values()), alerts, method="lower"))


def report(kind: str, pairs: list[Pair], likely: NDArray[Any]) -> None:
    """Print the share of each sort that matches, on held parties."""
    for sort in COUNTS:
        at = [n for n, pair in enumerate(pairs) if pair.sort == sort and pair.held]
        if at:
            share = float((likely[at] > 0).mean())
            sys.stdout.write(f"{kind} {sort}: {len(at)} held pairs, {share:.3f} match\n")


def main() -> None:
    """Fit, report, and write the slopes."""
    dice = random.Random(SEED)
    parties = merged()
    rows = [NameRow(at, name, 0, party.schema) for at, party in enumerate(parties)
            for name in party.names]  # fmt: skip
    index = NameIndex(build_index(rows, len(parties)))
    slopes: dict[str, NDArray[Any]] = {}
    for kind, schema in KINDS.items():
        pairs = [
            *matches(parties, schema, dice),
            *siblings(parties, rows, index, schema, dice),
            *real(rows, index, kind, dice),
        ]
        x = np.array([measured(pair, schema) for pair in pairs]) / 1000
        slopes[kind] = fitted(kind, pairs, x)
    write(slopes)


def names_of_slopes() -> list[str]:
    """Return the names of the measures, in the order of the kernels."""
    lines = (FOLDER / "slopes.yml").read_text("utf-8").splitlines()
    return [line.partition(":")[0] for line in lines if not line.startswith("#")]


def write(found: dict[str, NDArray[Any]]) -> None:
    """Write the slopes of the fitted kinds; a thing's stay as they are."""
    lines = (FOLDER / "slopes.yml").read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    body = [line for line in lines if not line.startswith("#")]
    for at, line in enumerate(body):
        name, _, own = line.partition(":")
        numbers = dict(part.split(": ") for part in own.strip(" {}").split(", "))
        for kind, slopes in found.items():
            numbers[kind] = str(max(LEAST.get((name, kind), 0), round(float(slopes[at]))))
        row = ", ".join(f"{column}: {numbers[column]}" for column in COLUMNS)
        body[at] = f"{name}: {{{row}}}"
    (FOLDER / "slopes.yml").write_text("\n".join([*head, *body]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
