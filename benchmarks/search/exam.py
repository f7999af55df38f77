"""Queries made from listed names by treatments, and innocents; the same for every engine.

Treatments: one to three typing errors, reordered with an error, a word dropped, dropped with an
error, two joined, one split, one as an initial, one more. And aliases in another script that
are taken out of the list before they are asked.
"""

from __future__ import annotations

import csv
import gzip
import random
import re
from collections.abc import Callable
from typing import NamedTuple

from benchmarks.machine import SHARED
from benchmarks.search.real_lists import Listed, merged

LETTERS = "abcdefghijklmnopqrstuvwxyz"
EXTRA = ["Ali", "Maria", "Ivan", "International", "Jose", "Group", "Khan", "Petrov", "Ahmed"]
SCRIPTS = {
    "cyrillic": (re.compile("[а-яА-ЯіїєІЇЄ]"), 300),
    "arabic": (re.compile("[\u0620-\u06ff]"), 150),
    "han": (re.compile("[\u4e00-\u9fff]"), 60),
    "hangul": (re.compile("[\uac00-\ud7a3]"), 40),
}
#: Kinds that ``quality`` reports apart from the hard ones: there are few, or they name badly.
RARE = ("arabic", "han", "hangul")


class Asked(NamedTuple):
    """A query, how it was made, and the party it was made from."""

    kind: str
    party: int
    schema: str
    text: str


def words(text: str) -> list[str]:
    return re.sub(r"[^\w\s'-]", " ", text).split()


def misspell(text: str, dice: random.Random, errors: int) -> str:
    letters = list(text)
    for _ in range(errors):
        places = [at for at, letter in enumerate(letters) if letter.isalpha()]
        if len(places) < 3:
            break
        at, what, letter = dice.choice(places), dice.randrange(4), dice.choice(LETTERS)
        letter = letter.upper() if letters[at].isupper() else letter
        if what == 0:
            letters[at] = letter
        elif what == 1:
            letters.insert(at, letter)
        elif what == 2:
            del letters[at]
        elif at + 1 < len(letters):
            letters[at : at + 2] = reversed(letters[at : at + 2])
    return "".join(letters)


def _typo(errors: int) -> Callable[[list[str], random.Random], str]:
    return lambda said, dice: misspell(" ".join(said), dice, errors)


def _reorder(said: list[str], dice: random.Random) -> str:
    dice.shuffle(said)
    return misspell(" ".join(said), dice, 1)


def _drop(said: list[str], dice: random.Random) -> str:
    del said[dice.randrange(len(said))]
    return " ".join(said)


def _join(said: list[str], dice: random.Random) -> str:
    at = dice.randrange(len(said) - 1)
    said[at : at + 2] = ["".join(said[at : at + 2])]
    return " ".join(said)


def _split(said: list[str], dice: random.Random) -> str:
    at = max(range(len(said)), key=lambda place: len(said[place]))
    cut = dice.randrange(2, max(3, len(said[at]) - 1))
    said[at : at + 1] = [said[at][:cut], said[at][cut:]]
    return " ".join(said)


def _initial(said: list[str], dice: random.Random) -> str:
    at = dice.randrange(len(said))
    said[at] = said[at][0] + "."
    return " ".join(said)


def _extra(said: list[str], dice: random.Random) -> str:
    said.insert(dice.randrange(len(said) + 1), dice.choice(EXTRA))
    return " ".join(said)


TREATMENTS: dict[str, Callable[[list[str], random.Random], str]] = {
    "typo1": _typo(1),
    "typo2": _typo(2),
    "typo3": _typo(3),
    "reorder+typo": _reorder,
    "drop": _drop,
    "drop+typo": lambda said, dice: misspell(_drop(said, dice), dice, 1),
    "join": _join,
    "split": _split,
    "initial": _initial,
    "extra": _extra,
}


def make(each: int, seed: int) -> tuple[list[Listed], list[Asked]]:
    """The lists without the aliases that are asked in another script, and the queries."""
    dice = random.Random(seed)
    parties = merged()
    listed = [
        (at, party.schema, name)
        for at, party in enumerate(parties)
        for name in party.names
        if name.isascii() and party.schema in ("Person", "Organization")
        and len(words(name)) >= 2 and 8 <= len(name) <= 70
    ]  # fmt: skip
    long = [entry for entry in listed if len(words(entry[2])) >= 3]
    asked = []
    for kind, treat in TREATMENTS.items():
        for _ in range(each):
            at, schema, name = dice.choice(long if kind.startswith("drop") else listed)
            asked.append(Asked(kind, at, schema, treat(words(name), dice)))
    held: set[tuple[int, str]] = set()
    for kind, (script, count) in SCRIPTS.items():
        pool = [
            (at, name)
            for at, party in enumerate(parties)
            if party.schema == "Person" and any(other.isascii() for other in party.names)
            for name in party.names
            if script.search(name)
        ]
        for at, name in dice.sample(pool, min(count, len(pool))):
            asked.append(Asked(kind, at, "Person", name))
            held.add((at, name))
    kept = [
        party._replace(names=[name for name in party.names if (at, name) not in held])
        for at, party in enumerate(parties)
    ]
    return kept, asked


def twins(parties: list[Listed]) -> list[set[int]]:
    """For each party, every party that has a name of the same words: the same one elsewhere."""
    bearers: dict[str, set[int]] = {}
    keys = [{" ".join(sorted(words(n.casefold()))) for n in party.names} for party in parties]
    for at, found in enumerate(keys):
        for key in found:
            bearers.setdefault(key, set()).add(at)
    return [{at}.union(*(bearers[key] for key in found)) for at, found in enumerate(keys)]


def un_treated(parties: list[Listed]) -> list[Asked]:
    """The treated queries of ``un_queries_dev.csv`` (opensanctions/yente, MIT) whose party is
    still on the UN's list.
    """
    bearers = {
        " ".join(sorted(words(name.casefold()))): at
        for at, party in enumerate(parties)
        if party.source == "un"
        for name in party.names
    }
    asked = []
    with (SHARED / "bench/un_queries_dev.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = " ".join(sorted(words(row["listed_name"].casefold())))
            if row["treated"] == "true" and key in bearers:
                asked.append(Asked("UN treated", bearers[key], "Person", row["query"]))
    return asked


def innocents(count: int, seed: int) -> list[dict[str, str]]:
    """People who are on no list, from both files."""
    people: list[dict[str, str]] = []
    for which in ("us", "global"):
        path = SHARED / f"bench/innocents_{which}_dev.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8") as file:
            people += csv.DictReader(file)
    return random.Random(seed).sample(people, count)
