"""OFSI's consolidated list, in the edition that was published and in a later one's shape."""

from __future__ import annotations

import pytest

from limen.lists.audit import Audit
from limen.lists.readers.uk import ofsi_csv
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.model import ListFormatError
from limen.model.schemata import properties


def read(given):
    audit = Audit()
    return list(ofsi_csv.read(given, audit)), audit


def source(data):
    return {"csv": Source.of_bytes("csv", data, name="ConList.csv")}


@pytest.fixture(scope="module")
def edition(shared):
    return {"csv": Source.of_path("csv", shared("data/uk/ofsi_conlist_2018-04-13.csv.gz"))}


@pytest.fixture(scope="module")
def whole(edition):
    return read(edition)


def test_every_group_is_one_record_and_nothing_left_unread(whole, edition):
    entries, audit = whole
    assert len(entries) == 2106
    assert not audit.unread
    assert not audit.oddities
    assert ofsi_csv.day(edition) == "2018-04-13"


def test_every_property_may_stand_on_its_schema(whole):
    for entry in whole[0]:
        assert entry.properties.keys() <= properties(entry.schema).keys()


def test_canaries_are_in_the_list_under_their_number(by_id):
    for canary in load_registry().get("uk_ofsi").canaries:
        found = by_id[canary.record_id].properties
        assert canary.name in found["name"] + found.get("alias", ())


def test_a_person_over_many_lines(by_id):
    entry = by_id["13349"]
    assert entry.schema == "Person"
    assert entry.properties["name"] == ("Nayef Salam Muhammad Ujaym AL-HABABI",)
    assert "Sheikh Farooq AL-QAHTANI" in entry.properties["alias"]
    assert entry.properties["birthDate"] == ("1980", "1981")
    assert entry.properties["nationality"] == ("Saudi Arabia", "Qatar")
    assert entry.properties["passportNumber"] == ("592667",)
    assert entry.programmes == ("The ISIL (Da'esh) and Al-Qaida organisations",)
    assert entry.listed_on == "2016-04-01"


def test_an_entity_with_a_former_name(by_id):
    entry = by_id["11044"]
    assert entry.schema == "Organization"
    assert entry.properties["previousName"] == ("AL-QAIDA IN YEMEN (AQY)",)


def test_enumerated_birth_places_stand_with_their_countries(whole):
    places = {place for entry in whole[0] for place in entry.properties.get("birthPlace", ())}
    assert "Tirpas-Selong Village, East Lombok, Indonesia" in places
    assert not any(place.startswith(("(1)", "1)")) for place in places)


def test_quotation_marks_of_windows_are_read_as_such(whole):
    notes = " ".join(note for entry in whole[0] for note in entry.properties.get("notes", ()))
    assert "’" in notes
    assert not any("\x80" <= char <= "\x9f" for char in notes)


LATER = (
    "Name 6,Name 1,Name Non-Latin Script,Non-Latin Script Type,Non-Latin Script Language,DOB,"
    "Passport Number,National Identification Number,National Identification Details,Country,"
    "Group Type,Alias Type,Alias Quality,Regime,Listed On,Last Updated,Group ID"
)
_CELLS = {
    "Name 6": "IVANOV",
    "Name 1": "Ivan",
    "Name Non-Latin Script": "Иван ИВАНОВ",
    "DOB": "01/02/1965",
    "Passport Number": "75 1234567",
    "National Identification Number": "123456789012",
    "National Identification Details": "Tax",
    "Country": "Russia",
    "Group Type": "Individual",
    "Alias Type": "Primary name",
    "Regime": "Russia",
    "Listed On": "24/02/2022",
    "Last Updated": "24/02/2022",
    "Group ID": "1",
}


def row(**cells):
    given = _CELLS | {name.replace("_", " "): cell for name, cell in cells.items()}
    return ",".join(given.get(name, "") for name in LATER.split(","))


def later(*rows, header=LATER):
    return "\n".join(("Last Updated,28/01/2026", header, *rows, "")).encode()


def test_a_later_edition_with_quality_and_scripts():
    low = row(Name_6="VANYA", Name_1="", Alias_Type="AKA", Alias_Quality="Low")
    (entry,), audit = read(source(later(row(), low)))
    assert entry.properties["name"] == ("Ivan IVANOV",)
    assert entry.properties["alias"] == ("Иван ИВАНОВ",)
    assert entry.properties["weakAlias"] == ("VANYA",)
    assert entry.properties["passportNumber"] == ("75 1234567",)
    assert entry.extra["National Identifier number"] == ("123456789012; Tax",)
    assert not audit.unread


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", r"ConList\.csv: no header with Group ID"),
        (
            later(row(), header=LATER.replace("Regime", "Scheme")),
            r"line 2: the header lacks Regime Name",
        ),
        (later(row()[:30]), r"line 3: \d+ columns where 17 are expected"),
        (later(row(Alias_Type="akaa")), r"line 3: name type 'akaa' is not one of"),
        (later(row(Group_Type="Ghost")), r"line 3: designation type 'Ghost'"),
        (later(row()).decode().encode("utf-16"), r"ConList\.csv line 1"),
        (
            later(row(Name_6="~")).replace(b"~", b"\x81\x91"),
            r"line 3, byte 1: byte 0x81 is not cp1252",
        ),
    ],
    ids=["empty", "column", "cut short", "alias type", "group type", "utf-16", "no encoding"],
)
def test_bad_files_are_refused_with_the_place(data, told):
    with pytest.raises(ListFormatError, match=told):
        read(source(data))
