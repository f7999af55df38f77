"""Compute ``src/limen/names/data/weights.yml``: how much each common word says.

From the published lists (how many distinct names a word stands in, its equal spellings counted
with it) and from ``common_names.yml``. Run by hand when the lists have grown; a new weight is a
new matcher: ``python -m benchmarks.names.weights``.
"""

from __future__ import annotations

import math
from collections import Counter

import yaml

from benchmarks.search.real_lists import merged
from limen.names.reading.normalise import normalise
from limen.names.reading.tables import DATA, tables
from limen.names.reading.tokens import WORD

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


def counts() -> Counter[str]:
    """In how many distinct listed names each word stands."""
    seen: set[tuple[str, ...]] = set()
    found: Counter[str] = Counter()
    for party in merged():
        for raw in party.names:
            tokens = normalise(raw, person=party.schema == "Person").tokens
            key = tuple(sorted(token.text for token in tokens))
            if key not in seen:
                seen.add(key)
                found.update({token.text for token in tokens if token.kind == WORD})
    return found


def main() -> None:
    lines = [
        "# What common words weigh, in thousandths: by benchmarks/names/weights.py, from names on",
        "# the lists of OFAC, the EU, the UN, the UK and Australia, and from common_names.yml.",
    ]
    lines += [f'"{word}": {weight}' for word, weight in weights(counts()).items()]
    (DATA / "weights.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
