"""The names of a query: nothing given is taken away, parts join, disguises are undone."""

import pytest

from limen.model import Party
from limen.screening.query.query_names import query_names


def names_of(schema="Person", **properties):
    return query_names(Party(schema, {name: (value,) for name, value in properties.items()}))


@pytest.mark.parametrize(
    ("properties", "among"),
    [
        ({"name": "Mr", "firstName": "Vladimir", "lastName": "Putin"}, "Vladimir Putin"),
        ({"name": "Putin", "firstName": "Vladimir"}, "Vladimir Putin"),
        ({"name": "Vladimir", "lastName": "Putin"}, "Vladimir Putin"),
        ({"firstName": "Vladimir", "lastName": "Putin"}, "Vladimir Putin"),
        ({"name": "Vladimir Putin; Wladimir Putin"}, "Wladimir Putin"),
        ({"name": "Vla\u200bdimir Putin"}, "Vladimir Putin"),
        ({"name": "&#86;ladimir Putin"}, "Vladimir Putin"),
        ({"name": "V L A D I M I R   P U T I N"}, "VLADIMIR PUTIN"),
    ],
)
def test_a_name_is_read_in_every_way(properties, among):
    found = names_of(**properties)
    assert among in found.names
    if "name" in properties:
        assert properties["name"] in found.names


def test_a_placeholder_is_no_name_beside_one_and_alone():
    party = Party("Person", {"name": ("Unknown", "Vladimir Putin")})
    assert query_names(party).names == ("Vladimir Putin",)
    assert query_names(party).notices == ()
    assert names_of(name="NOTPROVIDED").names == ()


def test_a_name_that_lost_letters_is_reported():
    found = names_of(name="Murm\ufffdnsk Shipping", schema="Company")
    assert [notice.code for notice in found.notices] == ["damaged-name"]


def test_what_was_undone_is_reported():
    (notice,) = names_of(name="Vla\u200bdimir Putin").notices
    assert notice.code == "repaired-name"
    assert "invisible characters" in notice.message
