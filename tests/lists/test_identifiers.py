"""Numbers taken out of the words around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.lists.parsing.identifiers import identifiers_in
from limen.model import DataError


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("592667", ["592667"]),
        ("D 000974 (Afghan)", ["D 000974"]),
        ("'0216155930", ["0216155930"]),
        ("Passport No: 592667 (Qatari passport issued on 3 May 2007).", ["592667"]),
        ("Jordanian passport numbers (1) K048787 (2) 486298", ["K048787", "486298"]),
        ("(1) 6487 (Egypt). Issued 30 Jan 1986. (2) (Eqypt). Issued 1993.", ["6487"]),
        ("Russian Passport number 8208 No. 555627", ["8208 No. 555627"]),
        ("96 03 464086, Russian passport, issued on 01/06/2003", ["96 03 464086"]),
        ("CAR Diplomatic Passport No D00000897 issued 5 April 2013", ["D00000897"]),
        ("Passport no. BPA C700RKL8R4 (German). Issued on 18 Feb. 2010", ["BPA C700RKL8R4"]),
        (
            (
                "Yemeni passport number 17979 issued under name Ahmed. "
                "Yemeni passport number 02117777 issued on 8.11.2005."
            ),
            ["17979", "02117777"],
        ),
        ("12/SAKHANA(N)020199", ["12/SAKHANA(N)020199"]),
        ("Iran Registration No. - 126785", ["126785"]),
        ("Does not exist", []),
        ("1147746527279 dated 27/07/1992", ["1147746527279"]),
    ],
)
def test_numbers_without_their_words(printed, numbers):
    assert identifiers_in(printed, "passportNumber") == tuple(
        ("passportNumber", number) for number in numbers
    )


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("7725842590 (Tax ID/INN)", {("innCode", "7725842590")}),
        (
            "INN: 7705260427OGRN: 1037739042912",
            {("innCode", "7705260427"), ("ogrnCode", "1037739042912")},
        ),
        ("5404154492 / 540501001", {("innCode", "5404154492"), ("kppCode", "540501001")}),
        (
            "7729405872 KPP: 772701001",
            {("registrationNumber", "7729405872"), ("kppCode", "772701001")},
        ),
        ("6038735 (IMO-number)", {("imoNumber", "6038735")}),
        ("IMO9274446", {("imoNumber", "9274446")}),
        ("91210283MAC567EQ70 (USCC)", {("uscCode", "91210283MAC567EQ70")}),
        ("Italian Fiscal Code DAOMMD74T11Z352Z", {("taxNumber", "DAOMMD74T11Z352Z")}),
        ("SSN 156-92-9858 (United States)", {("socialSecurityNumber", "156-92-9858")}),
        (
            "Tax ID No. 7735007358 (Russia); Registration Number 1027700073466 (Russia)",
            {("taxNumber", "7735007358"), ("registrationNumber", "1027700073466")},
        ),
    ],
)
def test_a_label_decides_which_register_a_number_is_of(printed, found):
    assert set(identifiers_in(printed, "registrationNumber")) == found


@given(st.text(max_size=80))
def test_any_text_can_be_read_and_every_number_was_printed(text):
    for _, number in identifiers_in(text, "idNumber"):
        assert any(char.isdigit() for char in number) or number.isupper()
        assert set(number.replace(" ", "")) <= set(text)


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        (
            "OGRN: 1247700291200\nKPP: 770701001\nINN: 9707028663",
            {
                ("ogrnCode", "1247700291200"),
                ("kppCode", "770701001"),
                ("innCode", "9707028663"),
            },
        ),
        ("INN - 5045023416", {("innCode", "5045023416")}),
        (
            "12345678\n87654321",
            {("registrationNumber", "12345678"), ("registrationNumber", "87654321")},
        ),
        (
            "HRB 12345\r\nHRB 99887",
            {("registrationNumber", "HRB 12345"), ("registrationNumber", "HRB 99887")},
        ),
        ("No. 12345678\nissued on 12/08/2009", {("registrationNumber", "12345678")}),
    ],
)
def test_every_line_with_a_number_is_a_number_of_its_own(printed, numbers):
    assert set(identifiers_in(printed, "registrationNumber")) == numbers


def test_a_cell_longer_than_any_that_was_printed_is_refused():
    longest = "1534407 (BVI)" * 7_692
    assert identifiers_in(longest[:100_000], "registrationNumber")
    with pytest.raises(DataError, match="100,001 characters"):
        identifiers_in("x" * 100_001, "registrationNumber")
