"""The UK Sanctions List, written into the FCDO's own CSV and XML and read back."""

from __future__ import annotations

import pytest
from tests.lists.entries import names_of

from limen.lists.audit import Audit
from limen.lists.readers.uk import fcdo_csv, fcdo_xml
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.model import ListFormatError
from limen.model.schemata import properties


def csv_source(data):
    return {"csv": Source.of_bytes("csv", data, name="uk.csv")}


def xml_source(data):
    return {"xml": Source.of_bytes("xml", data, name="uk.xml")}


def read_csv(data):
    audit = Audit()
    return list(fcdo_csv.read(csv_source(data), audit)), audit


def read_xml(data):
    audit = Audit()
    return list(fcdo_xml.read(xml_source(data), audit)), audit


#: Read in any case, because a test below names them.
NAMED = {"RUS0717", "AFG0006", "RUS0251", "RUS0064", "AQD0027", "AFG0003", "CAF0010", "AQD0324"}


@pytest.fixture(scope="module")
def february(published):
    """Every second designation of that day and those named, to spare time."""
    every = published("2026-02-23")
    assert len(every.records) == 5738
    some = [
        record
        for place, record in enumerate(every.records)
        if place % 2 == 0 or record["unique_id"] in NAMED
    ]
    return every._replace(records=some)


@pytest.fixture(scope="module")
def whole(february):
    return read_csv(february.csv())


def printed_names(record):
    parts = [f"name{part}" for part in range(1, 7)]
    found = {
        " ".join(" ".join(each.get(part, "") for part in parts).split())
        for each in record["names"]["names"]
    }
    scripts = record.get("non_latin_names", {}).get("names", ())
    found |= {" ".join(each.get("name_non_latin_script", "").split()) for each in scripts}
    return found - {""}


def test_everybody_is_read_and_nothing_left_unread(whole, february):
    entries, audit = whole
    assert len(entries) == len(february.records)
    assert not audit.unread
    assert not audit.oddities


def test_ids_names_and_dates_are_those_of_the_list(whole, february):
    for entry, record in zip(whole[0], february.records, strict=True):
        assert entry.record_id == record["unique_id"]
        assert names_of(entry) == printed_names(record)
        day, month, year = record["date_designated"].split("/")
        assert entry.listed_on == f"{year}-{month}-{day}"


def test_every_property_may_stand_on_its_schema(whole):
    for entry in whole[0]:
        assert entry.properties.keys() <= properties(entry.schema).keys()


def test_the_xml_says_the_same_as_the_csv(february, by_id):
    entries, audit = read_xml(february.xml(step=10))
    assert len(entries) == len(february.records[::10])
    assert not audit.unread
    for entry in entries:
        same = by_id[entry.record_id]
        assert {name: set(values) for name, values in entry.properties.items()} == {
            name: set(values) for name, values in same.properties.items()
        }
        assert (entry.measures, entry.listed_on) == (same.measures, same.listed_on)


def test_a_person_with_script_measures_and_regulations(by_id):
    entry = by_id["RUS0717"]
    assert entry.schema == "Person"
    assert entry.properties["name"] == ("Nikolai Mikhailovich ROGASHCHUK",)
    assert entry.properties["alias"] == ("РОГАЩУК Николай Михайлович",)
    assert entry.measures == (
        "Asset freeze",
        "Travel Ban",
        "Trust Services Sanctions",
        "Director Disqualification Sanction",
    )
    assert entry.acts == ("The Russia (Sanctions) (EU Exit) Regulations 2019",)
    assert entry.listed_on == "2022-03-15"


def test_birth_dates_with_unknown_days_and_months(by_id):
    assert set(by_id["AFG0006"].properties["birthDate"]) >= {"1967-01-01", "1968"}


def test_low_quality_aliases_are_weak(whole, february):
    weak = [entry for entry in whole[0] if "weakAlias" in entry.properties]
    low = {
        record["unique_id"]
        for record in february.records
        for name in record["names"]["names"]
        if name.get("alias_strength") == "Low quality a.k.a"
    }
    assert {entry.record_id for entry in weak} <= low
    assert len(weak) > 100


def test_ships_are_known_by_their_imo_number(whole):
    ships = [entry for entry in whole[0] if entry.schema == "Vessel"]
    assert len(ships) > 250
    assert all(
        len(number) == 7 for ship in ships for number in ship.properties.get("imoNumber", ())
    )


def test_the_day_of_the_report(february):
    xml = february.xml(step=5000)
    assert fcdo_xml.day(xml_source(xml)) == "2026-08-22"
    assert fcdo_csv.day(csv_source(b"Report Date: 29-Apr-2026\r\nUnique ID\r\n")) == "2026-04-29"
    assert fcdo_csv.day(csv_source(b"Report Date,29/04/2026\r\nUnique ID\r\n")) == "2026-04-29"
    assert fcdo_csv.day(csv_source(b"Unique ID,Name 6\r\n")) is None


def test_canaries_are_in_both_vintages_under_their_id(by_id, published):
    august = {record["unique_id"]: record for record in published("2026-08-22").records}
    for canary in load_registry().get("uk_fcdo").canaries:
        assert canary.name in names_of(by_id[canary.record_id])
        assert canary.name in printed_names(august[canary.record_id])


HEADER = (
    "Unique ID,Designation Type,Name 1,Name 6,Name type,Alias strength,Regime Name,"
    "Date Designated,DOB,Nationality(/ies),Passport number,Business registration number (s)"
)
ROW = "RUS1,Individual,Ivan,IVANOV,Primary name,,Russia Regs,2022-03-15,01/02/1965,,,"


def table(*rows, header=HEADER):
    return "\n".join(("Report Date: 29-Apr-2026", header, *rows, "")).encode()


def test_rows_of_one_designation_need_not_stand_together():
    other = "RUS2,Entity,,BANK,Primary Name,,Russia Regs,15/03/2022,,,,"
    alias = "RUS1,Individual,Vanya,IVANOV,ALias,Low quality a.k.a,Russia Regs,2022-03-15,,,,"
    (person, bank), _ = read_csv(table(ROW, other, alias))
    assert person.properties["name"] == ("Ivan IVANOV",)
    assert person.properties["weakAlias"] == ("Vanya IVANOV",)
    assert person.listed_on == bank.listed_on == "2022-03-15"


def test_several_values_in_one_cell():
    row = ROW.replace(
        ",01/02/1965,,,", ",dd/05/1965,(1) Russia (2) Israel,'0216155930 ,INN: 7705260427"
    )
    (entry,), _ = read_csv(table(row))
    assert entry.properties["birthDate"] == ("1965-05",)
    assert entry.properties["nationality"] == ("Russia", "Israel")
    assert entry.properties["passportNumber"] == ("0216155930",)
    assert entry.properties["innCode"] == ("7705260427",)


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("Designation Type", "Type (Individual/Entity/Ship) ").replace(
            "DOB", "D.O.B"
        ),
        HEADER.upper(),
        HEADER.replace("Nationality(/ies)", "Nationalities").replace(" (s)", "s"),
    ],
)
def test_headings_in_other_spellings(header):
    (entry,), audit = read_csv(table(ROW, header=header))
    assert entry.properties["birthDate"] == ("1965-02-01",)
    assert not audit.unread


def test_a_new_column_is_news_and_not_a_loss():
    _, audit = read_csv(table(ROW + ",bc1q", header=HEADER + ",Crypto wallet"))
    assert audit.unread == {"Crypto wallet": 1}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", r"uk\.csv: no header with Unique ID in the first 3 lines"),
        (b"<html>\n<body>\n", r"no header with Unique ID"),
        (
            table(ROW, header=HEADER.replace("Regime Name", "Regimen")),
            r"line 2: the header lacks Regime Name",
        ),
        (
            table(ROW, header=HEADER.replace("DOB", "Name 6")),
            r"line 2: the header has Name 6 more than once",
        ),
        (table(ROW, ROW[:20]), r"line 4: \d+ columns where 12 are expected"),
        (
            table(ROW.replace("Individual", "Aircraft")),
            r"line 3: designation type 'Aircraft' is not",
        ),
        (
            table(ROW.replace("Primary name", "Nick")),
            r"line 3: name type 'Nick' is not one of Primary name",
        ),
        (
            table(ROW.replace("Primary name,", "Alias,Fair")),
            r"line 3: alias quality 'Fair' is not one of",
        ),
        (table(ROW.replace("RUS1", "")), r"line 3: Unique ID is empty"),
        (table(ROW.replace("Ivan,IVANOV", ",")), r"line 3: record RUS1 has no name"),
        (
            table(ROW.replace("Ivan", "Iván")).decode().encode("cp1252"),
            r"line 3, byte \d+: byte 0xe1 is not utf-8",
        ),
    ],
)
def test_bad_csv_is_refused_with_the_place(data, told):
    with pytest.raises(ListFormatError, match=told):
        read_csv(data)


DESIGNATION = """<Designations><DateGenerated>2026-04-29</DateGenerated>
<Designation><UniqueID>RUS1</UniqueID><IndividualEntityShip>Individual</IndividualEntityShip>
<Names><Name><Name1>Ivan</Name1><Name6>IVANOV</Name6><NameType>Primary Name</NameType></Name>
</Names><IndividualDetails><Individual>{more}</Individual></IndividualDetails></Designation>
</Designations>"""


def test_details_nested_in_the_xml():
    more = (
        "<DOBs><DOB>dd/mm/1965</DOB><DOB>01/02/1966</DOB></DOBs><PassportDetails><Passport>"
        "<PassportNumber>75 1234567</PassportNumber><PassportAdditionalInformation>Russia"
        "</PassportAdditionalInformation></Passport></PassportDetails>"
        "<BirthDetails><Location><TownOfBirth>Minsk</TownOfBirth><CountryOfBirth>Belarus"
        "</CountryOfBirth></Location></BirthDetails><Positions/>"
    )
    (entry,), audit = read_xml(DESIGNATION.format(more=more).encode())
    assert entry.properties["birthDate"] == ("1965", "1966-02-01")
    assert entry.properties["passportNumber"] == ("75 1234567",)
    assert entry.properties["birthPlace"] == ("Minsk, Belarus",)
    assert entry.extra["Passport number"] == ("75 1234567; Russia",)
    assert not audit.unread


def test_a_new_element_in_the_xml_is_news():
    _, audit = read_xml(DESIGNATION.format(more="<Wallet>bc1q</Wallet>").encode())
    assert audit.unread == {"Wallet": 1}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", r"uk\.xml"),
        (b"<html/>", r"the root element is html, not Designations"),
        (DESIGNATION.encode()[:-40], r"uk\.xml line \d+, column \d+: not well-formed"),
        (DESIGNATION.replace("RUS1", "").encode(), r"line 2: Designation: Unique ID is empty"),
    ],
)
def test_bad_xml_is_refused_with_the_place(data, told):
    with pytest.raises(ListFormatError, match=told):
        read_xml(data)
