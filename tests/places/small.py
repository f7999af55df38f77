"""A gazetteer of a few places, with law and lines of control of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from limen.model import Instant
from limen.places.gazetteer.control import ControlLines
from limen.places.gazetteer.gazetteer import CITY, Gazetteer
from limen.places.verdict.territories import ControlPeriod, Statutes, TerritorialLaw, Territory
from limen.places.verdict.verdicts import Judge


class Spot(NamedTuple):
    """A place as the gazetteer has it."""

    oblast: int = 14
    people: int = 0
    kind: int = CITY
    country: str = "ua"
    raion: int = 0


def _text(*lines: str) -> np.ndarray:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def gazetteer_of(*spots: Spot) -> Gazetteer:
    """A gazetteer of these places, by position."""
    countries = sorted({spot.country for spot in spots})
    return Gazetteer(
        {
            "kind": np.array([spot.kind for spot in spots], np.uint8),
            "oblast": np.array([spot.oblast for spot in spots], np.uint8),
            "raion": np.array([spot.raion for spot in spots], np.int32),
            "population": np.array([spot.people for spot in spots], np.int32),
            "country": np.array([countries.index(spot.country) for spot in spots], np.uint8),
            "countries": _text(*countries),
            "key.countries": _text(*countries),
            "regions": _text("crimea 1 85", "dnr 14", "rostov"),
            "key": np.array([], np.uint64),
            "key.ref": np.array([], np.uint32),
        }
    )


#: A stretch of control: place, state (0 occupied, 1 in part, 2 hostilities), from and until.
Stretch = tuple[int, int, str, str]
NEVER = 1 << 40


def lines_of(places: int, *stretches: Stretch) -> ControlLines:
    """Lines of control over so many places."""
    rows = sorted(
        (place, state, Instant.parse(start).seconds, Instant.parse(end).seconds if end else NEVER)
        for place, state, start, end in stretches
    )
    table = np.array(rows, np.int64).reshape(-1, 4)
    columns = {
        "place": table[:, 0].astype(np.int32), "state": table[:, 1].astype(np.uint8),
        "from": table[:, 2], "until": table[:, 3],
    }  # fmt: skip
    return ControlLines(columns, places)


def judge_of(
    spots: Sequence[Spot], stretches: Sequence[Stretch], territory: Territory, until: str
) -> Judge:
    """A judge over these places, with an official list that ends on a day."""
    law = TerritorialLaw(ControlPeriod("a source", until), (territory,), ())
    return Judge(gazetteer_of(*spots), Statutes(law), lines_of(len(spots), *stretches))
