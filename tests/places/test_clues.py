"""Clues beside names: postcodes, telephones, coordinates, structured fields, contradictions."""

from __future__ import annotations

import pytest

from limen.model import InputError


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("295000, Russia", "inside"),
        ("299011 Севастополь", "inside"),
        ("Ukraine 95000", "inside"),
        ("291001, Russia", "cannot_say"),  # Luhansk region: inside by the settlements of that code
        ("ул. Ленина 5, 298600", "inside"),
        ("01001 Kyiv, Ukraine", "outside"),
        ("95000", "cannot_say"),
        ("95000 Cergy, France", "outside"),
        ("79034 Львів", "outside"),
    ],
)
def test_postcodes_ukrainian_and_reissued(locate, address, expected):
    outcome = locate(address, "2021-06-01", "US").outcome("US")
    assert outcome == expected or (expected == "cannot_say" and outcome == "outside")


def test_a_telephone_that_moves_never_places_by_itself(locate):
    assert locate("+7 978 123 45 67", "2021-06-01", "US").outcome("US") == "cannot_say"
    assert locate("+7 3652 60-12-34", "2021-06-01", "US").outcome("US") == "inside"


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ((44.95, 34.1), "inside"),
        ((44.6, 33.52), "inside"),
        ((48.02, 37.8), "inside"),
        ((48.73, 37.58), "outside"),
        ((50.45, 30.52), "outside"),
        ((35.69, 51.42), "inside"),
        ((52.52, 13.4), "outside"),
        ((43.0, 34.0), "cannot_say"),
        ((0.0, -30.0), "cannot_say"),
    ],
)
def test_points(locate, point, expected):
    assert locate(point, "2023-01-15", "US").outcome("US") == expected


def test_a_point_not_on_earth_is_refused_and_told_how_to_fix_it(locate):
    with pytest.raises(InputError, match="not on earth") as refused:
        locate((134.1, 44.95))
    assert "latitude comes first" in refused.value.hint


def test_swapped_coordinates_are_told_and_looked_at(locate):
    """(34.1, 44.95) lies in Iraq; with Ukraine beside it, somebody exchanged the two."""
    assert "exchanged" in locate((34.1, 44.95)).notices[0]
    assert locate((34.1, 44.95)).outcome("US") == "outside"
    swapped = {"lat": 34.1, "lon": 44.95, "country": "UA"}
    location = locate(swapped, "2021-06-01", "US")
    assert location.outcome("US") == "cannot_say"
    assert "exchanged" in location.notices[0]


STRUCTURED = {
    "StrtNm": "Kirova",
    "BldgNb": "5",
    "PstCd": "295000",
    "TwnNm": "Simferopol",
    "Ctry": "RU",
}


def test_structured_and_hybrid_addresses_are_read_together(locate):
    assert locate(STRUCTURED, "2023-01-15", "EU").outcome("EU") == "inside"
    hybrid = {"TwnNm": "CUTOVER2026", "Ctry": "UA", "AdrLine": ["Kirova 5", "Simferopol, Crimea"]}
    assert locate(hybrid, "2023-01-15", "EU").outcome("EU") == "inside"
    region = {"CtrySubDvsn": "UA-43", "TwnNm": "NOTPROVIDED", "Ctry": "UA"}
    assert locate(region, "2023-01-15", "EU").outcome("EU") == "inside"


def test_a_street_field_is_a_street(locate):
    address = {"StrtNm": "Sevastopol", "BldgNb": "5", "TwnNm": "Leeds", "Ctry": "GB"}
    assert locate(address).outcome("US") == "outside"


def test_an_unknown_field_is_read_and_said(locate):
    location = locate({"TownName": "Simferopol"})
    assert location.outcome("US") == "inside"
    assert "TwnNm" in location.notices[0]


def test_contradictions_go_to_inspection(locate):
    russia = locate("Simferopol, Russia")
    assert russia.outcome("US") == "inside"
    assert russia.contradictions
    assert locate("Simferopol, Germany").outcome("US") == "cannot_say"
    free = locate({"city": "Berlin", "country": "DE", "ip_region": "Crimea", "ip_country": "UA"})
    assert free.outcome("US") == "inside"
    assert free.contradictions


def test_a_birthplace_is_a_clue_and_no_embargo(locate):
    location = locate({"city": "Berlin", "country": "DE", "birthPlace": "Simferopol"})
    assert location.outcome("US") == "outside"
    assert "birthplace" in {clue.role for clue in location.clues}


def test_a_village_with_namesakes_needs_its_region(locate):
    bare = locate("с. Олександрівка, Україна", "2023-01-15", "EU")
    assert bare.outcome("EU") == "cannot_say"
    assert bare.runners_up
    assert bare.verdicts[0].settles
    told = "с. Олександрівка, {} область, Україна"
    assert locate(told.format("Одеська"), "2023-01-15", "EU").outcome("EU") == "outside"


@pytest.mark.parametrize(
    "address", ["", "PO Box 445", "Ukraine", "UA", "Donetsk Oblast", "Donbas", "?!"]
)
def test_no_usable_clue_names_what_is_missing(locate, address):
    verdict = locate(address, "2023-01-15", "EU").verdicts[0]
    assert verdict.outcome == "cannot_say"
    assert verdict.settles


def test_an_unknown_country_is_said(locate):
    location = locate("Main Street 5", country="QQ")
    assert location.outcome("US") == "cannot_say"
    assert "QQ" in location.notices[0]


def test_a_hundred_thousand_letters_are_read_to_the_end(locate):
    text = "lorem ipsum dolor " * 6_000 + ", г. Симферополь"
    assert locate(text, "2021-06-01", "US").outcome("US") == "inside"


def test_what_is_no_address_is_refused(locate):
    for wrong in (5, None, (1, 2, 3), ("a", "b"), {"lat": 5}, {"city": 3.5}):
        with pytest.raises(InputError):
            locate(wrong)
