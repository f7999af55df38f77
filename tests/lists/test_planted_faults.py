"""Faults planted in small parts of real files are refused or reported, and none is silent.

The whole run over every list: ``python -m benchmarks.lists.faults``.
"""

from datetime import date

import pytest
from benchmarks.lists.faults import NOTHING, SILENT, Part, info_of
from benchmarks.lists.newest import Files
from benchmarks.lists.official import own

from limen.lists.audit import Audit
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.lists.verify import read_version

pytestmark = pytest.mark.shared
UN = "data/un/un_consolidated_2026-02-27.xml.gz"
FTM = "data/ftm/yente_parteispenden_entities.ftm.json.gz"
RECORDS = 40
#: What a list of donors has nothing of: dates, numbers, and programmes.
ABSENT = ("label renamed", "field emptied", "dates otherwise", "programme constant", "numbers cut")


def unpacked(path):
    return Source.of_path("file", path).read()


def as_table(path):
    entries = read_version("un_xml", {"xml": Source.of_path("xml", path)}, Audit())
    return own.as_csv(entries)


#: List, format, role, file and how it is had, and the faults that lose nothing.
LISTS = [
    ("un_sc", "un_xml", "xml", UN, unpacked, ()),
    ("own_un", "limen_csv", "csv", UN, as_table, ()),
    ("own_parties", "ftm_jsonl", "jsonl", FTM, unpacked, ABSENT),
]


@pytest.fixture(scope="module", params=LISTS, ids=[row[1] for row in LISTS])
def planted(request, shared):
    list_id, layout, role, name, content, absent = request.param
    files = Files(list_id, layout, date(2026, 2, 27), {role: content(shared(name))})
    return Part(files, info_of(load_registry(), list_id), RECORDS), absent


def test_each_of_ten_faults_is_refused_or_reported(planted):
    part, absent = planted
    verdicts = part.plant_faults()
    assert len(verdicts) == 10
    assert {name for name, verdict in verdicts.items() if verdict == NOTHING} == set(absent)
    assert SILENT not in verdicts.values()


def test_no_field_is_emptied_and_no_label_renamed_in_silence(planted):
    verdicts = planted[0].plant_in_fields()
    assert {what for what, verdict in verdicts.items() if verdict == SILENT} == set()
    assert any(verdict != NOTHING for verdict in verdicts.values())
