"""The gazetteer: places by name, compiled by ``tools/build_gazetteer.py`` and only mapped here.

Arrays (``gazetteer.npz``, and ``places.*`` in a snapshot), one entry for each place unless noted:

================ ==========================================================================
code             KATOTTG as a number, or GeoNames' id (below 10**15)
kind             0 city, 1 town, 2 village, 3 other place, 4 place of another country
country          position in ``countries``
oblast           digits of KATOTTG, 0 outside Ukraine
raion, hromada   position in ``unit.*``, 0 where there is none
lat, lon         degrees, NaN where unknown; ``population`` 0 where unknown
name             ``name.at``, ``name.bytes``: Latin and Ukrainian name, joined by 0x1f
key, key.ref     every spelling of everything, sorted by key; a reference is a place, or with
                 its two highest bits a region, a country or a raion
near.*           spellings in which a slip is looked for, and their places
postcode.*       postcodes of four oblasts and their settlements
point.*          every place of the world on a grid of 0.01 degree, sorted by latitude
outline.*        rings of the oblasts, (lon, lat)
================ ==========================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.places.gazetteer.fold import key

Arrays = Mapping[str, NDArray[Any]]

REGION, COUNTRY, RAION = 1 << 30, 2 << 30, 3 << 30
_LOW = REGION - 1
CITY, TOWN, VILLAGE, OTHER, FOREIGN = range(5)
#: Inhabitants supposed where none are known, by kind.
_SUPPOSED = (12_000, 3_000, 400, 400, 700)
#: First two digits of postcodes that a city alone has (Ukrposhta) -> its KATOTTG. GeoNames' table
#: of postcodes leaves the occupied cities out.
_CAPITALS = {83: 14080030010048113, 91: 44060010010012753}
_NAMES_CACHED = 200_000


class Region(msgspec.Struct, frozen=True):
    """A region that a word names: oblasts by their digits; none for a region of Russia."""

    id: str
    oblasts: tuple[int, ...]


class Named(msgspec.Struct, frozen=True):
    """Everything that has one name."""

    places: tuple[int, ...] = ()
    regions: tuple[Region, ...] = ()
    countries: tuple[str, ...] = ()
    raions: tuple[int, ...] = ()


NOTHING = Named()


class Gazetteer:
    """Places by name and by position, over mapped arrays."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._named: dict[str, Named] = {}
        self.kinds = arrays["kind"]
        self.oblasts = arrays["oblast"]
        self.raions = arrays["raion"]
        self._countries = _texts(arrays["countries"])
        self._key_countries = _texts(arrays["key.countries"])
        self._regions = [
            Region(name, tuple(map(int, oblasts)))
            for name, *oblasts in (line.split() for line in _texts(arrays["regions"]))
        ]
        self._keys = arrays["key"]
        self._refs = arrays["key.ref"]
        self._populations = arrays["population"]
        self._country = arrays["country"]

    def __len__(self) -> int:
        return len(self.kinds)

    def named(self, folded: Sequence[str]) -> list[Named]:
        """Return everything that has each of these folded names."""
        known = self._named
        unknown = [text for text in folded if text not in known]
        if unknown:
            if len(known) > _NAMES_CACHED:
                known.clear()
            self._look_up(unknown)
            return [known[text] if text in known else self.named([text])[0] for text in folded]
        return [known[text] for text in folded]

    def _look_up(self, folded: Sequence[str]) -> None:
        keys = np.asarray([key(text) for text in folded], np.uint64)
        starts = np.searchsorted(self._keys, keys)
        inside = np.minimum(starts, len(self._keys) - 1)
        for text, start, same in zip(
            folded, starts.tolist(), (self._keys[inside] == keys).tolist(), strict=True
        ):
            self._named[text] = self._read(start) if same else NOTHING

    def _read(self, start: int) -> Named:
        name_key = self._keys[start]
        end = int(np.searchsorted(self._keys, name_key, side="right"))
        places, regions, countries, raions = [], [], [], []
        for ref in self._refs[start:end].tolist():
            kind, at = ref & ~_LOW, ref & _LOW
            if kind == 0:
                places.append(at)
            elif kind == REGION:
                regions.append(self._regions[at])
            elif kind == COUNTRY:
                countries.append(self._key_countries[at])
            else:
                raions.append(at)
        return Named(tuple(places), tuple(regions), tuple(countries), tuple(raions))

    def country(self, place: int) -> str:
        """Return the ISO code of a place's country, in small letters."""
        return self._countries[int(self._country[place])]

    def population(self, place: int) -> int:
        """Return inhabitants, at least those supposed of a place of its kind."""
        known = int(self._populations[place])
        if self.kinds[place] <= TOWN:
            return max(known, _SUPPOSED[self.kinds[place]])
        return known or _SUPPOSED[self.kinds[place]]

    def known_population(self, place: int) -> int:
        """Return inhabitants, 0 where they are unknown."""
        return int(self._populations[place])

    def names(self, place: int) -> tuple[str, str]:
        """Return (Latin name, Ukrainian name)."""
        latin, _, native = self._text("name", place).partition("\x1f")
        return latin, native

    def unit(self, at: int) -> str:
        """Return the Ukrainian name of a raion or hromada."""
        return self._text("unit", at)

    def unit_of(self, place: int, level: str) -> str:
        """Return the name of a place's ``raion`` or ``hromada``; empty where there is none."""
        return self.unit(int(self._arrays[level][place]))

    def id(self, place: int) -> str:
        """Return ``UA…`` of the official codifier, or ``geonames:…``."""
        code = int(self._arrays["code"][place])
        return f"UA{code:017}" if code >= 10**15 else f"geonames:{code}"

    def position(self, place: int) -> tuple[float, float] | None:
        """Return (latitude, longitude); ``None`` where unknown."""
        lat, lon = float(self._arrays["lat"][place]), float(self._arrays["lon"][place])
        return None if lat != lat else (round(lat, 5), round(lon, 5))

    def in_raion(self, raion: int) -> list[int]:
        """Return every settlement of a raion."""
        found: list[int] = np.flatnonzero(self.raions == raion).tolist()
        return found

    def raions_of(self, named: Named) -> Named:
        """Return the raions of the towns with a name, if any, as in ``Simferopol district``."""
        raions = {int(self.raions[p]) for p in named.places if self.kinds[p] <= TOWN}
        return Named(raions=tuple(sorted(raions - {0}))) if raions - {0} else named

    def with_postcode(self, postcode: int) -> list[int]:
        """Return the settlements of a five-digit postcode, where the table has it."""
        codes = self._arrays["postcode"]
        first, last = np.searchsorted(codes, [postcode, postcode + 1])
        found: list[int] = self._arrays["postcode.place"][first:last].tolist()
        return found or self._of_capital(postcode // 1000)

    def _of_capital(self, prefix: int) -> list[int]:
        """Return the oblast's capital, where it alone has the first two digits."""
        code = _CAPITALS.get(prefix)
        return [] if code is None else np.flatnonzero(self._arrays["code"] == code).tolist()

    @cached_property
    def roles(self) -> dict[str, frozenset[str]]:
        """Map each word to the roles it gives its neighbours."""
        found: dict[str, set[str]] = {}
        for line in _texts(self._arrays["roles"]):
            role, _, word = line.partition("\t")
            found.setdefault(word, set()).add(role)
        return {word: frozenset(each) for word, each in found.items()}

    @cached_property
    def near(self) -> tuple[list[str], list[int]]:
        """Return spellings for finding misspelt names, and their places."""
        at, blob = self._arrays["near.at"].tolist(), self._arrays["near.bytes"].tobytes()
        texts = [blob[a:b].decode() for a, b in pairwise(at)]
        return texts, self._arrays["near.place"].tolist()

    def _text(self, column: str, at: int) -> str:
        start, end = self._arrays[f"{column}.at"][at : at + 2]
        return self._arrays[f"{column}.bytes"][start:end].tobytes().decode()


def _texts(array: NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode().split("\n")
