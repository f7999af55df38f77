"""Compute what words weigh among organisations: ``python tools/weigh_words.py FREQUENCIES``.

Writes ``src/limen/names/data/limen_2/weights.yml``. A word is common, and weighs little, by the
number of organisations on the published lists that have it in their names, by the number of the
world's companies that do (half of ``shared/bench/population_dev.csv.gz``; the other half is for
reports), or by how often people write it: a brand is rare in all three. FREQUENCIES is
``frequency_dictionary_en_82_765.txt`` of the package ``symspellpy`` (MIT; from Google Books Ngrams,
CC BY 3.0). Only words of listed organisations or of these companies have a weight of their own.
Run it when the lists have grown. Other weights are another matcher.
"""

from __future__ import annotations

import csv
import gzip
import math
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.machine import SHARED
from benchmarks.search.real_lists import merged

from limen.model._countries_table import TABLE
from limen.names.matchers.limen_2_tables import FOLDER
from limen.names.reading.normalise import normalise
from limen.names.reading.tokens import WORD

#: A word of that many listed organisations or fewer weighs 1000; a factor of e more takes 130.
RARE, SLOPE, LEAST = 12, 130, 250
#: A word of two companies of the population weighs the first number; a factor of e takes SLOPE.
SHARED_BY_TWO, LEAST_COMPANIES = 850, 2
#: Words written less than once in 100,000 are rare; ten times as often takes so much.
WRITTEN, STEEP = 4.0, 400
#: What the name of a country weighs at most.
PLACE = 300
#: Words that would weigh more than this are left at 1000, which keeps the table small.
NEARLY_RARE = 950


def listed() -> Counter[str]:
    """Count the organisations on the lists that have each word in a name."""
    found: Counter[str] = Counter()
    for party in merged():
        if party.schema == "Organization":
            found.update({word for name in party.names for word in words(name)})
    return found


def companies() -> Counter[str]:
    """Count the companies of half of the population that have each word in their names."""
    found: Counter[str] = Counter()
    path = SHARED / "bench/population_dev.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "org" and zlib.crc32(row["id"].encode()) % 2 == 0:
                found.update(set(words(row["name"])))
    return found


def written(path: Path) -> dict[str, float]:
    """Return how often each word is written, as the logarithm of a billionth, where it is most."""
    lines = (line.split() for line in path.read_text("utf-8-sig").splitlines())
    counts = {word: int(count) for word, count in lines if word.isascii() and word.isalpha()}
    total = sum(counts.values())
    often = {word: math.log10(count * 1e9 / total) for word, count in counts.items()}
    return {word: number for word, number in often.items() if number > WRITTEN}


def places() -> Iterator[str]:
    """Yield the words of countries and nationalities: where a company is says little of which."""
    for line in TABLE.splitlines():
        for name in line.split("|")[3].split(";"):
            yield from words(name)


def words(text: str) -> Iterator[str]:
    """Yield the words of a text as names are read."""
    for token in normalise(text).tokens:
        if token.kind == WORD and not token.abjad and len(token.text) > 1:
            yield token.text


def weights(frequencies: Path) -> dict[str, int]:
    """Return the weights, in thousandths, of the words that weigh less than 1000."""
    counts, shared = listed(), companies()
    by_lists = {
        word: 1000 - int(SLOPE * math.log(count / RARE))
        for word, count in counts.items()
        if count > RARE
    }
    by_companies = {
        word: SHARED_BY_TWO - int(SLOPE * math.log(count / LEAST_COMPANIES))
        for word, count in shared.items()
        if count >= LEAST_COMPANIES
    }
    by_use = {word: 1000 - int(STEEP * (often - WRITTEN))
              for word, often in written(frequencies).items()}  # fmt: skip
    by_place = dict.fromkeys((word for word in places() if len(word) > 3), PLACE)
    tables = (by_lists, by_companies, by_use, by_place)
    every = {
        word: max(LEAST, min(table.get(word, 1000) for table in tables))
        for word in set().union(*tables)
        if word in counts or word in shared
    }
    return {word: weight for word, weight in sorted(every.items()) if weight <= NEARLY_RARE}


def main() -> None:
    """Write the file."""
    lines = [
        "# What common words weigh among organisations, in thousandths, by tools/weigh_words.py:",
        "# from the lists of OFAC, the EU, the UN, the UK and Australia, from names of companies,",
        "# and from how often English words are written (Google Books Ngrams, CC BY 3.0).",
        *(f'"{word}": {weight}' for word, weight in weights(Path(sys.argv[1])).items()),
    ]
    (FOLDER / "weights.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
