"""The Consolidated Screening List: thirteen lists in one table, two layouts."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest

from limen.lists.audit import Audit
from limen.lists.readers.csl.csl import read
from limen.lists.source import Source
from limen.model import Entry, ListFormatError
from limen.model.schemata import properties

HEADINGS = [
    *("_id", "source", "entity_number", "type", "programs", "name", "title", "addresses"),
    *("federal_register_notice", "start_date", "end_date", "standard_order"),
    *("license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage"),
    *("gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks", "source_list_url"),
    *("alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth"),
    *("source_information_url", "ids"),
]
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"
DENIED = "Denied Persons List (DPL) - Bureau of Industry and Security"


def read_rows(
    *rows: dict[str, str], headings: list[str] = HEADINGS
) -> tuple[dict[str, Entry], Audit]:
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, restval="")
    writer.writeheader()
    writer.writerows(rows)
    audit = Audit()
    source = Source.of_bytes("csv", out.getvalue().encode(), name="csl.csv")
    return {entry.record_id: entry for entry in read({"csv": source}, audit)}, audit


@pytest.fixture(scope="module")
def real(shared) -> tuple[list[Entry], Audit]:
    audit = Audit()
    path = shared("data/us_csl/consolidated_2022-05-06.csv.gz")
    return list(read({"csv": Source.of_path("csv", path)}, audit)), audit


def test_a_treasury_row_is_an_ofac_record() -> None:
    entries, audit = read_rows(
        {
            "_id": "35096",
            "entity_number": "35096",
            "source": SDN,
            "type": "Individual",
            "programs": "RUSSIA-EO14024; CYBER2",
            "name": "PUTIN, Vladimir Vladimirovich",
            "title": "President of the Russian Federation",
            "addresses": "Kremlin, Moscow, RU; RU",
            "remarks": "(Linked To: A BANK)",
            "alt_names": "PUTIN, Vladimir; PUTIN, V",
            "dates_of_birth": "1952-10-07; circa 1953",
            "nationalities": "RU",
            "ids": "RU, 2030-01-01, 2020-01-01, 4509123456, Passport; Male, Gender; "
            "RU, 7736640919, Tax ID No.; 1BoatSLR, Digital Currency Address - XBT",
        }
    )
    entry = entries["SDN:35096"]
    assert entry.schema == "Person"
    assert set(entry.programmes) == {"RUSSIA-EO14024", "CYBER2"}
    assert entry.measures == (SDN,)
    assert entry.properties["alias"] == ("PUTIN, Vladimir", "PUTIN, V")
    assert entry.properties["birthDate"] == ("1952-10-07", "1952", "1953", "1954")
    assert entry.properties["country"] == ("RU",)
    assert entry.properties["address"] == ("Kremlin, Moscow, RU",)
    assert entry.properties["passportNumber"] == ("4509123456",)
    assert entry.properties["innCode"] == ("7736640919",)
    assert entry.properties["gender"] == ("male",)
    assert entry.properties["cryptoAddress"] == ("1BoatSLR",)
    assert entry.extra["linkedTo"] == ("A BANK",)
    assert "RU, 2030-01-01, 2020-01-01, 4509123456" in entry.extra["Passport"]
    assert not audit.unread
    assert not audit.oddities


def test_an_entity_list_row_keeps_its_licence_terms_and_notices() -> None:
    entries, _ = read_rows(
        {
            "_id": "abc",
            "source": ENTITY_LIST,
            "name": "140 Repair Plant JSC",
            "addresses": "19 Luysi Chalovskoy St., Borisov, 222512, BY",
            "federal_register_notice": "66 FR 24266, 77 FR 58006 (no. 182); 81 F.R. 64694 9/20/16",
            "start_date": "2022-04-07",
            "license_policy": "Policy of denial.",
            "alt_names": "JSC 140; F.K.A. Plant 140; and; and The 140th",
        }
    )
    entry = entries["EL:abc"]
    assert entry.schema == "LegalEntity", "Commerce does not say who is a person"
    assert entry.programmes == ("EL",)
    assert entry.acts == ("66 FR 24266", "77 FR 58006", "81 FR 64694")
    assert entry.listed_on == "2022-04-07"
    assert entry.delisted_on is None
    assert entry.extra["license_policy"] == ("Policy of denial.",)
    assert entry.properties["alias"] == ("JSC 140", "The 140th")
    assert entry.properties["previousName"] == ("Plant 140",)


@pytest.mark.parametrize(
    ("remarks", "delisted"),
    [("F.R. NOTICE ADDED", "2028-12-13"), ("TDO RENEWAL, F.R. NOTICE ADDED", None)],
)
def test_a_denial_ends_unless_it_is_temporary_and_renewed(remarks, delisted) -> None:
    entries, _ = read_rows(
        {"_id": "d", "source": DENIED, "name": "A", "end_date": "2028-12-13", "remarks": remarks}
    )
    assert entries["DPL:d"].delisted_on == delisted
    assert entries["DPL:d"].extra["end_date"] == ("2028-12-13",)
    assert entries["DPL:d"].properties["notes"] == (remarks,)


def test_a_name_with_another_in_brackets_is_found_by_both() -> None:
    entries, _ = read_rows({"_id": "x", "source": ENTITY_LIST, "name": "A Ltd. (a.k.a. B Ltd.)"})
    assert entries["EL:x"].properties == {
        "name": ("A Ltd. (a.k.a. B Ltd.)",),
        "alias": ("A Ltd.", "B Ltd."),
    }


def test_the_older_layout_without_ids_gives_stable_keys() -> None:
    headings = HEADINGS[1:]
    rows = [
        {"source": SDN, "entity_number": "20264", "type": "Entity", "name": "200G"},
        {"source": DENIED, "name": "A", "start_date": "2003-06-19", "remarks": "x"},
        {"source": DENIED, "name": "A", "start_date": "2004-06-19"},
    ]
    once, _ = read_rows(*rows, headings=headings)
    again, _ = read_rows(*reversed(rows), headings=headings)
    assert "SDN:20264" in once
    assert len(once) == 3
    assert once.keys() == again.keys()


@pytest.mark.parametrize(
    ("row", "where", "what"),
    [
        ({"source": SDN}, "", "name is empty"),
        ({"name": "A"}, "", "source is empty"),
        ({"source": SDN, "name": "A", "type": "Robot"}, ", column type", "'Robot'"),
        (
            {"source": DENIED, "name": "A", "start_date": "soon"},
            ", column start_date",
            "not a date",
        ),
    ],
)
def test_a_broken_row_is_refused_with_its_place(row, where: str, what: str) -> None:
    with pytest.raises(ListFormatError, match=what) as refused:
        read_rows(row)
    assert refused.value.where == f"csl.csv line 2{where}"


def test_a_new_column_is_reported() -> None:
    row = {"_id": "1", "source": ENTITY_LIST, "name": "A", "lei": "x"}
    _, audit = read_rows(row, headings=[*HEADINGS, "lei"])
    assert audit.unread == {"lei": 1}


@pytest.mark.shared
def test_the_real_file_leaves_nothing_unread(real) -> None:
    entries, audit = real
    assert len(entries) == len({entry.record_id for entry in entries}) == 14160
    assert not audit.unread
    assert audit.oddities.total() <= 2
    for entry in entries:
        assert entry.properties.keys() <= properties(entry.schema).keys()


@pytest.mark.shared
def test_every_source_list_is_there(real) -> None:
    entries, _ = real
    codes = Counter(entry.record_id.partition(":")[0] for entry in entries)
    assert codes == {
        "SDN": 10026, "EL": 2001, "DTC": 727, "DPL": 462, "SSI": 290, "UVL": 201, "ISN": 163,
        "PLC": 78, "MEU": 71, "CMIC": 68, "CAP": 53, "NS-MBS": 17, "FSE": 3,
    }  # fmt: skip
    assert all(e.listed_on for e in entries if e.record_id.startswith(("MEU", "ISN", "DPL")))


@pytest.mark.shared
def test_the_real_older_layout_is_read(shared) -> None:
    audit = Audit()
    path = shared("data/us_csl/csl_sample_watchman.csv")
    entries = list(read({"csv": Source.of_path("csv", path)}, audit))
    assert len(entries) == len({entry.record_id for entry in entries}) == 115
    assert not audit.unread


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'"Name"\t"Street_Address"\r\n"A"\t"B"\r\n', "separated by tabs, not by ','"),
        (b"PK\x03\x04\x14\x00rest", "not a table of text, but an archive"),
    ],
)
def test_another_kind_of_file_is_refused_for_what_it_is(data: bytes, what: str) -> None:
    with pytest.raises(ListFormatError, match=what):
        list(read({"csv": Source.of_bytes("csv", data, name="list.csv")}, Audit()))
