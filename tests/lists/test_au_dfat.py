"""Australia's list: a row a name, values in letters, dates and instruments in prose."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date

import openpyxl
import pytest

from limen.lists.audit import Audit
from limen.lists.readers.au.dfat import read
from limen.lists.readers.au.prose import instruments, listed_on
from limen.lists.source import Source
from limen.model import Entry, ListFormatError
from limen.model.countries import country_code
from limen.model.schemata import properties

HEADINGS = (
    "Reference", "Name of Individual or Entity", "Type", "Name Type", "Alias Strength",
    "Date of Birth", "Place of Birth", "Citizenship", "Address", "Additional Information",
    "Listing Information", "IMO Number", "Committees", "Control Date",
    "Instrument of Designation", "Targeted Financial Sanction", "Travel Ban", "Arms Embargo",
    "Maritime Restriction",
)  # fmt: skip


def workbook(rows: list[dict[str, object]], headings: tuple[str, ...] = HEADINGS) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.append(headings)
    for row in rows:
        sheet.append([row.get(name) for name in headings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_bytes(data: bytes) -> tuple[dict[str, Entry], Audit]:
    audit = Audit()
    entries = list(read({"xlsx": Source.of_bytes("xlsx", data, name="list.xlsx")}, audit))
    return {entry.record_id: entry for entry in entries}, audit


def row(reference: object, name: str, kind: str = "Primary Name", **rest: object):
    return {
        "Reference": reference,
        "Name of Individual or Entity": name,
        "Type": "Individual",
        "Name Type": kind,
        "Committees": "1988 (Taliban)",
        **rest,
    }


@pytest.fixture(scope="module")
def real(shared) -> tuple[dict[str, Entry], Audit]:
    path = shared("data/au/regulation8_consolidated_2024-12.xlsx")
    audit = Audit()
    entries = list(read({"xlsx": Source.of_path("xlsx", path)}, audit))
    assert len({entry.record_id for entry in entries}) == len(entries)
    return {entry.record_id: entry for entry in entries}, audit


def test_rows_of_one_number_are_one_target_wherever_they_stand() -> None:
    entries, audit = read_bytes(
        workbook(
            [
                row(2, "MOHAMMAD HASSAN"),
                row("3", "ABDUL KABIR"),
                row("2a", "محمد حسن", "Original script "),
                row("2b1", "Hassan", "Aka", **{"Alias Strength": "Weak"}),
                row("2c", "M. Hasan", "aka"),
                row("2d", "M. Alt", "Formerly known as"),
            ]
        )
    )
    assert list(entries) == ["2", "3"]
    assert entries["2"].properties == {
        "name": ("MOHAMMAD HASSAN",),
        "alias": ("محمد حسن", "M. Hasan"),
        "weakAlias": ("Hassan",),
        "previousName": ("M. Alt",),
    }
    assert entries["2"].programmes == ("1988 (Taliban)",)
    assert not audit.unread


def test_lettered_cells_and_nothing_are_read() -> None:
    entries, _ = read_bytes(
        workbook(
            [
                row(
                    1,
                    "A B",
                    **{
                        "Date of Birth": "a) 11 Apr. 1963 b) Approximately 1960",
                        "Citizenship": "a) German b) Moroccan",
                        "Place of Birth": "na",
                        "Address": "NA",
                    },
                ),
                row(2, "C D", Citizenship="Russian and Ukrainian", Address="X;\nY"),
                row(3, "E F", **{"Date of Birth": date(1954, 2, 3)}),
                row(4, "G H", **{"Citizenship": "Bosnia and Herzegovina", "Date of Birth": 1954}),
            ]
        )
    )
    assert entries["1"].properties["birthDate"] == ("1963-04-11", "1959", "1960", "1961")
    assert entries["1"].properties["citizenship"] == ("German", "Moroccan")
    assert "birthPlace" not in entries["1"].properties
    assert "address" not in entries["1"].properties
    assert entries["2"].properties["citizenship"] == ("Russian", "Ukrainian")
    assert entries["2"].properties["address"] == ("X", "Y")
    assert entries["3"].properties["birthDate"] == ("1954-02-03",)
    assert entries["4"].properties["birthDate"] == ("1954",)
    assert entries["4"].properties["citizenship"] == ("Bosnia and Herzegovina",)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Listed by UN 1267 Committee on 25 January 2001 (amended on 2 May 2005)", "2001-01-25"),
        ("Listed on: 17 Aug. 2017 (Relisted on 3 Aug. 2020)", "2017-08-17"),
        ("Listedon 8 Jun. 2007 (amended on 13 Dec. 2011)", "2007-06-08"),
        ("26 Feb. 2021", "2021-02-26"),
        ("2013-03-07", "2013-03-07"),
        ("5 Aug. 2020 (amended on 22 Feb.2021)", "2020-08-05"),
        ("Designated under the ... Regulations 2011 on 2 March 2012.", "2012-03-02"),
        ("Instrument of first listing: Charter ... List 2001. Last listed on: 16/09/2022", None),
        ("Relisted on 6 November 2022.", None),
        ("Autonomous Sanctions ... Instrument 2022", None),
    ],
)  # fmt: skip
def test_the_first_listing_is_found_in_the_prose(text: str, day: str | None) -> None:
    assert listed_on(text) == day


def test_instruments_are_found_in_the_prose() -> None:
    text = (
        "Designated under the Autonomous Sanctions Regulations 2011 on 2 March 2012. Instrument of"
        " first\ndesignation: Autonomous Sanctions (Designated Persons – Iran) List 2012 [F2012L1]."
        " Listed under Resolution 1483 (2003)"
    )
    assert instruments(text) == (
        "Autonomous Sanctions Regulations 2011",
        "Autonomous Sanctions (Designated Persons – Iran) List 2012",
        "Resolution 1483 (2003)",
    )


@pytest.mark.parametrize(
    ("rows", "where", "what"),
    [
        ([row(1, "A"), row("x", "B")], "row 3, column Reference", "not a reference"),
        ([row(1, "A", "nickname")], "row 2, column Name Type", "'nickname' is not one of"),
        ([row(1, "A", Type="Robot")], "row 2, column Type", "'Robot' is not one of"),
        ([row(1, "")], "row 2", "Name of Individual or Entity is empty"),
    ],
)
def test_a_broken_row_is_refused_with_sheet_row_and_column(rows, where, what) -> None:
    with pytest.raises(ListFormatError, match=what) as refused:
        read_bytes(workbook(rows))
    assert refused.value.where == f"list.xlsx sheet Sheet1 {where}"


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(ListFormatError, match="not an XLSX workbook"):
        read_bytes(b"<html>503</html>")
    with pytest.raises(ListFormatError, match="the header lacks Type"):
        read_bytes(workbook([row(1, "A")], ("Reference", "Name of Individual or Entity")))


def test_a_workbook_that_unpacks_beyond_measure_is_refused(monkeypatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * 2_000_000)
    monkeypatch.setattr("limen.lists.parsing.workbook.MAX_BYTES", 1_000_000)
    with pytest.raises(ListFormatError, match="unpacks to 2,000,000 bytes"):
        read_bytes(out.getvalue())


def test_a_new_column_is_reported() -> None:
    _, audit = read_bytes(workbook([row(1, "A", Website="x")], (*HEADINGS, "Website")))
    assert audit.unread == {"Website": 1}


@pytest.mark.shared
def test_the_real_file_leaves_nothing_unread(real) -> None:
    entries, audit = real
    assert len(entries) == 3062
    assert not audit.unread
    assert audit.oddities.total() < 10
    for entry in entries.values():
        assert entry.properties.keys() <= properties(entry.schema).keys()


@pytest.mark.shared
def test_nearly_every_citizenship_is_a_country(real) -> None:
    entries, _ = real
    printed = {name for e in entries.values() for name in e.properties.get("citizenship", ())}
    assert {name for name in printed if not country_code(name)} == {
        "Congolese", "Kuwaiti citizenship withdrawn in 2002", "Possibly Ethiopian",
        "USSR (until 1991)",
    }  # fmt: skip


@pytest.mark.shared
def test_the_real_file_gives_days_and_instruments(real) -> None:
    entries, _ = real
    assert sum(entry.listed_on is not None for entry in entries.values()) > 1250
    assert sum(bool(entry.listed_on or entry.acts) for entry in entries.values()) > 3040
    assert entries["2"].listed_on == "2001-01-25"
    assert entries["6678"].properties["name"] == ("Vladimir Vladimirovich PUTIN",)


@pytest.mark.shared
def test_vessels_and_measures_of_the_newest_list_read_back(shared) -> None:
    rows: list[dict[str, object]] = []
    kinds = {"person": "Individual", "organization": "Entity", "vessel": "Vessel"}
    with gzip.open(shared("data/au/dfat_2026-08-22.jsonl.gz"), "rt", encoding="utf-8") as lines:
        targets = [target for target in map(json.loads, lines) if "imo_number" in target]
    for target in targets:
        sanction = target["sanction"]
        for place, name in enumerate(target["names"]):
            rows.append(
                {
                    "Reference": target["reference"] + ("" if not place else f"b{place}"),
                    "Name of Individual or Entity": name["text"],
                    "Type": kinds[target["entity_type"]],
                    "Name Type": name["name_type"],
                    "Alias Strength": name.get("alias_strength"),
                    "IMO Number": target["imo_number"],
                    "Committees": sanction["committees"],
                    "Control Date": date.fromisoformat(sanction["control_date"]),
                    "Listing Information": sanction["listing_information"],
                    "Instrument of Designation": sanction["instrument"],
                    "Maritime Restriction": "Yes" if sanction["maritime_restriction"] else "No",
                }
            )
    entries, audit = read_bytes(workbook(rows))
    assert len(entries) == len(targets) > 250
    vessel = entries["8227"]
    assert vessel.schema == "Vessel"
    assert vessel.properties["imoNumber"] == ("9288693",)
    assert vessel.measures == ("Maritime Restriction",)
    assert not audit.unread


def test_a_target_without_a_type_is_set_aside_and_the_others_load() -> None:
    entries, audit = read_bytes(workbook([row(1, "A"), row(2, "B", Type=None), row(3, "C")]))
    assert list(entries) == ["1", "3"]
    assert audit.oddities == {"RECORD SET ASIDE, not loaded: record 2 has no Type": 1}
    assert list(audit.first_seen.values()) == ["list.xlsx sheet Sheet1 row 3, column Type"]
    audit.check_set_aside(len(entries))


def test_a_blank_type_is_taken_from_another_row_of_the_target() -> None:
    entries, audit = read_bytes(
        workbook([row(1, "A", Type=None), row("1a", "B", "aka", Type="Entity")])
    )
    assert entries["1"].schema == "Organization"
    assert not audit.set_aside


@pytest.mark.parametrize(
    ("blank", "whole", "allowed"),
    [
        (1, 3, True),
        (2, 3, False),
        (2, 200, True),
        (3, 200, False),
        (10, 1500, True),
        (11, 1500, False),
    ],
)
def test_only_few_records_may_be_set_aside(blank: int, whole: int, allowed: bool) -> None:
    rows = [row(number, f"A{number}") for number in range(whole)]
    rows += [row(whole + number, f"B{number}", Type=None) for number in range(blank)]
    entries, audit = read_bytes(workbook(rows))
    assert len(entries) == whole
    if allowed:
        audit.check_set_aside(whole)
    else:
        with pytest.raises(ListFormatError, match=f"{blank} records of .* cannot be read"):
            audit.check_set_aside(whole)
