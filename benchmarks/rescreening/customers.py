"""A customer base of any size: real names recombined, with listed parties planted in it."""

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.machine import SHARED

_BENCH = SHARED / "bench"
_PEOPLE = ("innocents_global_dev.csv.gz", "innocents_us_dev.csv.gz")
_COUNTRIES = ("ae", "bg", "cn", "cy", "de", "fr", "gb", "in", "ir", "it", "ru", "sy", "tr", "us")
#: The share of companies in a bank's base, roughly.
_COMPANIES = 0.15
HEADINGS = ("customer_id", "name", "type", "birth_date", "country")
Row = tuple[str, str, str, str, str]


def _read(name: str) -> list[dict[str, str]]:
    with gzip.open(_BENCH / name, "rt", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def customers(count: int, seed: int) -> Iterator[Row]:
    """Yield customers; given names and surnames of two people, halves of two companies."""
    chance = random.Random(seed)
    people = [row for name in _PEOPLE for row in _read(name)]
    companies = [row["name"] for row in _read("population_dev.csv.gz") if row["kind"] == "org"]
    for number in range(count):
        if chance.random() < _COMPANIES:
            one, two = chance.choice(companies).split(), chance.choice(companies).split()
            name, kind, born = (
                " ".join(one[: len(one) // 2 + 1] + two[len(two) // 2 :]),
                "company",
                "",
            )
        else:
            one, two = chance.choice(people), chance.choice(people)
            parts = (one["first_name"], one["middle_name"], two["last_name"])
            name, kind, born = " ".join(filter(None, parts)), "person", two["date_of_birth"]
        yield f"C{number:07}", name, kind, born, chance.choice(_COUNTRIES)


def planted(names: Sequence[str], seed: int) -> Iterator[Row]:
    """Yield customers with listed names, every second one with a letter changed."""
    chance = random.Random(seed)
    for number, name in enumerate(names):
        letters = list(name)
        if number % 2:
            at = chance.randrange(len(letters))
            letters[at] = chance.choice("aeioun")
        yield f"P{number:04}", "".join(letters), "", "", ""


def write(path: Path, rows: Iterator[Row]) -> Path:
    """Write customers as a file that a bank would export."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(HEADINGS)
        out.writerows(rows)
    return path
