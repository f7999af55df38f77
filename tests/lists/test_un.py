"""The Security Council's list: what a lawyer reads in the file is what the entry says."""

from __future__ import annotations

import pytest

from limen.lists.audit import Audit
from limen.lists.readers import un
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.model import ListFormatError
from limen.model.schemata import properties

COUNTS = {
    "2017-07-03": 1021,
    "2018-12-27": 1095,
    "2021-01-27": 1003,
    "2022-02-18": 966,
    "2022-06-30": 953,
    "2022-10-21": 956,
    "2023-05-28": 958,
    "2024-01-05": 869,
    "2024-05-03": 875,
    "2025-06-18": 877,
    "2025-11-20": 1000,
    "2026-02-27": 1003,
}


def sources(path):
    return {"xml": Source.of_path("xml", path)}


def snippet(text):
    return {"xml": Source.of_bytes("xml", text.encode(), name="un.xml")}


def read(given):
    audit = Audit()
    return list(un.read(given, audit)), audit


@pytest.fixture(scope="module")
def vintages(shared):
    found = {}
    for day in COUNTS:
        given = sources(shared(f"data/un/un_consolidated_{day}.xml.gz"))
        found[day] = (un.day(given), *read(given))
    return found


@pytest.fixture(scope="module")
def newest(vintages):
    return {entry.record_id: entry for entry in vintages["2026-02-27"][1]}


def test_every_vintage_is_read_whole_and_says_its_day(vintages):
    assert {day: len(entries) for day, (_, entries, _) in vintages.items()} == COUNTS
    assert all(said == day for day, (said, _, _) in vintages.items())


def test_no_field_is_left_unread_and_no_record_number_stands_twice(vintages):
    for _, entries, audit in vintages.values():
        assert not audit.unread
        assert not audit.oddities
        assert len({entry.record_id for entry in entries}) == len(entries)


def test_every_property_may_stand_on_its_schema(vintages):
    for _, entries, _ in vintages.values():
        for entry in entries:
            assert entry.properties.keys() <= properties(entry.schema).keys()


def test_canaries_are_in_every_vintage_under_their_number(vintages):
    for canary in load_registry().get("un_sc").canaries:
        for _, entries, _ in vintages.values():
            names = {
                name
                for entry in entries
                if entry.record_id == canary.record_id
                for kind in ("name", "alias", "weakAlias")
                for name in entry.properties.get(kind, ())
            }
            assert canary.name in names


def test_a_person_with_good_and_low_quality_aliases(newest):
    entry = newest["CDi.003"]
    assert entry.schema == "Person"
    assert entry.properties["name"] == ("GASTON IYAMUREMYE",)
    assert "Byiringiro Victor Rumuli" in entry.properties["alias"]
    assert entry.properties["weakAlias"] == ("Rumuli",)
    assert entry.properties["position"][0] == "FDLR Interim President"
    assert entry.properties["birthPlace"][0] == "Musanze District, Northern Province, Rwanda"
    assert entry.properties["address"] == ("North Kivu Province, Democratic Republic of the Congo",)
    assert (entry.programmes, entry.listed_on) == (("DRC",), "2010-12-01")


def test_an_entity_with_its_name_in_arabic_and_a_former_name(newest):
    entry = newest["QDe.004"]
    assert entry.schema == "Organization"
    assert entry.properties["name"] == ("AL-QAIDA",)
    assert "القاعدة" in entry.properties["alias"]
    assert newest["KPe.003"].properties["previousName"][0] == "CHANGGWANG CREDIT BANK"


def test_birth_dates_approximate_and_between(newest):
    assert newest["CDi.004"].properties["birthDate"] == ("1973-11",)
    ranged = [e for e in newest.values() if "1968 to 1973" in e.extra.get("DATE_OF_BIRTH", ())]
    assert ranged
    assert all(set(e.properties["birthDate"]) >= {"1968", "1970", "1973"} for e in ranged)


def test_the_number_of_a_passport_without_the_words_around_it(newest):
    (holder,) = (
        e for e in newest.values() if "96/184442" in e.properties.get("passportNumber", ())
    )
    assert any("Libyan Passport No. 96/184442" in s for s in holder.extra["INDIVIDUAL_DOCUMENT"])


def test_haiti_before_the_list_was_named_haiti(vintages):
    haiti = [e for e in vintages["2022-10-21"][1] if e.programmes == ("Haiti",)]
    assert [e.record_id for e in haiti] == ["HTi.001"]


def test_iran_entries_come_back_under_their_old_numbers(vintages):
    def iran(day):
        return {e.record_id for e in vintages[day][1] if e.record_id.startswith("IR")}

    assert len(iran("2023-05-28")) == 84
    assert not iran("2024-01-05")
    assert iran("2023-05-28") < iran("2025-11-20")


def test_a_file_with_control_characters_is_refused_where_it_breaks(shared):
    path = shared("data/un/un_consolidated_2025-08-16_invalid_char.xml.gz")
    with pytest.raises(ListFormatError, match=r"invalid_char\.xml\.gz line 53, column 11") as told:
        read(sources(path))
    assert "never loaded" in told.value.hint


PERSON = """<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09Z"><INDIVIDUALS>
<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME> RI </FIRST_NAME><SECOND_NAME>WON HO</SECOND_NAME>
<UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.030 </REFERENCE_NUMBER>
<LISTED_ON>2016-11-30-04:00</LISTED_ON>{more}</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""


def test_stray_blanks_and_a_time_zone_behind_the_day_are_no_content():
    (entry,), _ = read(snippet(PERSON.format(more="")))
    assert (entry.record_id, entry.properties["name"]) == ("KPi.030", ("RI WON HO",))
    assert entry.listed_on == "2016-11-30"


def test_a_new_element_is_news_and_not_a_loss():
    _, audit = read(snippet(PERSON.format(more="<WALLET>bc1q</WALLET>")))
    assert audit.unread == {"INDIVIDUAL/WALLET": 1}
    assert audit.first_seen["INDIVIDUAL/WALLET"] == "un.xml line 2: INDIVIDUAL"


def test_an_unreadable_date_of_update_is_kept_and_reported():
    more = "<LAST_DAY_UPDATED><VALUE>soon</VALUE></LAST_DAY_UPDATED>"
    (entry,), audit = read(snippet(PERSON.format(more=more)))
    assert entry.extra["LAST_DAY_UPDATED"] == ("soon",)
    assert audit.oddities == {"LAST_DAY_UPDATED not a date": 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"un\.xml"),
        ("<html><body>Service unavailable</body></html>", r"the root element is html"),
        (PERSON.format(more="")[:-40], r"un\.xml line 4, column \d+: not well-formed"),
        (
            PERSON.format(more="").replace("KPi.030 ", ""),
            r"un\.xml line 2: INDIVIDUAL: REFERENCE_NUMBER is empty",
        ),
        (
            PERSON.format(
                more="<INDIVIDUAL_ALIAS><QUALITY>Fair</QUALITY><ALIAS_NAME>X</ALIAS_NAME>"
                "</INDIVIDUAL_ALIAS>"
            ),
            r"INDIVIDUAL_ALIAS: alias quality 'Fair' is not one of Good, Low",
        ),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + PERSON.format(more=""), r"declares a document type"),
    ],
    ids=["empty", "an error page", "cut short", "no number", "unknown quality", "entity bomb"],
)
def test_bad_files_are_refused_with_the_place(text, told):
    with pytest.raises(ListFormatError, match=told):
        read(snippet(text))
