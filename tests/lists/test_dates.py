"""Dates as publishers print them."""

import pytest

from limen.lists.parsing.dates import dates_in, read_american_date, read_birth_dates, read_date


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
        ("dd/mm/1968", "1968"),
        ("dd/05/1968", "1968-05"),
        ("29-Apr-2026", "2026-04-29"),
        ("26.2. 1970", "1970-02-26"),
        ("2 Oct.1951", "1951-10-02"),
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


@pytest.mark.parametrize(
    ("printed", "mentioned"),
    [
        ("(a) 2.10.1960, (b) 15 Mar. 1961, (c) 1962", ("1960-10-02", "1961-03-15", "1962")),
        ("5.7.1964 or 1967", ("1964-07-05", "1967")),
        ("(a) between 1958 and 1960, (b) Nov. 1973", ("1958", "1959", "1960", "1973-11")),
        ("1965 (approximately)", ("1965",)),
        ("Between Aug. and Sep. 1977", ("1977-09",)),
        ("Approximately 1952", ("1951", "1952", "1953")),
        ("12.3.1990 (renamed on 1.1.2004)", ("1990-03-12", "2004-01-01")),
        ("approved on 31/02/1970", ("1970",)),
        ("Data unavailable", ()),
        ("30-35 years old", ()),
    ],
)
def test_dates_mentioned_in_a_phrase(printed, mentioned):
    assert dates_in(printed) == mentioned


@pytest.mark.parametrize("printed", ["", "soon", "31/02/2011", "12 Foo 1965", "1965-13-01"])
def test_what_is_no_date_is_refused(printed):
    with pytest.raises(ValueError):
        read_date(printed)


def test_american_order():
    assert str(read_american_date("08/18/2021")) == "2021-08-18"


def test_a_long_text_of_ranges_takes_no_quadratic_time():
    assert dates_in("Between 1 Jan 1960 and " * 20_000) == ("1960-01-01",)
