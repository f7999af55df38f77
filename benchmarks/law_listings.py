"""Share of listings with a measure in the newest editions: ``python -m benchmarks.law_listings``.

The newest editions that the shared data holds are repackaged dumps that no reader takes, so what
they print is taken from them here; the editions that readers take are counted by
``limen regimes coverage``. Each line: list, edition, listings, share, contradicted, effects.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

from benchmarks.machine import SHARED
from limen.law import Clocks
from limen.law.files.read_law import read_law
from limen.law.listing_measures import Printed
from limen.law.listing_share import share_of
from limen.model import Instant

DATA = SHARED / "data"
_FLAGS = {
    "targeted_financial_sanction": "Targeted Financial Sanction",
    "travel_ban": "Travel Ban",
    "arms_embargo": "Arms Embargo",
    "maritime_restriction": "Maritime Restriction",
}


def lines(path: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a gzipped file of JSON lines."""
    with gzip.open(DATA / path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def uk() -> Iterator[Printed]:
    """Yield what the UK Sanctions List of 22 August 2026 prints."""
    for record in lines("uk/uksl_2026-08-22.jsonl.gz"):
        words = tuple(word.strip() for word in record["sanctions_imposed"].split("|"))
        person = record["individual_entity_ship"] == "Individual"
        regime = " ".join(record["regime_name"].split())
        yield Printed("uk_fcdo", (regime,), (), measures=words, person=person)


def fsf() -> Iterator[Printed]:
    """Yield what the EU's financial sanctions file of 26 February 2026 prints."""
    for record in lines("eu/fsf/fsf_full_2026-02-26.jsonl.gz"):
        tags = tuple(dict.fromkeys(each["programme"] for each in record["regulations"]))
        acts = tuple(each["number_title"] for each in record["regulations"])
        person = record["subject_type"]["classification_code"] == "P"
        yield Printed("eu_fsf", tags, acts, person=person)


def australia() -> Iterator[Printed]:
    """Yield what Australia's list of 22 August 2026 prints."""
    for record in lines("au/dfat_2026-08-22.jsonl.gz"):
        sanction = record["sanction"]
        words = tuple(name for key, name in _FLAGS.items() if sanction.get(key))
        person = record["entity_type"] == "person"
        yield Printed("au_dfat", (sanction["committees"],), (), measures=words, person=person)


def canada() -> Iterator[Printed]:
    """Yield what Canada's list of 22 August 2026 prints; the record is regulation and schedule."""
    for record in lines("ca/sema_2026-08-22.jsonl.gz"):
        tag = " ".join(record["country"].split())
        schedule = record.get("schedule", "").replace(" ", "").replace(",Part", "-part-")
        begins = f"ru:{schedule}" if tag.startswith("Russia") else ""
        yield Printed("ca_sema", (tag,), (), record=begins, person="last_name" in record)


def switzerland() -> Iterator[Printed]:
    """Yield the sanctions sets of SECO's targets of 15 March 2026, the de-listed among them."""
    for record in lines("ch/seco_2026-03-15.jsonl.gz"):
        mark = f"sanctions-set-id: {record['sanctions_set_id']}"
        yield Printed("ch_seco", (), (), marks=(mark,), person="individual" in record)


def nations() -> Iterator[Printed]:
    """Yield what the UN list of 22 August 2026 prints."""
    for record in lines("un/un_2026-08-22.jsonl.gz"):
        person = record["reference_number"][2:3] == "i"
        yield Printed("un_sc", (record["un_list_type"].strip(),), (), person=person)


def sdn() -> Iterator[Printed]:
    """Yield the tags of the SDN list of 11 July 2026."""
    path = DATA / "ofac/derived/sdn_names_2026-07-11.json.gz"
    for record in json.loads(gzip.decompress(path.read_bytes()))["entries"]:
        tags = tuple(tag.strip("[] ") for tag in record["program"].split("] ["))
        yield Printed("us_ofac_sdn", tags, (), person=record["type"] == "individual")


EDITIONS = {
    "us_ofac_sdn": ("2026-07-11", sdn),
    "eu_fsf": ("2026-02-26", fsf),
    "un_sc": ("2026-08-22", nations),
    "uk_fcdo": ("2026-08-22", uk),
    "ca_sema": ("2026-08-22", canada),
    "au_dfat": ("2026-08-22", australia),
    "ch_seco": ("2026-03-15", switzerland),
}


def main() -> None:
    """Print a line for each list."""
    law = read_law()
    for list_id, (day, read) in EDITIONS.items():
        found = share_of(law, list_id, day, Clocks.at(Instant.parse(day)), read())
        effects = ", ".join(f"{word} {number:,}" for word, number in found.effects.items())
        print(
            f"| {list_id} | {day} | {found.listings:,} | {found.share:.2f} % | "
            f"{found.contradicted} | {effects} |"
        )
        for what, number in found.without.items():
            print(f"  no measure: {number:,} of {what}")


if __name__ == "__main__":
    main()
