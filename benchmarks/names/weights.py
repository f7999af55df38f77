"""Compute ``src/limen/names/data/weights.yml``: how much each common word says.

From the published lists (how many distinct names a word stands in, its equal spellings counted
with it) and from ``common_names.yml``. Run by hand when the lists have grown; a new weight is a
new matcher: ``python -m benchmarks.names.weights COUNTS``.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from pathlib import Path

import yaml

from limen.names.tables import DATA, tables

#: A word of that many names or fewer weighs 1000.
RARE = 6
SLOPE, LEAST = 118, 300
#: What a common name of the world counts as, and half of it for given names' sake.
WORLD = {"family": 90, "given": 140}


def weights(counts: Counter[str]) -> dict[str, int]:
    """Weights in thousandths of the words that weigh less than 1000."""
    classes: Counter[int] = Counter()
    for word, codes in tables().classes.items():
        for code in codes[:1]:
            if not code & 1:
                classes[code >> 1] += counts[word]
    said = Counter(counts)
    for word, codes in tables().classes.items():
        for code in codes[:1]:
            said[word] = max(said[word], int(classes[code >> 1] * (0.35 if code & 1 else 0.6)))
    world = yaml.safe_load((DATA / "common_names.yml").read_text(encoding="utf-8"))
    for group, words in world.items():
        for word in words:
            said[str(word)] = said[str(word)] + WORLD[group]
    return {
        word: max(LEAST, 1000 - int(SLOPE * math.log(count / RARE)))
        for word, count in sorted(said.items())
        if count > RARE and len(word) > 1
    }


def main() -> None:
    counts: Counter[str] = Counter()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        word, count = line.split("\t")
        counts[word] = int(count)
    lines = ["# Written by benchmarks/names/weights.py; do not edit."]
    lines += [f'"{word}": {weight}' for word, weight in weights(counts).items()]
    (DATA / "weights.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
