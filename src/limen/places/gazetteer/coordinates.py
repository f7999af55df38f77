"""Find the oblast of a point by outlines, and its country by the nearest places."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.model import InputError

#: Kilometres within which a settlement decides the country of a point.
NEAR = 40.0
#: Nearest places looked at: enough that a border shows two countries.
_NEIGHBOURS = 5
#: Kilometres of a degree of latitude.
_DEGREE = 111.2


class Point(msgspec.Struct, frozen=True):
    """The surroundings of a point.

    Attributes:
        country: of the places around; empty at sea or far from any.
        oblast: the oblast of Ukraine that contains it, 0 outside.
        places: the settlements of Ukraine's codifier around it, the nearest first.
        distance: kilometres to the nearest place of the world.
        why: what is uncertain, in words.
    """

    lat: float
    lon: float
    country: str
    oblast: int
    places: tuple[int, ...]
    distance: float
    why: str = ""


def check(lat: float, lon: float) -> None:
    """Check that a point is on earth.

    Raises:
        InputError: out of range, or not a number.
    """
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        swapped = -90 <= lon <= 90 and -180 <= lat <= 180
        raise InputError(
            f"({lat}, {lon}) is not on earth",
            where="coordinates",
            why="latitude runs from -90 to 90, longitude from -180 to 180",
            hint=f"latitude comes first: ({lon}, {lat})?"
            if swapped
            else "give degrees, latitude first",
        )


class Ground:
    """Outlines and positions, queried by point."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self._countries = arrays["point.countries"].tobytes().decode().split("\n")

    def at(self, lat: float, lon: float) -> Point:
        """Return what is at a point.

        Raises:
            InputError: it is not on earth.
        """
        check(lat, lon)
        oblast = self.oblast(lat, lon)
        around = self._around(lat, lon)
        distance = around[0][0] if around else math.inf
        countries = {code for reach, code in around if reach <= NEAR}
        country = "ua" if oblast else (around[0][1] if countries else "")
        places = self._settlements(lat, lon) if country == "ua" else ()
        why = "" if country else "it lies at sea, or far from any place"
        if len(countries) > 1 and not oblast:
            why = f"it lies near a border: {', '.join(sorted(countries))}"
        return Point(lat, lon, country, oblast, places, distance, why)

    def oblast(self, lat: float, lon: float) -> int:
        """Return the oblast with an outline around the point; 0 outside Ukraine."""
        starts = self._arrays["outline.start"]
        points = self._arrays["outline.points"]
        for at, oblast in enumerate(self._arrays["outline.oblast"].tolist()):
            ring = points[starts[at] : starts[at + 1]]
            low, high = ring.min(axis=0), ring.max(axis=0)
            if low[0] <= lon <= high[0] and low[1] <= lat <= high[1] and _inside(ring, lat, lon):
                return int(oblast)
        return 0

    def _around(self, lat: float, lon: float) -> list[tuple[float, str]]:
        """Return (kilometres, country) of the nearest places of the world."""
        lats = self._arrays["point.lat"]
        first, last = np.searchsorted(lats, [round(lat * 100) - 100, round(lat * 100) + 100])
        rows = slice(int(first), int(last))
        if first == last:
            return []
        north = (lats[rows] / 100 - lat) * _DEGREE
        east = (self._arrays["point.lon"][rows] / 100 - lon + 180) % 360 - 180
        reach = np.hypot(north, east * _DEGREE * math.cos(math.radians(lat)))
        nearest = np.argsort(reach)[:_NEIGHBOURS]
        codes = self._arrays["point.country"][rows]
        return [(float(reach[at]), self._countries[int(codes[at])]) for at in nearest]

    def _settlements(self, lat: float, lon: float) -> tuple[int, ...]:
        """Return settlements of the codifier around a point, the nearest first."""
        codes, lats, lons = (self._arrays[name] for name in ("code", "lat", "lon"))
        north = (lats - lat) * _DEGREE
        east = (lons - lon) * _DEGREE * math.cos(math.radians(lat))
        reach = np.where((codes >= 10**15) & ~np.isnan(lats), np.hypot(north, east), np.inf)
        nearest = np.argsort(reach)[:_NEIGHBOURS]
        closest = float(reach[nearest[0]])
        return tuple(
            int(at) for at in nearest if reach[at] <= max(3.0, closest * 2) and reach[at] <= NEAR
        )


def _inside(ring: NDArray[np.float32], lat: float, lon: float) -> bool:
    """Return whether a point is inside a ring, by the even-odd rule."""
    x, y = ring[:-1, 0], ring[:-1, 1]
    x2, y2 = ring[1:, 0], ring[1:, 1]
    crosses = (y > lat) != (y2 > lat)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = (x2 - x) * (lat - y) / (y2 - y) + x
    return bool(np.count_nonzero(crosses & (lon < at)) % 2)
