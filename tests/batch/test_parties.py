"""A row becomes the widest party that can carry what it says; nothing it says is dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.batch.tables import parties

from limen.batch.row_party import Column, Columns, party_of
from limen.batch.tables.table import Row
from limen.model import DataError, read_party


def _only(opened, content: str) -> dict:
    (party,) = parties(opened(content))
    return party


def test_parts_of_a_name_are_joined(opened):
    party = _only(opened, "first name,patronymic,surname\nSergey,Valeryevich,Aksyonov\n")
    assert party["schema"] == "Person"
    assert party["properties"]["name"] == ["Sergey Valeryevich Aksyonov"]


def test_parts_of_an_address_are_one_address(opened):
    party = _only(opened, "name,street,city,zip,address\nA B,Lenina 1,Simferopol,95000,Box 7\n")
    assert party["properties"]["address"] == ["Box 7", "Lenina 1, Simferopol, 95000"]


@pytest.mark.parametrize(
    ("columns", "values", "schema"),
    [
        ("name", "A B", "Thing"),
        ("name,dob", "A B,1961", "Person"),
        ("name,nationality", "A B,ru", "Thing"),
        ("name,email", "A B,a@b.example", "LegalEntity"),
        ("name,flag", "A B,ru", "Thing"),
        ("name,flag", "A B,Y", "Thing"),
        ("name,imo", "A B,1234568", "Thing"),
        ("name,category", "A B,V", "Thing"),
        ("name,kind", "A B,bank", "Thing"),
        ("name,type", "A B,retail", "Thing"),
        ("name,call sign", "A B,", "Thing"),
        ("name,call sign", "A B,x1234567", "Thing"),
        ("name,position", "A B,long", "Thing"),
        ("name,passport", "A B,AB123456", "Person"),
        ("name,imo", "SIG,9735335", "Vessel"),
        ("name,type", "A B,individual", "Person"),
        ("name,type", "A B,Company", "Organization"),
        ("name,type,isinCode", "A B,Company,RU0009029540", "Organization"),
        ("name,type", "SIG,ship", "Vessel"),
    ],
)
def test_the_kind_is_the_widest_that_fits(opened, columns, values, schema):
    content = f"{columns}\n{values}\n"
    assert _only(opened, content)["schema"] == schema


def test_an_unknown_kind_leaves_the_kind_open_and_is_noticed():
    columns = Columns((Column("name", "name"), Column("type", "schema")))
    row = Row(2, {"name": "A B", "type": "Trust"})
    party, notices = party_of(row, columns, where="x")
    assert party["schema"] == "Thing"
    assert [notice.code for notice in notices] == ["unknown-kind"]


def test_what_is_said_of_people_is_said_otherwise_of_others(opened):
    content = "name,type,nationality,dob,passport\nX Ltd,company,ru,2001-05-06,AB123456\n"
    assert _only(opened, content)["properties"] == {
        "name": ["X Ltd"],
        "country": ["ru"],
        "incorporationDate": ["2001-05-06"],
        "idNumber": ["AB123456"],
    }


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (("Putin", "Vladimir", ""), ["Putin", "Vladimir", "Vladimir Putin"]),
        (("Mr", "Vladimir", "Putin"), ["Mr", "Vladimir Putin"]),
        (("Vladimir", "", "Putin"), ["Vladimir", "Putin", "Vladimir Putin"]),
    ],
)
def test_parts_of_a_name_join_the_name_whatever_the_kind(cells, names):
    columns = Columns(
        (
            Column("name", "name"),
            Column("first", "firstName"),
            Column("last", "lastName"),
            Column("type", "schema"),
        )
    )
    row = Row(2, dict(zip(("name", "first", "last"), cells, strict=True)) | {"type": "Company"})
    assert party_of(row, columns, where="x")[0]["properties"] == {"name": names}


@pytest.mark.parametrize(
    ("cells", "names", "words"),
    [
        ("Dmitry,A,B,Medvedev", ["Dmitry A B Medvedev", "Medvedev"], ["Dmitry", "A", "B"]),
        ("Roman Arkadyevich,Abramovich,,",
         ["Roman Arkadyevich Abramovich", "Roman Arkadyevich", "Abramovich"], []),
        ("Mr,Roman,Arkadyevich,Abramovich",
         ["Mr Roman Arkadyevich Abramovich", "Arkadyevich", "Abramovich"], ["Mr", "Roman"]),
        ("Vera,N/A,-,Lis", ["Vera Lis", "Vera N/A - Lis", "Lis"], ["Vera"]),
        ("Lis,N/A,,", ["Lis", "Lis N/A"], []),
        ("Vera Lis,Anna Lis,,", ["Vera Lis", "Anna Lis"], []),
        ("Lis,Lis,,", ["Lis"], []),
        ("Sberbankk,Gazprommbank,,",
         ["Sberbankk Gazprommbank", "Sberbankk", "Gazprommbank"], []),
        ("Анна,Anna,,", ["Анна Anna", "Анна", "Anna"], []),
    ],
)  # fmt: skip
def test_words_under_a_heading_that_the_table_repeats_may_be_the_parts_of_a_name(
    opened, cells, names, words
):
    properties = _only(opened, f"name,name,name,name\n{cells}\n")["properties"]
    assert properties == {"name": names} | ({"indexText": words} if words else {})


@pytest.mark.parametrize(
    ("kind", "cells", "names", "words"),
    [
        ("person", "Vera,Lis", ["Vera Lis"], ["Vera", "Lis"]),
        ("person", "李克強,李強", ["李克強 李強", "李克強", "李強"], []),
        ("person", "Лис,Lis", ["Лис Lis", "Лис", "Lis"], []),
        ("company", "Vera,Lis", ["Vera Lis", "Vera", "Lis"], []),
        ("vessel", "Anna,Hannah", ["Anna Hannah", "Anna", "Hannah"], []),
    ],
)
def test_the_kind_decides_whether_words_are_parts(opened, kind, cells, names, words):
    properties = _only(opened, f"type,name,name\n{kind},{cells}\n")["properties"]
    assert properties == {"name": names} | ({"indexText": words} if words else {})


@pytest.mark.parametrize(
    ("given", "added"), [(["Vera", "Lis"], ["Vera Lis"]), (["Vera", "O", "P", "Lis"], [])]
)
def test_words_in_a_list_may_be_aliases_and_stay_names(given, added):
    party, _ = party_of(Row(2, {"name": given}), Columns((Column("name", "name"),)), where="x")
    assert party["properties"] == {"name": [*given, *added]}


def test_letters_are_kinds_where_the_user_says_so(opened):
    content = "name,category\nSIG,V\n"
    (party,) = parties(opened(content), targets={"category": "schema"})
    assert party["schema"] == "Vessel"


def test_several_values_in_a_cell_are_several_values_but_a_name_is_one(opened):
    party = _only(opened, 'name,alias,nationality\nA; B,"C; D|E","ru;ua"\n')
    assert party["properties"]["name"] == ["A; B"]
    assert party["properties"]["alias"] == ["C", "D", "E"]


def test_a_row_without_name_and_identifier_is_refused():
    columns = Columns((Column("name", "name"), Column("country", "country")))
    with pytest.raises(DataError, match="neither a name nor an identifier"):
        party_of(Row(2, {"name": " ", "country": "de"}), columns, where="x")


def test_a_party_called_null_is_screened():
    columns = Columns((Column("name", "name"), Column("country", "country")))
    party, _ = party_of(Row(2, {"name": "Null", "country": "null"}), columns, where="x")
    assert party["properties"] == {"name": ["Null"]}


_TARGETS = (
    "name", "alias", "birthDate", "country", "nationality", "passportNumber", "imoNumber",
    "leiCode", "firstName", "lastName", "address", "gender", "flag",
)  # fmt: skip
_KINDS = st.sampled_from(["", "person", "company", "vessel", "wallet", "Trust"])


@given(
    st.dictionaries(st.sampled_from(_TARGETS), st.text("abc é12;", min_size=1, max_size=8)), _KINDS
)
def test_every_name_and_value_of_a_row_reaches_the_engine_or_its_notices(cells, kind):
    columns = Columns(
        (*(Column(name, name) for name in _TARGETS), Column("type", "schema")),
    )
    try:
        wire, _ = party_of(Row(2, {**cells, "type": kind}), columns, where="x")
    except DataError:
        return
    reading = read_party(wire)
    told = {notice.field for notice in reading.notices}
    for name, values in wire["properties"].items():
        assert name in told or set(reading.party.properties[name]) <= set(values)
