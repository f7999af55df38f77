"""A new kind of record beside those of a real file is refused, by the reader of each format."""

import re

import pytest
from benchmarks.lists.official import eu, uk

from limen.lists.audit import Audit
from limen.lists.source import Source
from limen.lists.verify import read_version
from limen.model import ListFormatError

pytestmark = pytest.mark.shared
#: Records of a large file that are read around the new one.
FEW = 40


def unpacked(name):
    return lambda shared: Source.of_path("file", shared(f"data/{name}")).read()


def european(shared):
    return eu.write_xml(eu.entities(shared("data/eu/fsf/fsf_full_2026-02-26.jsonl.gz"))[:FEW])


def british(shared):
    shared("data/uk/uksl_2026-08-22.jsonl.gz")
    return uk.published(shared("data/uk"), "2026-08-22").xml(step=200)


#: Format, the records' element (or elements), and the file.
FILES = [
    ("un_xml", "INDIVIDUAL|ENTITY", unpacked("un/un_consolidated_2026-02-27.xml.gz")),
    ("ofac_xml", "sdnEntry", unpacked("ofac/nonsdn/consolidated_2025-03-28.xml.gz")),
    ("ofac_enhanced_xml", "entity", unpacked("ofac/formats/cons_enhanced_2025-01-10.xml.gz")),
    (
        "ofac_advanced_xml",
        "DistinctParty",
        unpacked("ofac/formats/sdn_advanced_sample_2024-02-23.xml.gz"),
    ),
    ("ca_sema_xml", "record", unpacked("ca/sema_2025-03.xml.gz")),
    ("ch_seco_xml", "target", unpacked("ch/seco_official_example_2024-01-17.xml")),
    ("eu_fsf_xml", "sanctionEntity", european),
    ("uk_fcdo_xml", "Designation", british),
]


def read(format_name, text):
    audit = Audit()
    source = Source.of_bytes("xml", text.encode(), name="list.xml")
    return list(read_version(format_name, {"xml": source}, audit)), audit


@pytest.mark.parametrize("where", ["before", "behind"])
@pytest.mark.parametrize(("format_name", "record", "file"), FILES, ids=[it[0] for it in FILES])
def test_a_new_kind_of_record_is_refused(shared, format_name, record, file, where):
    text = file(shared).decode("utf-8")
    records = list(re.finditer(rf"<({record})(?:\s[^>]*)?>.*?</\1>", text, re.DOTALL))
    place = records[0].start() if where == "before" else records[-1].end()
    new = "<NewVessel><name>B</name></NewVessel>"
    with pytest.raises(ListFormatError, match="NewVessel is not an element"):
        read(format_name, text[:place] + new + text[place:])


@pytest.mark.parametrize(("format_name", "record", "file"), FILES, ids=[it[0] for it in FILES])
def test_a_new_element_inside_a_record_is_reported(shared, format_name, record, file):
    text = file(shared).decode("utf-8")
    found = re.search(rf"</({record})>", text)
    text = f"{text[: found.start()]}<NewNumber>7</NewNumber>{text[found.start() :]}"
    _, audit = read(format_name, text)
    assert any("NewNumber" in name for name in audit.unread)
