"""Questions about listed parties, and innocents: what ``population`` asks besides real names.

UN queries and innocents are those of ``shared/bench``; a name with something around it is made
from listed names: prefixes, numbers, dates, references and addresses, as forms and payments write
them.
"""

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Iterator
from typing import NamedTuple

import limen
from benchmarks.machine import SHARED
from limen.snapshot.format import WEAK, as_written

SEED, EACH = 1515, 100
#: What is written around a name, by the schema that it is written for.
AROUND = {
    "Person": (
        "{} PASSPORT 530001", "{} DOB 07.10.1952", "REF 8812 {}", "1/{} 2/UL LENINA 5 3/RU/KAZAN",
        "{}, 12 Baker Street, London", "(2) {}", "/RU440912 {}", "{} ID NO 4410982233",
    ),
    "Organization": (
        "{} 26/1 SADOVAYA STR MOSCOW", "/INS/{} REF 4412", "{} INN 7707083893", "1/{} 2/PO BOX 9",
        "{} A/C 40702810900000005555", "{} REG NO 1027700132195", "INV 99123 {}",
    ),
    "Vessel": ("M/V {}", "M.V. {}", "MV {}", "VSL {}", "TUG {}", "{} (IMO 9187629)", "MT {}"),
}  # fmt: skip


class Listed(NamedTuple):
    """A question with the ids of its records; without any it is an innocent's."""

    kind: str
    schema: str
    properties: dict[str, list[str]]
    right: frozenset[str] = frozenset()


def un_queries(owners: dict[str, set[str]]) -> Iterator[Listed]:
    """Yield the UN queries, with the records that print the name they stand for."""
    with (SHARED / "bench/un_queries_dev.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            right = frozenset(owners.get(as_written(row["listed_name"]), ()))
            if right:
                yield Listed("un: query", "Person", {"name": [row["query"]]}, right)


def innocents(every: int) -> Iterator[Listed]:
    """Yield synthetic people who are on no list: by name, and with what else is known."""
    for part in ("us", "global"):
        path = SHARED / f"bench/innocents_{part}_dev.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))[:: 5 * every]
        for row in rows:
            name = {"name": [row["full_name"]]}
            known = {"birthDate": [row["date_of_birth"]], "nationality": [row["nationality"]]}
            yield Listed("innocent by name", "Person", name)
            yield Listed("innocent with birth date", "Person", name | known)


def surrounded(engine: limen.Engine) -> Iterator[Listed]:
    """Yield listed names with something around them."""
    dice, snapshot = random.Random(SEED), engine.snapshot
    kinds = snapshot.names["kind"]
    listed = engine.scope("2026-07-17", None, (), None, ()).parties  # on that day
    every = [
        (party, row)
        for party in range(len(snapshot.record_ids))
        if listed[party]
        for row in snapshot.name_rows(party, engine.applied("2026-07-17"))
        if int(kinds[row]) != WEAK and snapshot.name_texts[row].isascii()
    ]
    schemas = {"LegalEntity": "Organization", "Company": "Organization"}
    by_schema: dict[str, list[tuple[int, int]]] = {}
    for party, row in every:
        schema = engine.listed.schema(party)
        by_schema.setdefault(schemas.get(schema, schema), []).append((party, row))
    owners = owners_of(engine)
    for schema, forms in AROUND.items():
        for form in forms:
            for _, row in dice.sample(by_schema[schema], EACH):
                name = snapshot.name_texts[row]
                right = frozenset(owners[as_written(name)])
                text = {"name": [form.format(name)]}
                yield Listed(f"surrounded: {schema.lower()}", schema, text, right)


def owners_of(engine: limen.Engine) -> dict[str, set[str]]:
    """Return the records that print each name."""
    snapshot, found = engine.snapshot, {}
    known = engine.applied("2026-07-17")
    for party in range(len(snapshot.record_ids)):
        for row in snapshot.name_rows(party, known):
            key = as_written(snapshot.name_texts[row])
            found.setdefault(key, set()).add(engine.party_id(party))
    return found
