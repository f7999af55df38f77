"""OFAC's standard XML, from eleven real versions and from records written out."""

from __future__ import annotations

import pytest

from limen.lists.audit import Audit
from limen.lists.readers.ofac import classic
from limen.lists.source import Source
from limen.model import ListFormatError

HEAD = (
    '<sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation>'
    "<Publish_Date>{day}</Publish_Date><Record_Count>{count}</Record_Count></publshInformation>"
)


def written(entry: str, *, day: str = "02/24/2022", count: str = "1") -> str:
    return HEAD.format(day=day, count=count) + f"<sdnEntry>{entry}</sdnEntry></sdnList>"


@pytest.mark.parametrize(
    ("day", "records"),
    [
        ("2021-08-20", 432),
        ("2022-02-22", 444),
        ("2022-02-24", 462),
        ("2024-05-06", 443),
    ],
)
def test_every_record_is_read_under_both_namespaces(ofac, day, records):
    reading = ofac("ofac_xml", xml=f"nonsdn/consolidated_{day}.xml.gz")
    assert len(reading.entries) == records
    assert reading.day == day
    assert not reading.audit.unread
    assert not reading.audit.oddities
    assert not reading.disallowed


def test_what_stands_among_the_ids_and_is_no_document(cons_xml):
    bank = cons_xml["17014"]
    assert bank.schema == "LegalEntity"
    assert bank.programmes == ("RUSSIA-EO14024", "UKRAINE-EO13662")
    assert bank.properties["website"] == ("http://www.rshb.ru",)
    assert bank.properties["swiftBic"] == ("RUAGRUMM",)
    assert bank.properties["registrationNumber"] == ("1027700342890", "52750822")
    assert bank.extra["Executive Order 13662 Directive Determination"] == (
        "Subject to Directive 1",
    )
    assert bank.extra["Listing Date (EO 14024 Directive 3)"] == ("24 Feb 2022",)


def test_weak_and_strong_aliases_are_told_apart(cons_xml):
    bank = cons_xml["17014"]
    assert bank.properties["weakAlias"] == ("RUSAG",)
    assert "ROSSELKHOZBANK" in bank.properties["alias"]


def test_every_fact_of_a_person(read_text):
    audit = Audit()
    entry = written(
        "<uid>7</uid><firstName>Jan</firstName><lastName>NOVAK</lastName><title>Minister</title>"
        "<sdnType>Individual</sdnType><remarks>(Linked To: SOMEBODY LTD.)</remarks>"
        "<programList><program>CMIC-EO</program><program>SDGT</program></programList>"
        "<idList><id><uid>1</uid><idType>Passport</idType><idNumber>A1</idNumber>"
        "<idCountry>Iran</idCountry><issueDate>01 Jan 2001</issueDate>"
        "<expirationDate>01 Jan 2011</expirationDate></id>"
        "<id><uid>2</uid><idType>Gender</idType><idNumber>Male</idNumber></id></idList>"
        "<akaList><aka><uid>3</uid><type>f.k.a.</type><category>strong</category>"
        "<lastName>NOVY</lastName><firstName>Jan</firstName></aka></akaList>"
        "<addressList><address><uid>4</uid><address1>1 Main St</address1><address2>Floor 2"
        "</address2><city>Gaza</city><stateOrProvince>North</stateOrProvince>"
        "<postalCode>123</postalCode><country>Region: Gaza</country></address></addressList>"
        "<nationalityList><nationality><uid>5</uid><country>Iran</country>"
        "<mainEntry>true</mainEntry></nationality></nationalityList>"
        "<citizenshipList><citizenship><uid>6</uid><country>Syria</country>"
        "<mainEntry>true</mainEntry></citizenship></citizenshipList>"
        "<dateOfBirthList><dateOfBirthItem><uid>7</uid><dateOfBirth>circa 1960</dateOfBirth>"
        "<mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>"
        "<placeOfBirthList><placeOfBirthItem><uid>8</uid><placeOfBirth>Qom, Iran</placeOfBirth>"
        "<mainEntry>true</mainEntry></placeOfBirthItem></placeOfBirthList>"
    )
    (person,) = read_text("ofac_xml", audit=audit, xml=entry)
    assert not audit.unread
    assert person.programmes == ("CMIC-EO13959", "SDGT")
    assert person.properties == {
        "name": ("NOVAK, Jan",),
        "position": ("Minister",),
        "passportNumber": ("A1",),
        "gender": ("male",),
        "previousName": ("NOVY, Jan",),
        "address": ("1 Main St, Floor 2, Gaza, North 123, Region: Gaza",),
        "nationality": ("Iran",),
        "citizenship": ("Syria",),
        "birthDate": ("1959", "1960", "1961"),
        "birthPlace": ("Qom, Iran",),
    }
    assert person.extra == {
        "Passport": ("A1 (Iran) issued 01 Jan 2001 expires 01 Jan 2011",),
        "DOB": ("circa 1960",),
        "linkedTo": ("SOMEBODY LTD.",),
        "Program": ("CMIC-EO",),
    }


def test_a_ship_has_its_own_element(read_text):
    entry = written(
        "<uid>8</uid><lastName>ARTAVIL</lastName><sdnType>Vessel</sdnType><vesselInfo>"
        "<callSign>T2EU4</callSign><vesselType>Tanker</vesselType><vesselFlag>Iran</vesselFlag>"
        "<vesselOwner>NITC</vesselOwner><tonnage>99,144</tonnage>"
        "<grossRegisteredTonnage>56,068</grossRegisteredTonnage></vesselInfo>"
    )
    (ship,) = read_text("ofac_xml", xml=entry)
    assert ship.properties == {
        "name": ("ARTAVIL",),
        "callSign": ("T2EU4",),
        "type": ("Tanker",),
        "flag": ("Iran",),
        "tonnage": ("99,144",),
        "grossRegisteredTonnage": ("56,068",),
    }
    assert ship.extra == {"Vessel Owner": ("NITC",)}


def test_a_new_element_and_a_new_kind_of_id_are_reported(read_text):
    audit = Audit()
    entry = written(
        "<uid>9</uid><lastName>X</lastName><sdnType>Entity</sdnType><mood>bad</mood><idList><id>"
        "<uid>1</uid><idType>Moon Register</idType><idNumber>42</idNumber></id></idList>"
    )
    (party,) = read_text("ofac_xml", audit=audit, xml=entry)
    assert audit.unread == {"sdnEntry/mood": 1}
    assert audit.oddities == {"an item of a kind not in the table: Moon Register": 1}
    assert party.extra == {"Moon Register": ("42",)}


NAMED = "<uid>9</uid><lastName>X</lastName><sdnType>Entity</sdnType>"


@pytest.mark.parametrize(
    ("xml", "where", "what"),
    [
        (written(NAMED)[:-20], "xml.txt line 1", "not well-formed"),
        ("<html><body>gone</body></html>", "xml.txt", "the root element is html, not sdnList"),
        ("", "xml.txt", ""),
        (written(NAMED, count="2"), "xml.txt", "announces 2 records and has 1"),
        (
            written(NAMED.replace("Entity", "Submarine")),
            "xml.txt line 1: sdnEntry",
            "SDN type 'Submarine'",
        ),
        (
            written(
                f"{NAMED}<akaList><aka><type>a.k.b.</type><category>strong</category>"
                "<lastName>Y</lastName></aka></akaList>"
            ),
            "xml.txt line 1: sdnEntry",
            "alias type 'a.k.b.'",
        ),
        (
            written(
                f"{NAMED}<akaList><aka><type>a.k.a.</type><category>fair</category>"
                "<lastName>Y</lastName></aka></akaList>"
            ),
            "xml.txt line 1: sdnEntry",
            "alias category 'fair'",
        ),
        (written(NAMED.replace("<uid>9</uid>", "")), "xml.txt line 1: sdnEntry", "uid is empty"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(read_text, xml, where, what):
    with pytest.raises(ListFormatError) as refused:
        read_text("ofac_xml", xml=xml)
    assert refused.value.where.startswith(where)
    assert what in refused.value.what


def test_a_day_no_calendar_has_is_refused():
    source = Source.of_bytes("xml", written(NAMED, day="31/12/2021").encode())
    with pytest.raises(ListFormatError, match="Publish_Date"):
        classic.day({"xml": source})
