"""The EU's consolidated list, written into the Commission's own files and read back."""

from __future__ import annotations

import gzip

import pytest
from tests.lists.entries import names_of

from limen.lists.audit import Audit
from limen.lists.readers.eu import fsf_csv, fsf_xml
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.model import ListFormatError
from limen.model.schemata import properties


def read_xml(data):
    audit = Audit()
    given = {"xml": Source.of_bytes("xml", data, name="fsf.xml")}
    return list(fsf_xml.read(given, audit)), audit


def read_csv(data):
    audit = Audit()
    given = {"csv": Source.of_bytes("csv", data, name="fsf.csv")}
    return list(fsf_csv.read(given, audit)), audit


@pytest.fixture(scope="module")
def whole(official):
    return read_xml(official.xml())


def test_everybody_is_read_and_nothing_left_unread(whole, official):
    entries, audit = whole
    assert len(entries) == len(official.records) == 5860
    assert sum(entry.schema == "Person" for entry in entries) == 4341
    assert not audit.unread
    assert not audit.oddities


def test_numbers_names_and_birth_dates_are_those_of_the_file(whole, official):
    for entry, record in zip(whole[0], official.records, strict=True):
        assert entry.record_id == record["eu_reference_number"]
        assert names_of(entry) == {
            " ".join(alias["whole_name"].split()) for alias in record["name_aliases"]
        }
        exact = {
            born["birthdate"]
            for born in record.get("birthdates", ())
            if born.get("birthdate") and not born["circa"]
        }
        assert exact <= set(entry.properties.get("birthDate", ()))


def test_every_property_may_stand_on_its_schema(whole):
    for entry in whole[0]:
        assert entry.properties.keys() <= properties(entry.schema).keys()


def test_the_csv_says_the_same_as_the_xml(official, by_id):
    entries, audit = read_csv(official.csv(step=16))
    assert len(entries) == len(official.records[::16])
    assert not audit.unread
    assert entries == [by_id[entry.record_id] for entry in entries]


def test_a_person_with_national_spellings_and_a_printed_day_of_listing(by_id):
    entry = by_id["EU.4230.31"]
    assert entry.properties["name"] == ("Serhiy Valeriyovych AKSYONOV",)
    assert "Сергей Валерьевич АКСЁНОВ" in entry.properties["alias"]
    assert entry.properties["birthDate"] == ("1972-11-26",)
    assert entry.properties["birthCountry"] == ("MD",)
    assert entry.programmes == ("UKR",)
    assert entry.listed_on == "2014-03-17"


def test_a_listing_dates_from_the_earliest_act_and_not_the_last_amendment(by_id):
    hamas = by_id["EU.3524.75"]
    assert hamas.listed_on == "2003-12-22"
    assert hamas.acts[-1] == "2025/206 (L 202500206)"


def test_canaries_are_in_the_list_under_their_number(by_id):
    for canary in load_registry().get("eu_fsf").canaries:
        assert canary.name in names_of(by_id[canary.record_id])


def test_the_file_says_its_day(official):
    xml, csv = official.xml(step=3000), official.csv(step=3000)
    assert fsf_xml.day({"xml": Source.of_bytes("xml", xml)}) == "2026-02-26"
    assert fsf_csv.day({"csv": Source.of_bytes("csv", csv)}) == "2026-02-26"


ENTITY = """<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-02-26T18:10:06"
 globalFileId="1"><sanctionEntity {own} logicalId="23">
<regulation regulationType="amendment" organisationType="council" publicationDate="2022-02-23"
 entryIntoForceDate="2022-02-23" numberTitle="2022/260 (OJ L42I)" programme="UKR" logicalId="1"/>
<subjectType code="person" classificationCode="P"/>
<nameAlias wholeName="Ivan IVANOV" strong="true" regulationLanguage="en" logicalId="2"/>
{more}</sanctionEntity></export>"""


def one(more="", own='euReferenceNumber="EU.1.1"'):
    (entry,), audit = read_xml(ENTITY.format(more=more, own=own).encode())
    assert not audit.unread
    return entry


def test_a_name_that_is_not_strong_is_weak():
    entry = one('<nameAlias wholeName="Vanya" strong="false" logicalId="3"/>')
    assert entry.properties["name"] == ("Ivan IVANOV",)
    assert entry.properties["weakAlias"] == ("Vanya",)


def test_without_a_reference_number_the_logical_id_is_the_key():
    assert one(own="").record_id == "23"


def test_designation_and_delisting_dates_where_the_file_gives_them():
    entry = one(own='designationDate="2014-03-17" delistingDate="2026-03-15"')
    assert (entry.listed_on, entry.delisted_on) == ("2014-03-17", "2026-03-15")


@pytest.mark.parametrize(
    ("attributes", "dates", "kept"),
    [
        ('birthdate="1965-03-12" calendarType="GREGORIAN"', ("1965-03-12",), ()),
        ('year="1965" monthOfYear="3" calendarType="GREGORIAN"', ("1965-03",), ()),
        ('year="1965" circa="true" calendarType="GREGORIAN"', ("1964", "1965", "1966"), ()),
        (
            'yearRangeFrom="1965" yearRangeTo="1966" calendarType="GREGORIAN"',
            ("1965", "1966"),
            ("1965 to 1966",),
        ),
        ('year="1343" calendarType="ISLAMIC"', (), ("1343 (islamic calendar)",)),
    ],
)
def test_birth_dates(attributes, dates, kept):
    entry = one(f'<birthdate {attributes} countryIso2Code="00" countryDescription="UNKNOWN"/>')
    assert entry.properties.get("birthDate", ()) == dates
    assert entry.extra.get("birthdate", ()) == kept
    assert "birthCountry" not in entry.properties


def test_address_contacts_and_documents():
    entry = one(
        '<address street="1 Okhotny Ryad" city="Moscow" zipCode="103265" countryIso2Code="RU" '
        'countryDescription="RUSSIAN FEDERATION"><remark>office</remark>'
        '<contactInfo key="EMAIL" value="a@duma.gov.ru"/><contactInfo key="FAX" value="1"/>'
        "</address>"
        '<identification identificationTypeCode="passport" identificationTypeDescription='
        '"National passport" number="75 1234567" knownExpired="true" issuedBy="FMS" '
        'countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION"/>'
    )
    assert entry.properties["address"] == ("1 Okhotny Ryad, 103265, Moscow, RUSSIAN FEDERATION",)
    assert entry.properties["country"] == ("RU",)
    assert entry.properties["email"] == ("a@duma.gov.ru",)
    assert entry.properties["passportNumber"] == ("75 1234567",)
    assert entry.extra["identification"] == (
        "National passport; 75 1234567; FMS; RU; knownExpired",
    )
    assert entry.extra["contactInfo"] == ("FAX: 1",)
    assert entry.extra["address/remark"] == (
        "1 Okhotny Ryad, 103265, Moscow, RUSSIAN FEDERATION: office",
    )


def test_a_new_attribute_is_news_and_not_a_loss():
    _, audit = read_xml(ENTITY.format(own='wallet="bc1q"', more="").encode())
    assert audit.unread == {"wallet": 1}


def test_the_retired_formats_are_named_and_refused(shared):
    xml = shared("data/eu/fsf/legacy/fsf_1.0_2016-02-11.xml.gz").read_bytes()
    with pytest.raises(ListFormatError, match=r"fsf\.xml: this is the retired XML 1\.0"):
        read_xml(xml)
    through_a_spreadsheet = shared(
        "data/eu/fsf/legacy/fsf_csv_1.0_2018-07-04_first1000.csv.gz"
    ).read_bytes()
    with pytest.raises(ListFormatError, match=r"fsf\.csv line 1: this is the retired CSV 1\.0"):
        read_csv(through_a_spreadsheet)
    straight = gzip.decompress(through_a_spreadsheet).replace(b'"', b"").replace(b"\t", b"")
    with pytest.raises(ListFormatError, match=r"retired CSV 1\.0"):
        read_csv(straight)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", r"fsf\.xml"),
        (b"<html/>", r"the root element is html, not export"),
        (ENTITY.format(own="", more="")[:-30].encode(), r"line 6, column \d+: not well-formed"),
        (
            ENTITY.format(own="", more="").replace('Code="P"', 'Code="Q"').encode(),
            r"line 2: sanctionEntity: subject type 'Q' is neither P",
        ),
        (
            ENTITY.format(own="", more="").replace("Ivan IVANOV", " ").encode(),
            r"sanctionEntity: record 23 has no name",
        ),
    ],
    ids=["empty", "an error page", "cut short", "unknown subject", "nobody named"],
)
def test_bad_xml_is_refused_with_the_place(data, told):
    with pytest.raises(ListFormatError, match=told):
        read_xml(data)


def test_bad_csv_is_refused_with_the_place(official):
    good = official.csv(step=2000)
    with pytest.raises(ListFormatError, match=r"line 1: the header lacks NameAlias_WholeName"):
        read_csv(good.replace(b"NameAlias_WholeName", b"NameAlias_Whole"))
    with pytest.raises(
        ListFormatError, match=r"fsf\.csv line \d+: \d+ columns where \d+ are expected"
    ):
        read_csv(good[: len(good) // 2])
    with pytest.raises(ListFormatError, match=r"fsf\.csv line 1"):
        read_csv(good.decode("utf-8-sig").replace(";", ",").encode())
    with pytest.raises(ListFormatError, match=r"byte 0x\w\w is not utf-8"):
        read_csv(good.decode("utf-8-sig").encode("cp1252", "replace"))
