"""Fictional companies, for the alert rate of organisations: family names, places and trades of the
world under its legal forms. Nobody of them is on a list but by accident.
"""

from __future__ import annotations

import csv
import gzip
import random

from benchmarks.machine import SHARED

_TRADES = (
    "Trading", "Logistics", "Engineering", "Shipping", "Holdings", "Investments", "Capital",
    "Development", "Industries", "Pharma", "Foods", "Textiles", "Consulting", "Solutions",
    "Systems", "Energy", "Mining", "Metals", "Chemicals", "Motors", "Construction", "Insurance",
    "Bank", "Finance", "Properties", "Media", "Software", "Telecom", "Airlines", "Tours",
    "Dairy", "Fisheries", "Timber", "Furniture", "Plastics", "Optics", "Dental", "Security",
    "Marine", "Agro", "Ceramics", "Brewery",
)  # fmt: skip
_PLACES = (
    "Bergen", "Porto", "Leeds", "Lyon", "Osaka", "Pune", "Lagos", "Quito", "Riga", "Cork",
    "Graz", "Bari", "Utrecht", "Malmo", "Tampere", "Split", "Brno", "Gdansk", "Cluj", "Varna",
    "Izmir", "Amman", "Muscat", "Karachi", "Dhaka", "Hanoi", "Cebu", "Perth", "Durban", "Accra",
    "Nairobi", "Tunis", "Fez", "Cusco", "Cordoba", "Recife", "Austin", "Denver", "Halifax",
    "Tromso",
)  # fmt: skip
_FORMS = (
    "Ltd", "Limited", "LLC", "Inc.", "Corp.", "GmbH", "AG", "S.A.", "SARL", "S.r.l.", "SpA",
    "B.V.", "N.V.", "S.L.", "Lda", "A/S", "AB", "Oy", "Sp. z o.o.", "s.r.o.", "d.o.o.", "Kft.",
    "OOD", "SRL", "A.S.", "Pvt Ltd", "Co. Ltd", "K.K.", "Sdn Bhd", "PJSC", "OOO", "JSC", "Plc",
    "Pty Ltd", "",
)  # fmt: skip
_NATURES = (
    "Global", "National", "Universal", "First", "United", "Northern", "Royal", "General",
    "Modern", "Golden",
)  # fmt: skip


def families() -> list[str]:
    """Family names in Latin letters, from people on no list."""
    path = SHARED / "bench" / "innocents_global_dev.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        names = {row["last_name"] for row in csv.DictReader(stream)}
    return sorted(name for name in names if name.isascii() and name.isalpha() and len(name) > 3)


def places() -> tuple[str, ...]:
    """Towns that no list is full of."""
    return _PLACES


def companies(count: int, seed: int = 2026) -> list[str]:
    """That many names of fictional companies."""
    chance = random.Random(seed)
    family = families()
    made = []
    for _ in range(count):
        trade, form = chance.choice(_TRADES), chance.choice(_FORMS)
        name, place = chance.choice(family), chance.choice(_PLACES)
        pattern = chance.choice(
            (
                f"{name} {trade} {form}",
                f"{name} & {chance.choice(family)} {trade} {form}",
                f"{place} {trade} {form}",
                f"{chance.choice(_NATURES)} {place} {trade} {form}",
                f"{trade} Company of {place}",
                f"{name} {form}",
                f"{chance.choice(_NATURES)} {trade} and {chance.choice(_TRADES)} {form}",
                f"{name} {place} {trade} {chance.choice(_TRADES)} {form}",
            )
        )
        made.append(" ".join(pattern.split()))
    return made
