"""How payment systems write a name: in capitals, cut, transliterated, with other words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from anyascii import anyascii

#: Characters of SWIFT's set x; everything else becomes a blank.
_NOT_X = re.compile(r"[^A-Z0-9/\-?:().,'+ ]")
_PLACES = (
    "MOSCOW BRANCH 1234",
    "DUBAI BRANCH",
    "ISTANBUL",
    "HEAD OFFICE LIMASSOL",
    "GROUP HOLDING",
)
_JOINS = ("OR", "AND", "FAO", "FFC", "UBO", "&", "/", "C/O")
#: Where fields, message types and core systems end a name.
_ENDS = (30, 33, 34, 35, 40, 70, 105, 140)
_STREETS = ("MAIN STREET", "HIGH ROAD", "KING SAUD AVENUE", "LENINA UL", "RUE DE LA GARE")
_OTHERS = ("JOHN MILLER", "ANNA SCHMIDT", "MARIA GARCIA LOPEZ", "PIERRE DUBOIS")


def in_capitals(name: str) -> str:
    """A name in the capitals of set x, transliterated where it has other letters."""
    return " ".join(_NOT_X.sub(" ", anyascii(name).upper()).split())


def _account(rng: random.Random) -> str:
    return "".join(str(rng.randint(0, 9)) for _ in range(rng.choice((10, 12, 20))))


def _cut(name: str, _: random.Random) -> str:
    return name[:35].strip()


def _or_order(name: str, _: random.Random) -> str:
    return f"{name} OR ORDER"


def _with_account(name: str, rng: random.Random) -> str:
    return f"{_account(rng)} {name}"


def _into_address(name: str, rng: random.Random) -> str:
    return f"{name} {rng.randint(1, 200)} {rng.choice(_STREETS)}"


def _in_care(name: str, rng: random.Random) -> str:
    return f"{name} C/O {rng.choice(_OTHERS)}"


def _both_holders(name: str, rng: random.Random) -> str:
    return f"{rng.choice(_OTHERS)} AND/OR {name}"


def _joined(name: str, rng: random.Random) -> str:
    return f"{rng.choice(_OTHERS)} {rng.choice(_JOINS)} {name}"


def _longer(name: str, rng: random.Random) -> str:
    return f"{name} {rng.choice(_PLACES)}"


def _cut_anywhere(name: str, rng: random.Random) -> str:
    """A name cut where some system ends it, if one does."""
    ends = [end for end in _ENDS if end < len(name)]
    return name[: rng.choice(ends)].strip() if ends else name


def _turned(name: str, _: random.Random) -> str:
    """The last word first, as forms with a surname field write people."""
    head, _, last = name.rpartition(" ")
    return f"{last} {head}".strip()


#: Spelling -> what writes a name so. Turned names are of people only.
SPELLINGS: dict[str, Callable[[str, random.Random], str]] = {
    "capitals": lambda name, _: name,
    "cut at 35": _cut,
    "or order": _or_order,
    "account number": _with_account,
    "into the address": _into_address,
    "in care of": _in_care,
    "both holders": _both_holders,
    "joined by a word": _joined,
    "with a branch or city": _longer,
    "cut at 30 to 140": _cut_anywhere,
    "turned": _turned,
}


def written(name: str, spelling: str, rng: random.Random) -> str:
    """A name in capitals, in one of the spellings."""
    return SPELLINGS[spelling](in_capitals(name), rng)
