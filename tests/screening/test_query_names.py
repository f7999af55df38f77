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
        ({"name": "CN=PUTIN Vladimir"}, "PUTIN Vladimir"),
        ({"name": "Beneficiary name: Vladimir Putin"}, "Vladimir Putin"),
        ({"name": "VladimirPutin"}, "Vladimir Putin"),
        ({"name": "Vladimir\u2800Putin"}, "Vladimir Putin"),
    ],
)
def test_a_name_is_read_in_every_way(properties, among):
    found = names_of(**properties)
    assert among in found.names
    if "name" in properties:
        assert properties["name"] in found.names


@pytest.mark.parametrize(
    "names",
    [
        ("Vladimir Putin", "VladimirPutin"),
        ("VladimirPutin", "Vladimir Putin"),
        ("Vladimir Putin", "Vla\u200bdimir Putin"),
        ("Vladimir Putin", "Vladimir%20Putin"),
    ],
)
@pytest.mark.parametrize("schema", ["Person", "Company", "Thing"])
def test_another_spelling_takes_no_name_away(schema, names):
    found = query_names(Party(schema, {"name": names}))
    assert "Vladimir Putin" in found.names
    assert "Vladimir Putin" not in found.written


def test_a_company_is_not_compared_under_a_guess():
    assert "Sim Corp" in names_of("Company", name="SimCorp").written
    assert "Sim Corp" not in names_of("Person", name="SimCorp").written


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


@pytest.mark.parametrize(
    ("properties", "compared", "written"),
    [
        ({"name": "&#86;era Lis"}, ["Vera Lis"], ["&#86;era Lis"]),
        ({"name": "<b>Vera</b> Lis"}, ["Vera Lis"], ["<b>Vera</b> Lis"]),
        ({"name": "Vera+L%69s"}, ["Vera Lis"], ["Vera+L%69s"]),
        ({"name": "V E R A   L I S"}, ["VERA LIS"], ["V E R A   L I S"]),
        ({"name": "Vеrа Lis"}, ["Vera Lis"], ["Vеrа Lis"]),  # Cyrillic е and а in a Latin word
        ({"name": "Вера Лис"}, ["Вера Лис"], []),
        ({"name": "Mrs", "firstName": "Vera", "lastName": "Lis"}, ["Vera Lis"], ["Mrs"]),
        ({"name": "Lis", "firstName": "Vera"}, ["Vera Lis"], ["Lis"]),
        ({"name": "Vera Lis; Anna Lis"}, ["Vera Lis", "Anna Lis"], ["Vera Lis; Anna Lis"]),
        ({"name": "Lis; Vera"}, ["Lis; Vera", "Lis", "Vera"], []),
        ({"name": "Vera\nLis"}, ["Vera\nLis"], []),
        ({"name": "Tolva\nVera Lis"}, ["Tolva\nVera Lis", "Tolva", "Vera Lis"], []),
        ({"name": "Vera <Lis>"}, ["Vera <Lis>"], []),
        ({"name": "Vera <Li>"}, ["Vera <Li>"], []),
        ({"name": "Vera <lis></lis>"}, ["Vera <lis></lis>"], []),
        (
            {"name": "Account Holder", "lastName": "Lis"},
            ["Account Holder", "Account Holder Lis"],
            ["Lis"],
        ),
        ({"name": "Tolva", "firstName": "Vera", "lastName": "Lis"}, ["Tolva", "Vera Lis"], []),
        ({"alias": "Tolva", "firstName": "Vera", "lastName": "Lis"}, ["Tolva", "Vera Lis"], []),
        ({"name": "Vera Lis", "weakAlias": "lis"}, ["Vera Lis", "lis"], []),
        ({"name": "Vera Lis", "indexText": "lis"}, ["Vera Lis"], ["lis"]),
        ({"name": "Vera Lis", "indexText": "Tolva"}, ["Vera Lis"], []),
        ({"name": "Vera Lis", "weakAlias": "Lis", "indexText": "Lis"}, ["Vera Lis", "Lis"], []),
        ({"name": "Vera Lis", "weakAlias": "Tolva"}, ["Vera Lis", "Tolva"], []),
        ({"name": "Lis", "weakAlias": "lis"}, ["Lis", "lis"], []),
        ({"weakAlias": "Lis"}, ["Lis"], []),
        ({"name": "Wong 李克強", "weakAlias": "李克強"}, ["Wong 李克強", "李克強"], []),
        ({"name": "李克強", "lastName": "Wong"}, ["李克強", "李克強 Wong"], ["Wong"]),
        (
            {"name": "LIS_VERA_PETROVNA", "firstName": "Oleg", "lastName": "Stil"},
            ["LIS_VERA_PETROVNA", "Oleg Stil"],
            [],
        ),
    ],
)
def test_what_is_no_text_to_read_is_looked_up_as_it_is_written(properties, compared, written):
    found = names_of(**properties)
    assert found.names == (*compared, *written)
    assert found.written == set(written)


@pytest.mark.parametrize(("name", "codes"), [("Mrs", ["unusable-name"]), ("Vera Mrs", [])])
def test_a_title_alone_is_no_name(name, codes):
    assert [notice.code for notice in names_of(name=name).notices] == codes


def test_words_are_counted_in_what_is_compared():
    spaced = "   ".join(" ".join(word) for word in ["International", "Holdings", "Limited"])
    assert "cut-name" not in [notice.code for notice in names_of("Company", name=spaced).notices]


@pytest.mark.parametrize(
    ("schema", "name", "compared"),
    [
        ("Thing", "Mr Han Yu-ro", ("Mr Han Yu-ro", "Han Yu-ro")),
        ("LegalEntity", "Г-н Иван Лис", ("Г-н Иван Лис", "Иван Лис")),
        ("Company", "Dr. Vera Lis", ("Dr. Vera Lis", "Vera Lis")),
        ("Person", "Mr Han Yu-ro", ("Mr Han Yu-ro",)),
        ("Thing", "Mr Han", ("Mr Han",)),
        ("Thing", "Mrkonjic Grad Holding", ("Mrkonjic Grad Holding",)),
    ],
)
def test_a_form_of_address_is_left_out_where_the_kind_is_open(schema, name, compared):
    assert names_of(schema, name=name).names == compared
