"""Write src/limen/model/_countries_table.py from rigour's territories and our reviewed words.

    python tools/build_countries.py ../shared/data/reference/territories.jsonl.gz

Taken from the territories: codes, English and official names, names in the country's own
languages, and Russian, Ukrainian, Arabic, Persian and Chinese names, told by their letters.
Latin names in other languages are taken from ``country_words.yml`` alone, because the source
mixes them with counties, cities and misprints. A word that stands for two countries stands for
none, unless the reviewed words decide.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from limen.model.countries import fold

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src/limen/model/_countries_table.py"

#: Two-letter codes of the source that ISO 3166-1 does not assign to a country today.
NOT_ISO = {"ac", "an", "cp", "cq", "dd", "dg", "eu", "ic", "ip", "su", "ta", "un", "zr", "zz"}
ENGLISH = {
    "cd": "Democratic Republic of the Congo",
    "cg": "Republic of the Congo",
    "hk": "Hong Kong",
    "mo": "Macao",
    "nr": "Nauru",
}
#: Alphabets whose words are taken as they are: Russian and Ukrainian, Arabic and Persian, Han.
ALPHABETS = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґ’' ().,-]+|[ء-غف-يپچژکگی\u200c ()-]+|[\u4e00-\u9fff]+")
HEADER = '''"""Country codes and the words that stand for them. Written by tools/build_countries.py.

A line is ``alpha-2 | alpha-3 | English name | words``, the words folded and separated by ``;``.
Facts from opensanctions/rigour's territories (MIT licence, Copyright OpenSanctions Datenbanken
GmbH; gathered from Wikidata, Unicode CLDR and public registers) and tools/country_words.yml.
"""

# ruff: noqa: E501
# fmt: off

TABLE = """\\
'''


def territories(path: Path) -> Iterator[dict[str, Any]]:
    """The territories of the source, one a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def source_words(territory: dict[str, Any]) -> Iterator[str]:
    """The words of a territory that can be trusted to mean the whole country."""
    yield from (territory["name"], territory["full_name"], *territory["names_strong"])
    yield from (word for word in territory["names_weak"] if ALPHABETS.fullmatch(word))


def meanings(
    countries: Iterable[dict[str, Any]], below: frozenset[str], reviewed: dict[str, str]
) -> dict[str, str]:
    """Folded word -> code; reviewed words decide, then words of one country only."""
    codes: dict[str, set[str]] = defaultdict(set)
    for country in countries:
        for word in source_words(country):
            if (key := fold(word)) and key not in below:
                codes[key].add(country["code"])
    found = {key: next(iter(each)) for key, each in codes.items() if len(each) == 1}
    decided: dict[str, str] = {}
    for code, words in reviewed.items():
        for word in words.split(";"):
            key = fold(word)
            if decided.setdefault(key, code) != code:
                raise SystemExit(
                    f"country_words.yml: {word.strip()!r} under {code} and {decided[key]}"
                )
    found.update(decided)
    return {key: code for key, code in found.items() if code != "none" and len(key) > 1}


def main(source: Path) -> None:
    """Write the table."""
    everything = list(territories(source))
    countries = [
        each for each in everything if len(each["code"]) == 2 and each["code"] not in NOT_ISO
    ]
    own = {fold(name) for each in countries for name in (each["name"], each["full_name"])}
    below = frozenset(
        key
        for each in everything
        if len(each["code"]) != 2
        for word in (each["name"], each["full_name"], *each["names_strong"], *each["names_weak"])
        if (key := fold(word)) not in own
    )
    reviewed = yaml.safe_load((HERE / "country_words.yml").read_text(encoding="utf-8"))
    words = defaultdict(list)
    for key, code in sorted(meanings(countries, below, reviewed).items()):
        words[code].append(key)
    with TARGET.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for country in sorted(countries, key=lambda each: each["code"]):
            code = country["code"]
            english = ENGLISH.get(code, country["name"])
            alpha3 = country.get("alpha3", "")
            out.write(f"{code}|{alpha3}|{english}|{';'.join(words[code])}\n")
        out.write('"""\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
