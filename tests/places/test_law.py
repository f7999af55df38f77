"""Territories as law defines them, hour by hour."""

from __future__ import annotations

import pytest

from limen.model import InputError

CASES = [
    # Crimea: fixed, from the day of each act
    ("Yalta, Crimea", "2014-12-18", "US", "outside"),
    ("Yalta, Crimea", "2014-12-19", "US", "inside"),
    ("Yalta, Crimea", "2014-06-22", "EU", "outside"),
    ("Yalta, Crimea", "2014-06-24", "EU", "outside"),
    ("Yalta, Crimea", "2014-06-25", "EU", "inside"),
    ("Yalta, Crimea", "2021-01-01", "UK", "inside"),
    ("Yalta, Crimea", "2019-01-01", "UK", "inside"),
    # DNR: the order of 21 February 2022; the Union two days on; London five weeks on, at five
    ("Donetsk, Ukraine", "2022-02-20", "US", "outside"),
    ("Donetsk, Ukraine", "2022-02-21", "US", "inside"),
    ("Donetsk, Ukraine", "2022-02-23", "EU", "outside"),
    ("Donetsk, Ukraine", "2022-02-24", "EU", "inside"),
    ("Donetsk, Ukraine", "2022-03-30T16:59+01:00", "UK", "outside"),
    ("Donetsk, Ukraine", "2022-03-30T17:01+01:00", "UK", "inside"),
    # the whole oblast is no covered region for the United States, and is one for Australia
    ("Kramatorsk, Ukraine", "2023-01-15", "US", "outside"),
    ("Kramatorsk, Ukraine", "2023-01-15", "AU", "inside"),
    # Kherson was occupied before it was a specified territory, and freed after
    ("Kherson, Ukraine", "2022-10-05", "EU", "outside"),
    ("Kherson, Ukraine", "2022-10-20", "EU", "inside"),
    ("Kherson, Ukraine", "2022-11-11", "EU", "outside"),
    ("Kherson, Ukraine", "2022-10-20", "CA", "inside"),
    ("Melitopol, Ukraine", "2023-06-19", "UK", "outside"),
    ("Melitopol, Ukraine", "2023-06-20", "UK", "inside"),
    ("Melitopol, Ukraine", "2023-01-15", "US", "outside"),
    ("Lyman, Donetsk Oblast", "2022-07-01", "EU", "inside"),
    ("Lyman, Donetsk Oblast", "2022-10-01", "EU", "outside"),
    ("Mariupol", "2022-02-25", "EU", "outside"),
    ("Mariupol", "2023-01-15", "EU", "inside"),
    ("Mariupol", "2022-02-22", "US", "outside"),
    # taken after 21 February 2022: the act names a region and draws none
    ("Mariupol", "2023-01-15", "US", "cannot_say"),
    ("Zolote, Luhansk Oblast", "2022-02-22", "US", "cannot_say"),
    # whole countries, and those that ended
    ("Havana, Cuba", "1963-07-07", "US", "outside"),
    ("Havana, Cuba", "2023-01-15", "US", "inside"),
    ("Tehran", "2023-01-15", "US", "inside"),
    ("Aleppo, Syria", "2025-06-30", "US", "inside"),
    ("Aleppo, Syria", "2025-07-01", "US", "outside"),
    ("Khartoum, Sudan", "2017-10-11", "US", "inside"),
    ("Khartoum, Sudan", "2017-10-12", "US", "outside"),
    ("Pyongyang", "2023-01-15", "EU", "inside"),
    # Russia is no territory under embargo
    ("Moscow, Russia", "2023-01-15", "US", "outside"),
]


@pytest.mark.parametrize(("address", "as_of", "authority", "expected"), CASES)
def test_inside_from_the_hour_the_act_says(locate, address, as_of, authority, expected):
    assert locate(address, as_of, authority).outcome(authority) == expected


def test_three_layers_are_kept_apart(locate):
    """Mariupol: the government's on the day of the order, taken since, and claimed all along."""
    (finding,) = locate("Mariupol", "2023-01-15", "EU").findings
    assert finding.layers.controlled_on_2022_02_21 is False
    assert finding.layers.controlled is True
    assert finding.layers.claimed is True


def test_a_claim_is_never_the_scope(locate):
    """Kramatorsk is claimed and was never held; an address that gives it to the claimant is odd."""
    assert locate("Kramatorsk", "2023-01-15", "EU").outcome("EU") == "outside"
    assert locate("Kramatorsk, DNR", "2023-01-15", "EU").outcome("EU") == "cannot_say"


def test_what_was_not_known_does_not_count(locate):
    """Taken again with what was known on 1 November 2022, Kherson is not freed yet."""
    then = locate("Kherson", "2022-12-01", "EU", known_at="2022-11-01")
    assert then.outcome("EU") == "inside"
    assert locate("Kherson", "2022-12-01", "EU").outcome("EU") == "outside"


def test_an_authority_without_measures_is_refused(locate):
    with pytest.raises(InputError, match="BR"):
        locate("Yalta", "2023-01-15", "BR")


def test_after_the_official_list_ends_a_front_town_cannot_be_told(locate):
    """Order 376 speaks to 7 May 2025; Chasiv Yar lay in the zone of hostilities then."""
    assert locate("Chasiv Yar", "2025-05-01", "EU").outcome("EU") == "outside"
    later = locate("Chasiv Yar", "2026-06-01", "EU")
    assert later.outcome("EU") == "cannot_say"
    assert "later list" in later.verdicts[0].settles


def test_every_measure_has_a_source_and_a_territory(places):
    for measure in places.statutes.law.measures:
        assert measure.source
        assert measure.territories
