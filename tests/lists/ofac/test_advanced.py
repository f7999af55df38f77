"""OFAC's Advanced XML: 37 real parties, and a whole small file that refers as the real one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from limen.lists.audit import Audit
from limen.model import ListFormatError

#: A whole file in the publisher's shape: a person on two lists, and his company.
WHOLE = Path(__file__).with_name("advanced.xml").read_text("utf-8")


def test_the_real_parties(advanced):
    assert len(advanced.entries) == 37
    assert advanced.day == "2024-02-23"
    assert not advanced.audit.unread
    assert not advanced.disallowed


def test_what_was_cut_out_of_the_real_file_is_reported(advanced):
    assert advanced.audit.oddities == {
        "a location that is not in the file": 57,
        "a party without a sanctions entry": 37,
        "a sanctions entry without its party": 147,
        "a document without its party": 12,
    }


def test_a_real_ship_and_a_real_person(advanced):
    ship = advanced["36399"]
    assert ship.schema == "Vessel"
    assert ship.properties["flag"] == ("Russia",)
    person = advanced["36380"]
    assert person.properties["name"] == (
        "LEVIN, Dmitriy Olegovich",
        "ЛЕВИН, Дмитрий Олегович",
    )
    assert person.properties["alias"] == ("LEVIN, Dmitry Olegovich", "LEVIN, Dmitrii Olegovich")
    assert person.properties["gender"] == ("male",)


def test_every_reference_is_followed(read_text):
    audit = Audit()
    person, company = read_text("ofac_advanced_xml", audit=audit, xml=WHOLE)
    assert not audit.unread
    assert not audit.oddities
    assert person.record_id == "7"
    assert person.schema == "Person"
    assert person.properties == {
        "name": ("NOVAK, Jan", "НОВАК"),
        "weakAlias": ("Sweet Jan",),
        "birthDate": ("1959", "1960", "1961"),
        "nationality": ("Iran",),
        "country": ("Iran",),
        "address": ("Tehran, Iran",),
        "gender": ("male",),
        "position": ("Minister",),
        "passportNumber": ("A1",),
        "notes": ("Head of the Basij",),
    }
    assert person.extra == {
        "Passport": ("A1 (Iran) issued 02 Jan 2001",),
        "Birthdate": ("circa 1960",),
        "fka": ("Sweet Jan",),
        "Cyrillic": ("НОВАК",),
        "SDN List": ("2015-09-29",),
        "Consolidated List": ("2014-10-10",),
    }
    assert company.properties == {"name": ("NOVAK HOLDING",)}
    assert company.extra["linkedTo"] == ("NOVAK, Jan",)
    assert company.extra["linkedToId"] == ("7",)
    assert company.extra["Owned or Controlled By"] == ("NOVAK, Jan",)


def test_a_file_speaks_for_the_list_that_everybody_in_it_is_on(read_text):
    person, _ = read_text("ofac_advanced_xml", xml=WHOLE)
    assert person.listed_on == "2015-09-29"
    assert person.programmes == ("SDGT",)
    assert person.measures == ("Block",)
    assert person.acts == ("Executive Order 13224 (Terrorism)",)
    consolidated = WHOLE.replace('ProfileID="8" ListID="1550"', 'ProfileID="8" ListID="91512"')
    person, _ = read_text("ofac_advanced_xml", xml=consolidated)
    assert person.listed_on == "2014-10-10"
    assert person.programmes == ("NS-PLC",)


@pytest.mark.parametrize(
    ("xml", "where", "what"),
    [
        (WHOLE[:-30], "xml.txt line", "not well-formed"),
        ("<sdnList/>", "xml.txt", "the root element is sdnList, not Sanctions"),
        (
            WHOLE.replace('AliasTypeID="1401"', 'AliasTypeID="99"'),
            "xml.txt line",
            "AliasType '99' is not among the file's reference values",
        ),
        (WHOLE.replace("F.K.A.", "F.K.B."), "xml.txt line", "alias type 'F.K.B.'"),
        (WHOLE.replace(">Individual<", ">Planet<"), "xml.txt line", "SDN type 'Planet'"),
        (WHOLE.replace("<Month>12<", "<Month>2<"), "xml.txt line", "1960-2-31"),
        (WHOLE.replace(">CITY<", ">PLANET<"), "xml.txt line", "address part 'PLANET'"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(read_text, xml, where, what):
    with pytest.raises(ListFormatError) as refused:
        read_text("ofac_advanced_xml", xml=xml)
    assert refused.value.where.startswith(where)
    assert what in refused.value.what
