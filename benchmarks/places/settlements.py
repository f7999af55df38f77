"""Every settlement of the official codifier in the five regions, written as people write it.

The truth is worked out here from the official order directly, and not from the compiled table:
a unit's own rows, else those of the units above it.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gazetteer_spellings import latin_russian, russian

OBLASTS = {
    "01": ("Автономна Республіка Крим", "Republic of Crimea", "Республика Крым"),
    "85": ("Севастополь", "Sevastopol", "Севастополь"),
    "14": ("Донецька область", "Donetsk Oblast", "Донецкая обл."),
    "44": ("Луганська область", "Luhansk Oblast", "Луганская обл."),
    "65": ("Херсонська область", "Kherson Oblast", "Херсонская обл."),
    "23": ("Запорізька область", "Zaporizhzhia Oblast", "Запорожская обл."),
}
MARKS = {"M": "м.", "X": "с-ще", "C": "с.", "K": "м."}


@dataclass(frozen=True, slots=True)
class Settlement:
    code: str
    kind: str
    name: str
    latin: str
    raion: str
    namesakes: int  # settlements of Ukraine with this very name, itself among them
    namesakes_in_oblast: int
    namesakes_in_raion: int


def settlements(shared: Path) -> list[Settlement]:
    path = shared / "data/geo/katottg/katottg_2025-05-16_enriched.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["category"] in "MXCK"]
    everywhere = Counter(row["name_uk"].strip() for row in rows)
    in_oblast = Counter((row["code"][2:4], row["name_uk"].strip()) for row in rows)
    in_raion = Counter((row["code"][2:6], row["name_uk"].strip()) for row in rows)
    return [
        Settlement(
            row["code"], row["category"], name, row["name_latn_kmu55"].strip(), row["raion_uk"],
            everywhere[name], in_oblast[row["code"][2:4], name], in_raion[row["code"][2:6], name],
        )
        for row in rows
        if row["code"][2:4] in OBLASTS
        for name in [row["name_uk"].strip()]
    ]  # fmt: skip


class Order:
    """Section II of order 376, read naively."""

    def __init__(self, shared: Path) -> None:
        path = shared / "data/geo/occupied/perelik_376_2025-05-07.csv"
        self.rows = defaultdict(list)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["section"].startswith("II "):
                    self.rows[row["katottg_code"]].append(row)

    def occupied(self, code: str, day: str) -> bool | None:
        """``None`` where a row above names exceptions, or only a part is occupied."""
        above = {code[2:end].ljust(12, "0") for end in (4, 6, 9)}
        chain = [code, *(known for known in self.rows if known[2:14] in above)]
        found: bool | None = False
        for unit in chain:
            for row in self.rows.get(unit, ()):
                if "частина" in row["name_uk"] or ("винятком" in row["name_uk"] and unit != code):
                    found = found or None
                elif _open(row, day):
                    return True
        return found


def _open(row: dict[str, str], day: str) -> bool:
    starts = sorted(filter(None, row["start_dates_iso"].split("|")))
    ends = sorted(filter(None, row["end_dates_iso"].split("|")))
    begun = sum(start <= day for start in starts)
    ended = sum(end <= day for end in ends)
    return begun > ended


def written(place: Settlement) -> Iterator[tuple[str, str]]:
    """(form, address): ``full`` names raion and oblast, ``oblast`` the oblast, ``bare`` neither."""
    uk, latin, ru = OBLASTS[place.code[2:4]]
    mark = MARKS[place.kind]
    yield "full", f"вул. Центральна, 5, {mark} {place.name}, {place.raion} район, {uk}, Україна"
    yield "oblast", f"{mark} {place.name}, {uk}"
    yield "oblast", f"12 Shkilna Street, {place.latin}, {latin}, Ukraine"
    yield "oblast", f"{place.latin.upper()}, {latin.upper()}"
    yield "bare", f"17 Lenina Street, {place.latin}, Ukraine"
    yield "bare", f"{mark} {place.name}, вул. Миру, 3"
    likeliest = russian(place.name)[0]
    yield "russian", f"{ru}, {mark} {likeliest.title()}, ул. Ленина, д. 4"
    spelt = next(iter(latin_russian(likeliest, all_standards=False)))
    yield "russian", f"ul. Lenina 4, {spelt.title()}, {latin}"
