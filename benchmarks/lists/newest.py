"""The newest real file of every list in every format, in its publisher's own form.

Files that were repackaged are written back first: ``official``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.lists.official import ch, eu, own, uk
from benchmarks.machine import SHARED
from limen.lists.audit import Audit
from limen.lists.manifest import read_manifest
from limen.lists.source import Source
from limen.lists.verify import read_version
from limen.model import Entry

DATA = SHARED / "data"
#: OFAC's other formats, in files that no ``lists.yml`` names.
_XML = (
    ("us_ofac_cons", "ofac_enhanced_xml", date(2025, 1, 10), "cons_enhanced_2025-01-10"),
    ("us_ofac_sdn", "ofac_enhanced_xml", date(2024, 8, 28), "enhanced_irgc_2024-08-28"),
    ("us_ofac_sdn", "ofac_advanced_xml", date(2024, 2, 23), "sdn_advanced_sample_2024-02-23"),
)
_PIP = ("sdn", "alt", "add")
#: Lists of the formats for users' own lists, in which no authority publishes.
OWN = ("own_ua_war", "own_parties", "own_zala", "own_uk", "own_un")


@dataclass(frozen=True, slots=True)
class Files:
    """One version of a list: its format, its day, and the content of its files by role."""

    list_id: str
    format: str
    published: date
    content: dict[str, bytes]

    @property
    def sources(self) -> dict[str, Source]:
        """The files as sources to read."""
        return {
            role: Source.of_bytes(role, content, name=f"{self.list_id}.{role}")
            for role, content in self.content.items()
        }


def newest() -> dict[tuple[str, str], Files]:
    """The newest version of each list that has all its files, by list and format."""
    return {(each.list_id, each.format): each for each in _every()}


def _every() -> Iterator[Files]:
    for version in read_manifest(DATA / "lists.yml"):
        if not version.partial:
            content = {role: source.read() for role, source in version.sources(DATA).items()}
            yield Files(version.list_id, version.format, version.published, content)
    for list_id, layout, day, name in _XML:
        yield Files(list_id, layout, day, {"xml": _unpacked(f"ofac/formats/{name}.xml.gz")})
    pips = {role: _unpacked(f"ofac/formats/pip_2020-03/{role}.pip.gz") for role in _PIP}
    yield Files("us_ofac_sdn", "ofac_legacy_pip", date(2020, 3, 7), pips)
    yield from _repackaged()
    yield from _own()


def _repackaged() -> Iterator[Files]:
    european = eu.Official(eu.entities(DATA / "eu/fsf/fsf_full_2026-02-26.jsonl.gz"))
    yield Files("eu_fsf", "eu_fsf_xml", date(2026, 2, 26), {"xml": european.xml()})
    yield Files("eu_fsf", "eu_fsf_csv", date(2026, 2, 26), {"csv": european.csv()})
    british = uk.published(DATA / "uk", "2026-08-22")
    yield Files("uk_fcdo", "uk_fcdo_csv", date(2026, 8, 22), {"csv": british.csv()})
    yield Files("uk_fcdo", "uk_fcdo_xml", date(2026, 8, 22), {"xml": british.xml()})
    swiss = ch.targets(DATA / "ch/seco_2026-03-15.jsonl.gz")
    written = ch.write_xml("".join(map(ch.as_xml, swiss)))
    yield Files("ch_seco", "ch_seco_xml", date(2026, 3, 15), {"xml": written})


def _own() -> Iterator[Files]:
    day = date(2026, 3, 13)
    table = _unpacked("ftm/targets_simple_ua_war_sanctions_2026-03-13.csv.gz")
    yield Files("own_ua_war", "ftm_simple_csv", day, {"csv": table})
    for list_id, name in (("own_parties", "parteispenden"), ("own_zala", "zala")):
        lines = _unpacked(f"ftm/yente_{name}_entities.ftm.json.gz")
        yield Files(list_id, "ftm_jsonl", day, {"jsonl": lines})
    british = uk.published(DATA / "uk", "2026-08-22").csv()
    yield Files("own_uk", "ftm_jsonl", day, {"jsonl": own.as_ftm(_read("uk_fcdo_csv", british))})
    nations = _unpacked("un/un_consolidated_2026-02-27.xml.gz")
    yield Files("own_un", "limen_csv", day, {"csv": own.as_csv(_read("un_xml", nations))})


def _read(layout: str, content: bytes) -> Iterator[Entry]:
    role = layout.rpartition("_")[2]
    yield from read_version(layout, {role: Source.of_bytes(role, content, name=role)}, Audit())


def _unpacked(name: str | Path) -> bytes:
    return Source.of_path("file", DATA / name).read()
