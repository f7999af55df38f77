"""What each qualifier does to a score, at every boundary: one table a comparison.

The numbers are those of ``limen-1``, which are frozen under its name: to move one is to make a
new matcher.
"""

from __future__ import annotations

import pytest

from limen.model import Party
from limen.screening.profile import Profile
from limen.screening.qualifiers import compare_qualifiers, most_possible, most_with
from limen.screening.weights import WEIGHTS

LIMEN_1 = WEIGHTS["limen-1"]


def profile(**properties: str | tuple[str, ...]) -> Profile:
    values = {n: (v,) if isinstance(v, str) else v for n, v in properties.items()}
    return Profile(Party("Person", values))


def compared(name: str, query: Profile, listed: Profile):
    found = {feature.name: feature for feature in compare_qualifiers(query, listed, LIMEN_1)}
    return found.get(name)


DATES = [
    ("1961-04-09", "1961-04-09", "equal", 0.15, "day", "the same day"),
    ("1961-04", "1961-04", "equal", 0.07, "month", "the same month, and no day"),
    ("1961", "1961", "equal", 0.07, "year", "the same year, and no more"),
    ("1961-04-09", "1961-04", "equal", 0.07, "as far as both say", "the list knows no day"),
    ("1961", "1961-04-09", "equal", 0.07, "as far as both say", "the query knows no day"),
    ("1961-04-09", "1961-09-04", "near", 0.05, "day and month exchanged", "another form"),
    ("1961-04-09", "1961-09-05", "near", -0.12, "same year, another day", "not exchanged"),
    ("1961-04-09", "1961-04-10", "near", -0.12, "same year, another day", "the next day"),
    ("1961-04", "1961-05", "near", -0.12, "same year, another day", "the next month"),
    ("1961-04-09", "1960-04-09", "near", -0.12, "one year apart", "the year before"),
    ("1961-04-09", "1962-09-04", "near", -0.12, "one year apart", "the year decides first"),
    ("1961", "1962", "near", -0.12, "one year apart", "the year after"),
    ("1961", "1963", "conflict", -0.35, "2 years apart", "two years are another birth"),
    ("1961-04-09", "1971-04-09", "conflict", -0.35, "10 years apart", "the same day of a year"),
]


@pytest.mark.parametrize(("query", "listed", "verdict", "moves", "detail", "because"), DATES)
def test_a_date_of_birth(query, listed, verdict, moves, detail, because):
    for one, two in ((query, listed), (listed, query)):
        found = compared("birth_date", profile(birthDate=one), profile(birthDate=two))
        assert (found.verdict, found.contribution, found.detail) == (verdict, moves, detail), (
            because
        )
        assert (found.query, found.listed) == (one, two)
        assert (found.query_field, found.listed_field) == ("birthDate", "birthDate")


OTHERS = [
    ("country", {"nationality": "Russia"}, {"country": "RU"}, "equal", 0.04, "a code is a name"),
    ("country", {"nationality": "Russia"}, {"country": "Peru"}, "conflict", -0.05, "two countries"),
    ("country", {"flag": "Panama"}, {"jurisdiction": "PA"}, "equal", 0.04, "every kind counts"),
    ("country", {"citizenship": "Cuba"}, {"birthCountry": "CU"}, "equal", 0.04, "of birth too"),
    ("country", {"mainCountry": "Mali"}, {"country": "ML"}, "equal", 0.04, "the main one too"),
    ("gender", {"gender": "male"}, {"gender": "M"}, "equal", 0.0, "agreement says nothing"),
    ("gender", {"gender": "female"}, {"gender": "male"}, "conflict", -0.2, "two genders"),
    ("gender", {"gender": "W"}, {"gender": "F"}, "equal", 0.0, "weiblich is female"),
    ("gender", {"gender": "ж"}, {"gender": "female"}, "equal", 0.0, "женский is female"),
    ("gender", {"gender": "м"}, {"gender": "male"}, "equal", 0.0, "мужской is male"),
    ("birth_place", {"birthPlace": "Gorlovka"}, {"birthPlace": "Gorlovka"}, "equal", 0.05, "same"),
    ("birth_place", {"birthPlace": "Gorlovka"}, {"birthPlace": "Gorlovka, Ukraine"}, "equal",
     0.05, "all that the shorter one says"),
    ("birth_place", {"birthPlace": "Gorlovka, Ukraine"}, {"birthPlace": "Gorlovka, Russia"}, "near",
     0.025, "exactly half of the words"),
    ("birth_place", {"birthPlace": "Gorlovka ulitsa Mira"}, {"birthPlace": "Gorlovka Russia now"},
     "conflict", 0.0, "one word of three is less than half, and contradicts nothing"),
    ("birth_place", {"birthPlace": "Gorlovka ulitsa Mira"}, {"birthPlace": "Gorlovka Mira now"},
     "near", 0.0333, "two of three"),
    ("address", {"address": "Rua de la"}, {"address": "Calle de la"}, "conflict", 0.0,
     "small words in common say nothing"),
    ("address", {"address": "Lima"}, {"address": "Lima"}, "equal", 0.05, "a word of four letters"),
    ("address", {"address": "Ufa"}, {"address": "Ufa"}, "conflict", 0.0, "a word of three"),
    ("address", {"full": "Mira 14"}, {"address": "14 Mira"}, "equal", 0.05, "order is no matter"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "query", "listed", "verdict", "moves", "because"), OTHERS)
def test_another_qualifier(name, query, listed, verdict, moves, because):
    found = compared(name, profile(**query), profile(**listed))
    assert (found.verdict, found.contribution) == (verdict, moves), because


@pytest.mark.parametrize("name", ["birth_date", "country", "gender", "birth_place", "address"])
def test_what_only_one_side_says_moves_nothing(name):
    value = {
        "birth_date": {"birthDate": "1961"}, "country": {"country": "Peru"},
        "gender": {"gender": "male"}, "birth_place": {"birthPlace": "Lima"},
        "address": {"address": "Lima"},
    }[name]  # fmt: skip
    filled = profile(**value)
    missing = compared(name, profile(), filled)
    assert (missing.verdict, missing.contribution) == ("missing_query", 0.0)
    assert (missing.query, missing.listed) == ("", *value.values())
    missing = compared(name, filled, profile())
    assert (missing.verdict, missing.contribution) == ("missing_listed", 0.0)
    assert (missing.query, missing.listed) == (*value.values(), "")
    assert compared(name, profile(), profile()) is None


def test_the_best_pair_of_values_counts():
    query = profile(birthDate=("1990", "1961-04-09"))
    found = compared("birth_date", query, profile(birthDate=("1950", "1961-04-09", "1970")))
    assert (found.verdict, found.query, found.listed) == ("equal", "1961-04-09", "1961-04-09")


LIFTS = [
    ({}, 0.0, "a name alone cannot be lifted"),
    ({"birthDate": "1961"}, 0.15, "a date may be the same day"),
    ({"country": "Peru"}, 0.04, ""),
    ({"birthPlace": "Lima"}, 0.05, ""),
    ({"address": "Lima"}, 0.05, "an address corroborates: without it, recall would be lost"),
    ({"gender": "male"}, 0.0, "a gender never lifts"),
    ({"birthDate": "1961", "country": "PE", "birthPlace": "Lima", "address": "Lima"}, 0.29, "all"),
]


@pytest.mark.parametrize(("properties", "most", "because"), LIFTS)
def test_the_most_that_qualifiers_can_lift_a_name(properties, most, because):
    assert most_possible(profile(**properties), LIMEN_1) == pytest.approx(most), because


BOUNDS = [
    ("1961-04-09", ("1961-04-09",), 0.15),
    ("1961-04-09", ("1961",), 0.07),
    ("1961-04-09", ("1990", "1961-09-04"), 0.05),
    ("1961-04-09", ("1990",), -0.35),
    ("1961-04-09", (), 0.0),
]


@pytest.mark.parametrize(("query", "listed", "most"), BOUNDS)
def test_the_most_with_one_listed_party_knows_its_dates(query, listed, most):
    ours, theirs = profile(birthDate=query, country="PE"), profile(birthDate=listed)
    assert most_with(ours, theirs, LIMEN_1) == pytest.approx(most + 0.04)


@pytest.mark.parametrize(("query", "listed", "verdict", "moves", "detail", "because"), DATES)
def test_no_comparison_gives_more_than_its_bound(query, listed, verdict, moves, detail, because):
    ours = profile(birthDate=query, country="PE", birthPlace="Lima", address="Lima", gender="M")
    theirs = profile(birthDate=listed, country="PE", birthPlace="Lima", address="Lima", gender="F")
    gained = sum(each.contribution for each in compare_qualifiers(ours, theirs, LIMEN_1))
    assert gained <= most_with(ours, theirs, LIMEN_1) <= most_possible(ours, LIMEN_1)


def test_a_value_that_cannot_be_read_is_no_value():
    odd = profile(country="Atlantis", gender="unknown")
    assert compared("country", odd, profile(country="PE")).verdict == "missing_query"
    assert compared("gender", odd, profile(gender="male")).verdict == "missing_query"


@pytest.mark.parametrize(
    ("day", "born"),
    [
        ("1900-01-01", False), ("1900-01-02", True), ("1900-02-01", True), ("1901-01-01", True),
        ("1900-01", True), ("1900", True), ("0001-01-01", False), ("9999-12-31", False),
    ],
)  # fmt: skip
def test_days_that_forms_fill_in_are_nobodys_birth(day, born):
    given = profile(birthDate=day)
    assert bool(given.dates) is born
    assert (profile(birthDate=day).first("dates") is not None) is born
