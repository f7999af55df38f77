"""Compute what words weigh among organisations: ``python tools/weigh_words.py``.

Writes ``src/limen/names/data/limen_2/weights.yml``. A word is common, and weighs little, by the
number of organisations on the published lists that have it in their names, or by how often people
write it: a brand is rare in both, ``golden`` is in every language's newspapers. Needs the package
``wordfreq`` (its data: CC BY-SA 4.0), which nothing else here does; run it when the lists have
grown. Other weights are another matcher.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.search.real_lists import merged

from limen.model._countries_table import TABLE
from limen.names.matchers.limen_2_tables import FOLDER
from limen.names.reading.normalise import normalise
from limen.names.reading.tokens import WORD

#: A word of that many listed organisations or fewer weighs 1000; a factor of e more takes 130.
RARE, SLOPE, LEAST = 12, 130, 250
#: Words written less than once in 200,000 are rare; ten times as often takes so much.
WRITTEN, STEEP = 3.7, 480
#: Languages in which many of the world's companies are named. Not those whose readings in Latin
#: letters are other languages' brands: Hindi's "great" is Mahan.
LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "nl", "ru", "tr", "id")
#: The commonest words of a language that are looked at.
MOST = 6_000
#: What the name of a country weighs at most.
PLACE = 300
#: Words that would weigh more than this are left at 1000, which keeps the table small.
NEARLY_RARE = 900


def listed() -> Counter[str]:
    """Count the organisations on the lists that have each word in a name."""
    found: Counter[str] = Counter()
    for party in merged():
        if party.schema == "Organization":
            found.update({word for name in party.names for word in words(name)})
    return found


def written() -> dict[str, float]:
    """Return how often each word is written, as the logarithm of a billionth, where it is most."""
    from wordfreq import top_n_list, zipf_frequency

    found: dict[str, float] = {}
    for language in LANGUAGES:
        for word in top_n_list(language, MOST):
            often = zipf_frequency(word, language)
            if often <= WRITTEN:
                break
            for read in words(word):
                found[read] = max(found.get(read, 0.0), often)
    return found


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


def weights() -> dict[str, int]:
    """Return the weights, in thousandths, of the words that weigh less than 1000."""
    by_lists = {
        word: 1000 - int(SLOPE * math.log(count / RARE))
        for word, count in listed().items()
        if count > RARE
    }
    by_use = {word: 1000 - int(STEEP * (often - WRITTEN)) for word, often in written().items()}
    by_place = dict.fromkeys((word for word in places() if len(word) > 3), PLACE)
    tables = (by_lists, by_use, by_place)
    every = {
        word: max(LEAST, min(table.get(word, 1000) for table in tables))
        for word in set().union(*tables)
    }
    return {word: weight for word, weight in sorted(every.items()) if weight <= NEARLY_RARE}


def main() -> None:
    """Write the file."""
    lines = [
        "# What common words weigh among organisations, in thousandths, by tools/weigh_words.py:",
        "# from the lists of OFAC, the EU, the UN, the UK and Australia, and from wordfreq 3.1",
        "# (Robyn Speer, CC BY-SA 4.0), its frequencies turned into weights.",
        *(f'"{word}": {weight}' for word, weight in weights().items()),
    ]
    (FOLDER / "weights.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
