"""Reading FollowTheMoney JSON: nothing is dropped in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.model import InputError, read_party
from limen.model.party import ADDRESS_PARTS
from limen.model.schemata import MATCHABLE, comparable, properties


def test_a_party_goes_through_the_wire_and_back():
    wire = {
        "id": "c-17",
        "schema": "Person",
        "properties": {"name": ["Sergey Aksyonov", "Сергей Аксёнов"], "birthDate": ["1972-11-26"]},
        "datasets": ["own"],
        "first_seen": "2024-01-01",
        "last_seen": "2024-06-01",
    }
    reading = read_party(wire)
    assert reading.notices == []
    back = reading.party.to_ftm()
    assert {key: back[key] for key in wire} == wire
    assert read_party(back).party == reading.party


def test_a_misspelt_property_is_a_notice_with_the_one_meant():
    reading = read_party({"schema": "Person", "properties": {"name": "A", "birthdate": "1972"}})
    (notice,) = reading.notices
    assert notice.code == "unknown-property"
    assert notice.field == "birthdate"
    assert "did you mean birthDate?" in notice.message


def test_a_misspelt_schema_is_refused_with_the_one_meant():
    with pytest.raises(InputError, match="unknown schema 'person'") as refused:
        read_party({"schema": "person", "properties": {"name": "A"}})
    assert "did you mean Person?" in str(refused.value)


def test_an_impossible_birth_date_is_a_notice_and_not_compared():
    reading = read_party(
        {"schema": "Person", "properties": {"name": "A", "birthDate": "1972-02-30"}}
    )
    assert [notice.code for notice in reading.notices] == ["unreadable-date"]
    assert "birthDate" not in reading.party.properties


def test_a_person_is_named_from_parts():
    wire = {"schema": "Person", "properties": {"firstName": "Sergey", "lastName": "Aksyonov"}}
    assert read_party(wire).party.values("name") == ("Sergey Aksyonov",)


@pytest.mark.parametrize(
    "wire",
    [
        [],
        "Sergey",
        {"schema": 7},
        {"properties": []},
        {"properties": {"name": [{"a": 1}]}},
        {"properties": {"name": [True]}},
    ],
)
def test_what_is_no_party_is_refused(wire):
    with pytest.raises(InputError):
        read_party(wire)


@given(
    schema=st.sampled_from(MATCHABLE),
    given_properties=st.dictionaries(
        st.text(max_size=12), st.one_of(st.text(), st.lists(st.text(), max_size=3)), max_size=5
    ),
)
def test_every_property_is_kept_noticed_or_blank(schema, given_properties):
    reading = read_party({"schema": schema, "properties": given_properties})
    noticed = {notice.field for notice in reading.notices}
    for name, raw in given_properties.items():
        texts = [raw] if isinstance(raw, str) else raw
        blank = not any(text.strip() for text in texts)
        assert name in reading.party.properties or name in noticed or blank or name in ADDRESS_PARTS
        assert (name in noticed) or (name in properties(schema)) or name in ADDRESS_PARTS


def test_a_person_is_never_a_vessel_and_a_company_is_a_legal_entity():
    assert comparable("Company", "LegalEntity")
    assert comparable("LegalEntity", "Company")
    assert comparable("Thing", "Vessel")
    assert not comparable("Person", "Vessel")
    assert not comparable("Person", "Company")


def test_addresses_are_kept_with_their_parts_and_come_back_on_the_wire():
    wire = {
        "schema": "Person",
        "properties": {
            "name": "Anna",
            "city": "Yalta",
            "addressEntity": [{"schema": "Address", "properties": {"city": "Kerch"}}, "addr-1"],
        },
    }
    reading = read_party(wire)
    assert reading.party.addresses == ({"city": ("Kerch",)}, {"city": ("Yalta",)})
    assert [notice.code for notice in reading.notices] == ["unread-address"]
    assert read_party(reading.party.to_ftm()).party == reading.party


@pytest.mark.parametrize("depth", [1, 2_000])
def test_an_address_in_an_address_is_refused(depth):
    inner = {"schema": "Address", "properties": {"city": ["Kerch"]}}
    for _ in range(depth):
        inner = {"schema": "Address", "properties": {"addressEntity": [inner]}}
    with pytest.raises(InputError, match="holds another address"):
        read_party({"schema": "Person", "properties": {"addressEntity": [inner]}})


def test_half_a_letter_of_utf_16_is_a_lost_one():
    party = read_party({"schema": "Person", "properties": {"name": ["Ivan \ud800"]}}).party
    assert party.properties["name"] == ("Ivan \ufffd",)
