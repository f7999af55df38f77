"""The newest vintage of five real lists, as (list, schema, names), read for benchmarks alone."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.machine import SHARED

DATA = SHARED / "data"


class Listed(NamedTuple):
    """One party of one list."""

    source: str
    schema: str
    names: list[str]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def ofac() -> Iterator[Listed]:
    schemas = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}
    with gzip.open(DATA / "ofac/derived/sdn_names_2026-07-11.json.gz", "rt") as file:
        for entry in json.load(file)["entries"]:
            schema = schemas.get(entry["type"], "Organization")
            yield Listed("ofac", schema, [entry["name"], *entry["aliases"]])


def eu() -> Iterator[Listed]:
    for entry in _lines(DATA / "eu/fsf/fsf_full_2026-02-26.jsonl.gz"):
        person = (entry.get("subject_type") or {}).get("code") == "person"
        names = [alias.get("whole_name") for alias in entry.get("name_aliases", [])]
        yield Listed("eu", "Person" if person else "Organization", [n for n in names if n])


def un() -> Iterator[Listed]:
    parts = ("first_name", "second_name", "third_name", "fourth_name")
    for entry in _lines(DATA / "un/un_2026-08-22.jsonl.gz"):
        names = [" ".join(entry[part] for part in parts if entry.get(part))]
        names.append(entry.get("name_original_script") or "")
        for key in ("individual_aliases", "entity_aliases", "aliases"):
            names += [alias.get("alias_name") or "" for alias in entry.get(key) or []]
        person = entry.get("reference_number", "   ")[2] == "i"
        yield Listed("un", "Person" if person else "Organization", [n for n in names if n])


def uk() -> Iterator[Listed]:
    schemas = {"Individual": "Person", "Ship": "Vessel"}
    parts = [f"name{number}" for number in range(1, 7)]
    for entry in _lines(DATA / "uk/uksl_2026-08-22.jsonl.gz"):
        names = [
            " ".join(name[part] for part in parts if name.get(part))
            for name in (entry.get("names") or {}).get("names", [])
        ]
        other = (entry.get("non_latin_names") or {}).get("names", [])
        names += [name.get("name_non_latin_script") or "" for name in other]
        schema = schemas.get(entry.get("individual_entity_ship", ""), "Organization")
        yield Listed("uk", schema, [n for n in names if n])


def au() -> Iterator[Listed]:
    schemas = {"person": "Person", "vessel": "Vessel"}
    for entry in _lines(DATA / "au/dfat_2026-08-22.jsonl.gz"):
        names = [name["text"] for name in entry["names"] if name.get("text")]
        yield Listed("au", schemas.get(entry.get("entity_type", ""), "Organization"), names)


def merged() -> list[Listed]:
    """Every party of the five lists that has a name, in order."""
    return [party for read in (ofac, eu, un, uk, au) for party in read() if party.names]
