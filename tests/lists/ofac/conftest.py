"""OFAC's real files, each read once for all tests of a module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from limen.lists.audit import Audit
from limen.lists.formats import format_named
from limen.lists.source import Source
from limen.model import Entry
from limen.model.schemata import properties


@dataclass(frozen=True)
class Reading:
    """One version as read: its entries by part and record id, and what was left unread."""

    entries: dict[tuple[str, str], Entry]
    audit: Audit
    day: str | None = None

    def __getitem__(self, record_id: str) -> Entry:
        return next(
            self.entries[part, record_id]
            for part in ("sdn", "record")
            if (part, record_id) in self.entries
        )

    def part(self, name: str) -> dict[str, Entry]:
        return {record_id: each for (part, record_id), each in self.entries.items() if part == name}

    @property
    def disallowed(self) -> set[tuple[str, str]]:
        """Properties that the schema of their entry does not have."""
        return {
            (entry.schema or "Thing", name)
            for entry in self.entries.values()
            for name in entry.properties
            if name not in properties(entry.schema or "Thing")
        }


def read_files(name: str, files: dict[str, Path]) -> Reading:
    audit = Audit()
    sources = {role: Source.of_path(role, path) for role, path in files.items()}
    layout = format_named(name)
    found = {(each.part, each.record_id): each for each in layout.read(sources, audit)}
    return Reading(found, audit, layout.published_on(sources))


@pytest.fixture(scope="session")
def read_text() -> Callable[..., list[Entry]]:
    """``read_text("ofac_xml", xml="<sdnList>...")`` reads a version written out in a test."""

    def read(name: str, *, audit: Audit | None = None, **files: str) -> list[Entry]:
        sources = {
            role: Source.of_bytes(role, text.encode(), name=f"{role}.txt")
            for role, text in files.items()
        }
        return list(format_named(name).read(sources, audit or Audit()))

    return read


@pytest.fixture(scope="session")
def ofac(shared: Callable[[str], Path]) -> Callable[..., Reading]:
    """``ofac("ofac_xml", xml="nonsdn/...")`` reads files below ``data/ofac``, once."""
    known: dict[tuple[object, ...], Reading] = {}

    def read(name: str, **files: str) -> Reading:
        key = (name, *sorted(files.items()))
        if key not in known:
            paths = {role: shared(f"data/ofac/{path}") for role, path in files.items()}
            known[key] = read_files(name, paths)
        return known[key]

    return read


@pytest.fixture(scope="session")
def sdn(ofac: Callable[..., Reading]) -> Reading:
    """The last complete set we hold, of 28 December 2023."""
    folder = "full_sets/2023-12-28"
    return ofac(
        "ofac_legacy_csv",
        sdn=f"{folder}/sdn.csv.gz",
        alt=f"{folder}/alt.csv.gz",
        add=f"{folder}/add.csv.gz",
        comments=f"{folder}/sdn_comments.csv.gz",
    )


@pytest.fixture(scope="session")
def cons(ofac: Callable[..., Reading]) -> Reading:
    """The consolidated list as CSV, of 19 December 2025."""
    folder = "nonsdn/csv_2025-12-19"
    return ofac(
        "ofac_legacy_csv",
        sdn=f"{folder}/cons_prim.csv",
        alt=f"{folder}/cons_alt.csv",
        add=f"{folder}/cons_add.csv",
        comments=f"{folder}/cons_comments.csv",
    )


@pytest.fixture(scope="session")
def cons_xml(ofac: Callable[..., Reading]) -> Reading:
    """The consolidated list as standard XML, of 28 March 2025."""
    return ofac("ofac_xml", xml="nonsdn/consolidated_2025-03-28.xml.gz")


@pytest.fixture(scope="session")
def cons_enhanced(ofac: Callable[..., Reading]) -> Reading:
    """The consolidated list as Enhanced XML, of 10 January 2025."""
    return ofac("ofac_enhanced_xml", xml="formats/cons_enhanced_2025-01-10.xml.gz")


@pytest.fixture(scope="session")
def irgc(ofac: Callable[..., Reading]) -> Reading:
    """The SDN records of one programme as Enhanced XML, of 28 August 2024."""
    return ofac("ofac_enhanced_xml", xml="formats/enhanced_irgc_2024-08-28.xml.gz")


@pytest.fixture(scope="session")
def advanced(ofac: Callable[..., Reading]) -> Reading:
    """37 parties of the Advanced XML, of 23 February 2024, cut out of the real file."""
    return ofac("ofac_advanced_xml", xml="formats/sdn_advanced_sample_2024-02-23.xml.gz")
