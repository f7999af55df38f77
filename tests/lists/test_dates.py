"""Dates as publishers print them."""

import pytest

from limen.lists.dates import read_american_date, read_birth_dates, read_date


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("12 Mar 1965", "1965-03-12"),
        ("Mar 1965", "1965-03"),
        ("1965", "1965"),
        ("17.3.2014", "2014-03-17"),
        ("12 Dec. 2005", "2005-12-12"),
        ("2 December 1985", "1985-12-02"),
        ("28/02/2011", "2011-02-28"),
        ("00/00/1980", "1980"),
        ("00/05/1980", "1980-05"),
        ("2001-02-23-04:00", "2001-02-23"),
        ("2022-02-18T19:54:02Z", "2022-02-18"),
        ("2011-02", "2011-02"),
    ],
)
def test_one_date(printed, read):
    assert str(read_date(printed)) == read


@pytest.mark.parametrize(
    ("printed", "may_be"),
    [
        ("circa 1965", ("1964", "1965", "1966")),
        ("1965 to 1967", ("1965", "1966", "1967")),
        ("01 Jan 1965 to 31 Dec 1967", ("1965", "1966", "1967")),
        ("Mar 1965 to May 1965", ("1965",)),
        ("circa 1979-1982", ("1979", "1980", "1981", "1982")),
        ("circa 12 Mar 1965", ("1964", "1965", "1966")),
        ("1900 to 1990", ()),
    ],
)
def test_uncertain_birth_dates(printed, may_be):
    assert read_birth_dates(printed) == may_be


@pytest.mark.parametrize("printed", ["", "soon", "31/02/2011", "12 Foo 1965", "1965-13-01"])
def test_what_is_no_date_is_refused(printed):
    with pytest.raises(ValueError):
        read_date(printed)


def test_american_order():
    assert str(read_american_date("08/18/2021")) == "2021-08-18"
