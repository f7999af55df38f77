"""Find who controlled a settlement on a date, from the intervals of the official list.

``data/control.csv`` has one row a unit and period: ``code`` (KATOTTG: an oblast, raion, hromada
or settlement), ``name``, ``state``, ``from``, ``until`` (half-open; empty is still open on the
day the list was made) and ``except`` (codes below the unit that the row leaves out). States:

=============== =========================================================================
occupied        section II of order 376: temporarily occupied
part_occupied   the same, of a part of the settlement
hostilities     sections I.2 and I.3: fighting, on the government's side
=============== =========================================================================

Pairing of several periods, and names of exceptions read into codes: ``tools/build_control.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from limen.model import Instant

STATES = ("occupied", "part_occupied", "hostilities")
OCCUPIED, PART, HOSTILITIES = range(3)
NEVER = 1 << 40
#: How many leading digits of a code name an oblast, raion, hromada and settlement.
_ENDS = (2, 4, 7, 10)

Columns = dict[str, NDArray[Any]]


def build_control(codes: NDArray[np.int64]) -> Columns:
    """Spread the rows over settlements: columns ``place``, ``state``, ``from``, ``until``.

    Args:
        codes: KATOTTG of every place as a number, or anything below 10**15.
    """
    import csv  # with the resources, of no use to a process that only looks up
    from importlib.resources import files

    text = files("limen.places").joinpath("data/control.csv").read_text("utf-8")
    rows = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        period = (STATES.index(row["state"]), _second(row["from"], 0), _second(row["until"], NEVER))
        rows[_stem(row["code"][2:])].append((*period, frozenset(row["except"].split())))
    found = []
    for place, code in enumerate(codes.tolist()):
        if code < 10**15:
            continue
        digits = f"{code:017}"
        for end in _ENDS:
            for state, start, until, apart in rows.get(digits[:end], ()):
                if f"UA{digits}" not in apart:
                    found.append((place, state, start, until))
    table = np.asarray(sorted(set(found)), np.int64).reshape(-1, 4)
    return {
        "place": table[:, 0].astype(np.int32),
        "state": table[:, 1].astype(np.uint8),
        "from": table[:, 2],
        "until": table[:, 3],
    }


def _second(day: str, missing: int) -> int:
    return Instant.parse(day).seconds if day else missing


def _stem(digits: str) -> str:
    """Return the leading digits that a unit shares with everything below it."""
    return next(digits[:end] for end in _ENDS if end == _ENDS[-1] or not digits[end:12].strip("0"))


class ControlLines:
    """The columns of :func:`build_control`, queried by instant."""

    def __init__(self, columns: Mapping[str, NDArray[Any]], places: int) -> None:
        self._columns = columns
        self._places = places

    def states(self, instant: Instant) -> NDArray[np.uint8]:
        """Return bits for every place: ``1 << OCCUPIED``, ``1 << PART``, ``1 << HOSTILITIES``."""
        columns = self._columns
        holds = (columns["from"] <= instant.last_second) & (instant.last_second < columns["until"])
        found = np.zeros(self._places, np.uint8)
        np.bitwise_or.at(
            found,
            columns["place"][holds],
            np.left_shift(1, columns["state"][holds], dtype=np.uint8),
        )
        return found

    def days(self, places: Collection[int]) -> set[date]:
        """Return the days on which the state of one of some places began or ended."""
        rows = np.isin(self._columns["place"], list(places))
        seconds = np.concatenate([self._columns[name][rows] for name in ("from", "until")])
        return {
            Instant.of_seconds(second).day
            for second in np.unique(seconds).tolist()
            if 0 < second < NEVER
        }
