"""Annexes of the Official Journal: each row a party under one measure, and its key."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.lists.audit import Audit
from limen.lists.readers.eu import journal
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.model import ListFormatError
from limen.model.schemata import properties


def read(sources):
    audit = Audit()
    return list(journal.read(sources, audit)), audit


def folder(path):
    return {
        each.name.split(".")[0]: Source.of_path(each.name, each) for each in Path(path).iterdir()
    }


@pytest.fixture(scope="module")
def consolidated(shared):
    return read(folder(shared("data/eu/journal/consolidated")))


@pytest.fixture(scope="module")
def by_id(consolidated):
    return {entry.record_id: entry for entry in consolidated[0]}


@pytest.fixture(scope="module")
def everything(shared):
    return read(
        folder(shared("data/eu/journal/consolidated"))
        | folder(shared("data/eu/journal/amendments"))
    )


def test_all_acts_are_read_and_nothing_left_unread(consolidated):
    entries, audit = consolidated
    # 8,017 rows; Annex I to 881/2002 prints two people twice, in the same words
    assert len(entries) == 8015
    assert not audit.unread
    assert audit.oddities == {"birthDate not a date": 8}


def test_no_two_records_share_a_key(everything):
    ids = Counter(entry.record_id for entry in everything[0])
    assert ids.most_common(1)[0][1] == 1


def test_counts_of_the_two_largest_acts(consolidated):
    acts = Counter(act for entry in consolidated[0] for act in entry.acts)
    assert acts["32014R0269"] == 2802
    assert acts["32014R0833"] == 1746
    vessels = [
        entry
        for entry in consolidated[0]
        if entry.record_id.startswith("32014R0833:XLII:") and entry.schema == "Vessel"
    ]
    assert len(vessels) == 633


def test_every_property_may_stand_on_its_schema(everything):
    for entry in everything[0]:
        assert entry.properties.keys() <= properties(entry.schema).keys()


def test_a_person_whose_assets_are_frozen(by_id):
    entry = by_id["32014R0269:I.PERSONS:EU-UKR:Asset-freeze:Person:1"]
    assert entry.properties["name"] == ("Sergey Valeryevich AKSYONOV",)
    assert entry.measures == ("Asset freeze",)
    assert entry.acts == ("32014R0269",)
    assert entry.listed_on == "2014-03-17"


def test_the_same_bank_under_two_measures_of_one_act_is_two_records(by_id):
    loans = by_id["32014R0833:III:EU-RUS:Financial-restrictions:LegalEntity:1"]
    assert loans.properties["name"] == ("SBERBANK",)
    (messages,) = (
        entry
        for entry in by_id.values()
        if entry.record_id.startswith("32014R0833:XIV:") and "Sberbank" in entry.properties["name"]
    )
    assert messages.listed_on == "2022-06-14"


def test_a_vessel_with_its_imo_number(by_id):
    entry = by_id["32014R0833:XLII:EU-RUS:Transportation-restrictions:Vessel:19"]
    assert entry.properties["name"] == ("Kelly Grace",)
    assert entry.properties["imoNumber"] == ("9331141",)


def test_a_special_economic_zone_is_a_place_and_no_party(by_id):
    entry = by_id["32014R0833:LII.A:EU-RUS:Investment-ban:Asset:1"]
    assert entry.schema == "Asset"
    assert entry.properties["name"] == (
        "Special Economic Zone of Industrial-Production Type ‘Alabuga’",
    )
    assert entry.properties["address"] == ("Republic of Tatarstan",)


def test_low_quality_names_are_weak(consolidated):
    weak = [entry for entry in consolidated[0] if "weakAlias" in entry.properties]
    assert len(weak) == 65
    assert any("Qasi Sa’id Jan" in entry.properties["weakAlias"] for entry in weak)


def test_an_amendment_adds_to_the_act_it_amends(everything, by_id):
    entries = {entry.record_id: entry for entry in everything[0]}
    added = entries.keys() - by_id.keys()
    assert len(entries) == 8407
    assert len(added) == 392
    ship = entries["32016R0044:V:EU-LBY:Transportation-restrictions:Vessel:1"]
    assert ship.properties["name"] == ("AVAX",)
    assert ship.acts == ("32016R0044", "32026R1941")
    assert ship.listed_on == "2026-08-07"
    assert "32016R0044:V:EU-LBY:Financial-restrictions:Vessel:1" in entries


def test_an_amendment_that_restates_a_record_keeps_both_names(everything):
    entries = {entry.record_id: entry for entry in everything[0]}
    ship = entries["32014R0833:XLII:EU-RUS:Transportation-restrictions:Vessel:629"]
    assert ship.properties["name"] == ("KRITI VIGOR", "STORMBRINGER (ex KRITI VIGOR)")


def test_canaries_are_in_the_list_under_their_key(by_id):
    for canary in load_registry().get("eu_journal").canaries:
        found = by_id[canary.record_id].properties
        assert canary.name in found["name"] + found.get("alias", ())


HEADER = (
    "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,birthDate,"
    "registrationNumber,nationality"
)


def snippet(*rows, header=HEADER):
    text = "\n".join((header, *rows, ""))
    return {"32014R0269": Source.of_bytes("csv", text.encode(), name="32014R0269.csv")}


def row(**cells):
    given = {
        "celex": "32014R0269",
        "recordId": "1",
        "programKey": "EU-UKR",
        "annex": "I",
        "measure": "Asset freeze",
        "schema": "Person",
        "name": "Ivan IVANOV",
    } | cells
    return ",".join(
        '"{}"'.format(given.get(name, "").replace('"', '""')) for name in HEADER.split(",")
    )


def test_values_in_one_cell_are_told_apart():
    (entry,), _ = read(
        snippet(
            row(
                alias='Vanya; "Ivanov; the Elder"; Иван ИВАНОВ',
                birthDate="(a) 1.3.1965, (b) circa 1967",
                nationality="(a) Russian, (b) Ukrainian",
                registrationNumber="7725842590 (Tax ID/INN)",
            )
        )
    )
    assert entry.properties["alias"][:3] == ("Vanya", "Ivanov; the Elder", "Иван ИВАНОВ")
    assert entry.properties["birthDate"] == ("1965-03-01", "1967")
    assert entry.properties["nationality"] == ("Russian", "Ukrainian")
    assert entry.properties["innCode"] == ("7725842590",)
    assert entry.extra["registrationNumber"] == ("7725842590 (Tax ID/INN)",)


def test_without_a_printed_number_the_name_is_the_key_in_any_order():
    first, second = row(recordId="", name="A"), row(recordId="", name="B")
    one, _ = read(snippet(first, second))
    other, _ = read(snippet(second, first))
    assert {entry.record_id for entry in one} == {entry.record_id for entry in other}
    assert len({entry.record_id for entry in one}) == 2


@settings(max_examples=30)
@given(
    st.lists(
        st.text(st.characters(categories=["L", "N"], include_characters=' ;",'), min_size=1)
        .map(str.strip)
        .filter(bool),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
def test_any_values_written_as_the_format_says_are_read_back(values):
    cell = "; ".join('"{}"'.format(value.replace('"', '""')) for value in values)
    (entry,), _ = read(snippet(row(name="#", alias=cell)))
    written = dict.fromkeys(" ".join(value.split()) for value in values)
    assert entry.properties["alias"][: len(written)] == tuple(written)


def test_a_column_that_fits_no_property_is_kept_and_reported():
    (entry,), audit = read(snippet(row() + ",bc1q", header=HEADER + ",cryptoWallet"))
    assert entry.extra["cryptoWallet"] == ("bc1q",)
    assert audit.oddities == {"cryptoWallet is no property of Person": 1}


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (snippet(header="celex,name"), r"line 1: the header lacks recordId, programKey"),
        (snippet(header=""), r"the file is empty"),
        (snippet(row(schema="Ghost")), r"line 2: schema 'Ghost' is not a kind of party"),
        (snippet(row(celex="")), r"line 2: the row names no act"),
        (snippet(row(name=" ")), r"line 2: name is empty"),
        (
            snippet(row(alias='"Vanya; Ivan')),
            r"line 2, column alias: the values cannot be separated",
        ),
        (snippet(row(), "32014R0269,2"), r"line 3: 2 columns where 13 are expected"),
    ],
    ids=["columns", "empty", "schema", "act", "name", "quotes", "cut short"],
)
def test_bad_files_are_refused_with_the_place(given_, told):
    with pytest.raises(ListFormatError, match=told):
        read(given_)


def test_another_encoding_is_refused_where_it_shows():
    raw = f"{HEADER}\n{row(name='Müller')}\n".encode("cp1252")
    with pytest.raises(ListFormatError, match=r"line 2, byte \d+: byte 0xfc is not utf-8"):
        read({"x": Source.of_bytes("csv", raw)})


def test_the_ships_of_an_entity_are_compared(by_id):
    """Rows without a kind name tankers by their IMO numbers; so printed, they are identifiers."""
    key = "32014R0269:I.ENTITIES:EU-UKR:Asset-freeze:LegalEntity"
    manager = by_id[f"{key}:751"]
    assert manager.schema == "Organization"
    assert set(manager.properties["imoNumber"]) >= {"9305568", "9522324", "9333424"}
    assert by_id[f"{key}:620"].properties["imoNumber"] == ("9293002",)
