"""Draw joins at random, to be read by eye: ``python -m benchmarks.identity.sample --home HOME``.

150 of those made by attributes alone, where an error is likeliest, and 150 of those made by a
reference or number. Writes ``results/identity_read.csv``; a verdict that a pair already has there
is taken over, and what has none is to be read.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.identity.joins import joined
from benchmarks.identity.records import subjects
from limen.identity import Facts, Identity, Relation

RESULT = Path(__file__).parents[1] / "results" / "identity_read.csv"
SEED, EACH = 20261201, 150
HEADING = ("number", "joined by", "points", "what agrees", "one", "name", "says", "other",
           "other name", "other says", "verdict", "why")  # fmt: skip
_LETTERS = 90


def drawn(identity: Identity) -> list[Relation]:
    """The sample, in a fixed order."""
    chance = random.Random(SEED)
    by_attributes = [each for each in identity.joins if each.evidence.strength == "attributes"]
    others = [each for each in identity.joins if each.evidence.strength != "attributes"]
    return chance.sample(by_attributes, EACH) + chance.sample(others, EACH)


def row(identity: Identity, relation: Relation) -> tuple[str, ...]:
    """What a reader of a join sees of both records."""
    reasons = "; ".join(
        f"{each.what}: {each.one[:_LETTERS]}" for each in relation.evidence.reasons if each.points
    )
    sides: list[str] = []
    for position in (relation.one, relation.other):
        subject = identity.subjects[position]
        facts = subject.spans[-1].facts
        sides += [subject.id, facts.names[0][0][:_LETTERS], _says(facts)]
    return relation.evidence.strength, str(relation.evidence.points), reasons, *sides


def _says(facts: Facts) -> str:
    """The facts of a record that tell it from a namesake's, in one line."""
    texts: Iterator[str] = iter(
        (
            facts.kind,
            " ".join(map(str, facts.births[:3])),
            " ".join(sorted(facts.countries)[:4]),
            ", ".join(sorted(facts.programmes)[:2])[:60],
            " ".join(f"{each.kind} {each.key}" for each in facts.numbers[:2]),
            "also " + " / ".join(name[:40] for name, _ in facts.names[1:3])
            if len(facts.names) > 1
            else "",
        )
    )
    return "; ".join(text for text in texts if text)


def _verdicts() -> dict[tuple[str, str], tuple[str, str]]:
    with RESULT.open(encoding="utf-8", newline="") as file:
        return {
            (read["one"], read["other"]): (read["verdict"], read.get("why") or "")
            for read in csv.DictReader(file)
        }


def write(rows: Sequence[tuple[str, ...]]) -> None:
    known = _verdicts()
    with RESULT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADING)
        for number, each in enumerate(rows, 1):
            writer.writerow((number, *each, *known.get((each[3], each[6]), ("", ""))))


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("--home", type=Path, required=True)
    identity = joined(subjects(reader.parse_args().home))
    write([row(identity, relation) for relation in drawn(identity)])


if __name__ == "__main__":
    main()
