"""Draw a territory and a point as SVG, from the data of the snapshot alone.

The outlines are those of Ukraine's oblasts (geoBoundaries, CC BY 4.0), the dots settlements
(KATOTTG, GeoNames CC BY 4.0): filled where they were outside the government's control on the
day. Countries elsewhere are drawn as their places. A line of control is not drawn, because no
act has one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from limen.model import InputError, Instant
from limen.places.gazetteer.control import OCCUPIED
from limen.places.location import Location
from limen.places.places import Places
from limen.places.verdict.place_answer import OBLASTS
from limen.places.verdict.territories import TerritorialMeasure, Territory

_WIDTH, _HEIGHT, _HEAD, _MARGIN, _FOOT = 960, 720, 92, 24, 26
#: The rectangle of the map, below the heading and above the sources.
_FRAME = (
    f'x="{_MARGIN}" y="{_HEAD}" width="{_WIDTH - 2 * _MARGIN}" height="{_HEIGHT - _HEAD - _FOOT}"'
)
_SOURCES = (
    "Outlines, with territorial waters: geoBoundaries, CC BY 4.0. "
    "Places: KATOTTG; GeoNames, CC BY 4.0."
)

Box = tuple[float, float, float, float]


def draw(places: Places, location: Location, territory: str | None = None) -> str:
    """Draw the territory of an answer and its point, labelled with the act.

    Args:
        places: the gazetteer and law that the answer came from.
        location: an answer of :meth:`limen.places.Places.locate`.
        territory: a territory by id; that of the first finding.

    Raises:
        InputError: the answer has no finding and no territory is named, or it is unknown.
    """
    drawn, measure = _drawn(places, location, territory)
    as_of = Instant.parse(location.stamp.as_of)
    canvas = _Canvas(places, drawn, as_of)
    lines = [*canvas.ground(), *canvas.dots()]
    if location.place is not None and location.place.lat is not None:
        lines += canvas.point(location.place.lat, location.place.lon or 0.0, location.place.name)
    elif "lat" in location.query and "lon" in location.query:
        lines += canvas.point(float(location.query["lat"]), float(location.query["lon"]), "")
    framed = ['<g clip-path="url(#frame)">', *lines, "</g>"]
    framed.append(f'<rect {_FRAME} fill="none" stroke="#c5cfd8"/>')
    return "\n".join([*_head(drawn, measure, location), *framed, "</svg>", ""])


def _drawn(
    places: Places, location: Location, name: str | None
) -> tuple[Territory, TerritorialMeasure | None]:
    known = places.statutes.territories
    if name is not None and name not in known:
        raise InputError(
            f"no territory is called {name!r}", where="map", hint=f"one of {', '.join(known)}"
        )
    named = name or next((each.territory for each in location.findings), None)
    if named is None:
        raise InputError(
            "the address is in no territory, so there is none to draw",
            where="map",
            hint=f"name one: {', '.join(known)}",
        )
    acts = {each.measure for each in location.findings if each.territory == named}
    found = [
        measure
        for measure in places.statutes.law.measures
        if named in measure.territories and (measure.id in acts or not acts)
    ]
    return known[named], found[0] if found else None


def _head(
    territory: Territory, measure: TerritorialMeasure | None, location: Location
) -> Iterator[str]:
    day = location.stamp.as_of
    act = f"{measure.authority}: {measure.instrument}, {measure.article}" if measure else ""
    basis = {
        "fixed": "fixed ground" + ("; dots: its places" if territory.country else ""),
        "named_region": f"a named region; dots: settlements held on {territory.line}",
        "control": f"dots: settlements outside the government's control on {day}",
    }[territory.definition]
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="system-ui, sans-serif">'
    )
    yield f"<title>{escape(territory.name)}, {day}</title>"
    yield f'<clipPath id="frame"><rect {_FRAME}/></clipPath>'
    yield f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>'
    yield f'<rect {_FRAME} fill="#eef1f3"/>'
    name = escape(territory.name)
    yield f'<text x="{_MARGIN}" y="34" font-size="20" fill="#1d2733">{name}</text>'
    yield f'<text x="{_MARGIN}" y="57" font-size="13" fill="#45556a">{escape(act)}</text>'
    yield (f'<text x="{_MARGIN}" y="76" font-size="13" fill="#45556a">As of {day}; {basis}.</text>')
    yield (f'<text x="{_MARGIN}" y="{_HEIGHT - 8}" font-size="10" fill="#7a8899">{_SOURCES}</text>')


class _Canvas:
    """A map that turns degrees into pixels, and its layers."""

    def __init__(self, places: Places, territory: Territory, as_of: Instant) -> None:
        self._places = places
        self._arrays: Mapping[str, NDArray[Any]] = places.arrays
        self._territory = territory
        self._as_of = as_of
        self._box = self._bounds()
        west, south, east, north = self._box
        self._squeeze = math.cos(math.radians((south + north) / 2))
        wide, high = (east - west) * self._squeeze, north - south
        room = _WIDTH - 2 * _MARGIN, _HEIGHT - _HEAD - _FOOT
        self._scale = min(room[0] / wide, room[1] / high)
        self._left = (_WIDTH - wide * self._scale) / 2
        self._top = _HEAD + (room[1] - high * self._scale) / 2

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Return the pixels of a point."""
        west, _, _, north = self._box
        x = self._left + (lon - west) * self._squeeze * self._scale
        return round(x, 1), round(self._top + (north - lat) * self._scale, 1)

    def ground(self) -> Iterator[str]:
        """Draw the oblasts around, and those of the territory."""
        own = set(self._territory.oblasts)
        for oblast, ring in self._rings():
            points = " ".join("{},{}".format(*self.at(lat, lon)) for lon, lat in ring.tolist())
            whole = oblast in own and self._territory.definition == "fixed"
            fill = "#f2b8b5" if whole else "#fbe9e7" if oblast in own else "#ffffff"
            yield f'<polygon points="{points}" fill="{fill}" stroke="#9aa7b5" stroke-width="0.8"/>'
        yield from self._captions()

    def _captions(self) -> Iterator[str]:
        """Draw the oblasts' names, each in the middle of its largest outline."""
        grounds: dict[int, NDArray[np.float32]] = {}
        for oblast, ring in self._rings():
            known = grounds.get(oblast)
            if known is None or len(ring) > len(known):
                grounds[oblast] = ring
        for oblast, ring in grounds.items():
            lon, lat = (ring.min(axis=0) + ring.max(axis=0)) / 2
            x, y = self.at(float(lat), float(lon))
            yield (
                f'<text x="{x}" y="{y}" font-size="12" fill="#8a97a5" text-anchor="middle">'
                f"{escape(OBLASTS.get(oblast, ''))}</text>"
            )

    def dots(self) -> Iterator[str]:
        """Draw settlements outside the government's control, or the places of a country."""
        if self._territory.country:
            lats, lons = self._of_country()
        elif self._territory.definition == "fixed":
            return
        else:
            day = Instant.parse(self._territory.line) if self._territory.line else self._as_of
            held = (self._places.judge.states(day) & (1 << OCCUPIED)) > 0
            held &= np.isin(self._arrays["oblast"], self._territory.oblasts)
            held &= ~np.isnan(self._arrays["lat"])
            lats, lons = self._arrays["lat"][held], self._arrays["lon"][held]
        spots = (self.at(lat, lon) for lat, lon in zip(lats.tolist(), lons.tolist(), strict=True))
        path = "".join(f"M{x},{y}h0" for x, y in spots)
        yield f'<path d="{path}" stroke="#c0392b" stroke-width="3.2" stroke-linecap="round"/>'

    def point(self, lat: float, lon: float, name: str) -> Iterator[str]:
        """Draw the point of the address."""
        x, y = self.at(lat, lon)
        yield f'<circle cx="{x}" cy="{y}" r="7" fill="#1a5fb4" stroke="#fff" stroke-width="2"/>'
        yield (
            f'<text x="{x + 11}" y="{y + 5}" font-size="15" fill="#123" stroke="#fff" '
            f'stroke-width="3" paint-order="stroke">{escape(name)}</text>'
        )

    def _rings(self) -> Iterator[tuple[int, NDArray[np.float32]]]:
        if self._territory.country:
            return
        starts, points = self._arrays["outline.start"], self._arrays["outline.points"]
        for at, oblast in enumerate(self._arrays["outline.oblast"].tolist()):
            yield oblast, points[starts[at] : starts[at + 1]]

    def _of_country(self) -> tuple[NDArray[Any], NDArray[Any]]:
        codes = self._arrays["point.countries"].tobytes().decode().split("\n")
        own = self._arrays["point.country"] == codes.index(self._territory.country)
        return self._arrays["point.lat"][own] / 100, self._arrays["point.lon"][own] / 100

    def _bounds(self) -> Box:
        if self._territory.country:
            lats, lons = self._of_country()
        else:
            own = [ring for oblast, ring in self._rings() if oblast in self._territory.oblasts]
            points = np.concatenate(own)
            lats, lons = points[:, 1], points[:, 0]
        room = 0.15 * max(float(np.ptp(lats)), float(np.ptp(lons)))
        return (
            float(lons.min()) - room, float(lats.min()) - room,
            float(lons.max()) + room, float(lats.max()) + room,
        )  # fmt: skip
