"""Columns find their properties, say why, and can be overruled."""

from __future__ import annotations

import pytest
from tests.batch.tables import columns_of, mapped, parties

from limen.batch.columns.mapping import parse_wish
from limen.model import InputError

#: Values that bear a heading out.
_VALUES = {"birthDate": "1968-01-02", "imoNumber": "9074729"}
LEI = "5493001KJTIIGC8Y1R12"


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Name", "name"),
        ("customer_name", "name"),
        ("Counterparty", "name"),
        ("ФИО", "name"),
        ("Nom complet", "name"),
        ("DOB", "birthDate"),
        ("Date of Birth", "birthDate"),
        ("Geburtsdatum", "birthDate"),
        ("Vorname", "firstName"),
        ("Last name", "lastName"),
        ("Country of residence", "country"),
        ("customer country", "country"),
        ("Nationalité", "nationality"),
        ("Passport No.", "passportNumber"),
        ("Tax ID", "taxNumber"),
        ("ИНН", "innCode"),
        ("SWIFT/BIC", "swiftBic"),
        ("bic", "swiftBic"),
        ("LEI code", "leiCode"),
        ("IMO number", "imoNumber"),
        ("Wallet address", "cryptoAddress"),
        ("Street", "address_part"),
        ("customer_id", "id"),
        ("birthDate", "birthDate"),
        ("Balance", ""),
        ("Currency", ""),
    ],
)
def test_headings_are_understood(opened, heading, target):
    value = _VALUES.get(target, "x")
    assert mapped(opened(f"full name,{heading}\nOleg Deripaska,{value}\n"))[heading] == target


def test_what_maps_to_nothing_is_named_and_not_screened(opened):
    table = opened("name,exposure\nOleg Deripaska,12\n")
    assert mapped(table)["exposure"] == ""


def test_a_wish_beats_the_heading_and_a_blank_wish_leaves_a_column_out(opened):
    content = "name,ref,country\nOleg Deripaska,AB123456,de\n"
    found = mapped(opened(content), targets={"ref": "passportNumber", "country": ""})
    assert found == {"name": "name", "ref": "passportNumber", "country": ""}


def test_a_wish_for_a_column_that_is_not_there_says_which_was_meant(opened):
    with pytest.raises(InputError, match="no column 'nmae'") as caught:
        mapped(opened("name\nA B\n"), targets={"nmae": "name"})
    assert "name" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [("dob=birthdate", "dob=birthDate"), ("dob=geburtsdatum", "dob=birthDate"), ("dob", "--map")],
)
def test_a_wish_for_an_unknown_property_says_which_was_meant(text, hint):
    with pytest.raises(InputError) as caught:
        parse_wish(text)
    assert hint in caught.value.hint


def test_a_column_with_an_equals_sign_can_be_wished_for():
    assert parse_wish("a=b=name") == ("a=b", "name")


def test_identifiers_are_known_by_their_check_digits(opened):
    wallet = "0x" + "ab" * 20
    table = opened(f"name,x,y,z\nA B,{LEI},IMO 9074729,{wallet}\n")
    assert mapped(table) == {"name": "name", "x": "leiCode", "y": "imoNumber", "z": "cryptoAddress"}


def test_names_are_known_by_their_values_when_no_heading_says_so(opened):
    table = opened("Kontrahent X,country\nOleg Deripaska,ru\nSergey Aksyonov,ru\n")
    columns, _ = columns_of(table)
    assert columns.columns[0].target == "name"
    assert columns.columns[0].basis == "values"


def test_a_country_or_birth_date_is_never_guessed_from_values(opened):
    table = opened("name,x,y\nOleg Deripaska,RU,1968-01-02\n")
    columns, _ = columns_of(table)
    assert [column.target for column in columns.columns] == ["name", "", ""]
    assert "--map y=birthDate" in columns.columns[2].note


def test_without_a_name_or_identifier_nothing_can_be_screened(opened):
    with pytest.raises(InputError, match="no column holds a name") as caught:
        mapped(opened("country,amount\nde,1\n"))
    assert "--map" in caught.value.hint


def test_a_type_column_of_other_types_is_no_kind_of_party(opened):
    table = opened("name,type\nA B,savings\nC D,current\n")
    columns, _ = columns_of(table)
    assert columns.columns[1].target == ""
    assert "no kinds" in columns.columns[1].note


#: A heading, and a value that is not what it says.
_BELIED = [
    ("flag", "Y"),
    ("imo", "1234568"),
    ("MMSI", "12"),
    ("call sign", "x1234567"),
    ("category", "V"),
    ("kind", "bank"),
    ("type", "retail"),
    ("gender", "7"),
    ("birth date", "n. n."),
    ("passport", "Oleg Deripaska"),
    ("alias", "C000123"),
    ("id", "Oleg Deripaska"),
]


@pytest.mark.parametrize(("heading", "value"), _BELIED)
def test_a_heading_that_its_values_do_not_bear_out_is_dropped_with_a_note(opened, heading, value):
    columns, _ = columns_of(opened(f"name,{heading}\nSergey Aksyonov,{value}\n"))
    column = columns.columns[1]
    assert (column.target, column.basis) == ("", "")
    assert column.note.startswith("its values")


@pytest.mark.parametrize(("heading", "value"), _BELIED)
def test_the_user_s_word_stands_against_the_values(opened, heading, value):
    content = f"full name,{heading}\nSergey Aksyonov,{value}\n"
    assert mapped(opened(content), targets={heading: "notes"})[heading] == "notes"


def test_names_under_id_are_found_where_the_names_are_codes(opened):
    table = opened("name,id\nC000001,Sergey Aksyonov\nC000002,Oleg Deripaska\n")
    assert mapped(table) == {"name": "", "id": "name"}


def test_names_under_a_heading_that_says_nothing_are_found_where_name_is_empty(opened):
    table = opened("name,remarks\n,Sergey Aksyonov\n,Oleg Deripaska\n")
    assert mapped(table) == {"name": "name", "remarks": "name"}


def test_two_columns_that_look_like_names_are_asked_about(opened):
    with pytest.raises(InputError, match="several columns look like names") as caught:
        mapped(opened("x,y,country\nSergey Aksyonov,Oleg Deripaska,ru\n"))
    assert "--map x=name" in caught.value.hint


def test_a_column_of_names_that_is_not_compared_is_noted(opened):
    columns, _ = columns_of(opened("name,agent\nSergey Aksyonov,Oleg Deripaska\n"))
    assert "--map agent=name" in columns.columns[1].note


def test_only_the_first_of_two_keys_is_the_key(opened):
    table = opened("customer_id,ref,name\n1,2,A B\n")
    assert mapped(table) == {"customer_id": "id", "ref": "", "name": "name"}


def test_failing_check_digits_are_told(opened):
    columns, _ = columns_of(opened("name,lei\nA B,5493001KJTIIGC8Y1R13\n"))
    assert "1 of 1 fail the check" in columns.columns[1].note


class TestDates:
    def test_a_column_shows_its_own_order(self, opened):
        rows = "A B,03/04/1961\nC D,25/12/1970\n"
        assert _dates(opened(f"name,dob\n{rows}")) == ["1961-04-03", "1970-12-25"]
        rows = "A B,03/04/1961\nC D,12/25/1970\n"
        assert _dates(opened(f"name,dob\n{rows}")) == ["1961-03-04", "1970-12-25"]

    def test_an_order_nobody_can_tell_is_asked_for(self, opened):
        with pytest.raises(InputError, match="03/04/1961") as caught:
            _dates(opened("name,dob\nA B,03/04/1961\n"))
        assert "--date-order" in caught.value.hint

    def test_two_orders_in_one_column_are_told(self, opened):
        with pytest.raises(InputError, match="25/12/1970 and 12/25/1971"):
            _dates(opened("name,dob\nA B,25/12/1970\nC D,12/25/1971\n"))

    def test_the_order_asked_for_is_taken(self, opened):
        content = "name,dob\nA B,03/04/1961\n"
        assert _dates(opened(content), date_order="mdy") == ["1961-03-04"]
        assert _dates(opened(content), date_order="dmy") == ["1961-04-03"]

    def test_dots_are_day_first(self, opened):
        assert _dates(opened("name,dob\nA B,03.04.1961\n")) == ["1961-04-03"]

    def test_shapes_may_be_mixed(self, opened):
        rows = ("1961-04-03", "19610403", "3 Apr 1961", "03-Apr-1961", "April 3, 1961", "1961")
        content = "name,dob\n" + "".join(f'A B,"{row}"\n' for row in rows)
        assert _dates(opened(content)) == ["1961-04-03"] * 5 + ["1961"]

    def test_a_date_that_is_none_is_left_to_be_told_by_the_answer(self, opened):
        assert _dates(opened("name,dob\nA B,31/02/1980\n")) == ["31/02/1980"]

    def test_blanks_and_words_for_nothing_are_no_dates(self, opened):
        assert _dates(opened("name,dob\nA B,\nC D,N/A\nE F,1961\n")) == [None, None, "1961"]


def _dates(table, **wishes):
    found = [each["properties"].get("birthDate", [None]) for each in parties(table, **wishes)]
    return [values[0] for values in found]


def test_the_schema_wished_for_is_checked(opened):
    with pytest.raises(InputError, match="unknown schema") as caught:
        mapped(opened("name\nA B\n"), schema="Compny")
    assert "Company" in caught.value.hint


def test_a_column_of_names_that_holds_none_is_asked_back_where_another_does(opened):
    names = ("Anna Nowak", "Jan Kos", "Li Wei", "Oleg Orlov", "Eva Lind", "Tom Ford")
    rows = "".join(f"Account {at},{name}\n" for at, name in enumerate(names))
    with pytest.raises(InputError, match="those of description do"):
        mapped(opened(f"name,description\n{rows}"))
    found = mapped(opened(f"name,description\n{rows}"), targets={"description": "name"})
    assert found == {"name": "name", "description": "name"}
