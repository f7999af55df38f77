"""Addresses in one line, whatever parts a format prints."""

from __future__ import annotations

import pytest

from limen.lists.readers.ofac.addresses import address_of_parts, address_text


@pytest.mark.parametrize(
    ("parts", "country", "line"),
    [
        (
            {"ADDRESS1": "19 ul. Vavilova", "CITY": "Moscow", "POSTAL CODE": "117312"},
            "Russia",
            "19 ul. Vavilova, Moscow 117312, Russia",
        ),
        (
            {"CITY": "Simferopol", "STATE/PROVINCE": "Crimea", "POSTAL CODE": "95000"},
            "Ukraine",
            "Simferopol, Crimea 95000, Ukraine",
        ),
        ({"CITY": "Jabaliya", "REGION": "Gaza"}, "", "Jabaliya, Region: Gaza"),
        ({"CITY": "Yalta", "REGION": "Crimea"}, "Ukraine", "Yalta, Crimea, Ukraine"),
        ({"REGION": "Gaza"}, "", "Region: Gaza"),
        ({"Unknown": "Korea, North"}, "", "Korea, North"),
        ({}, "Iran", ""),
        ({"CITY": "Tehran"}, "undetermined", "Tehran"),
    ],
)
def test_an_address_out_of_its_parts(parts, country, line):
    assert address_of_parts(parts, country, where="here") == line


def test_the_csv_prints_the_same_line():
    assert address_text(["19 ul. Vavilova"], "Moscow 117312", "Russia") == address_of_parts(
        {"ADDRESS1": "19 ul. Vavilova", "CITY": "Moscow", "POSTAL CODE": "117312"},
        "Russia",
        where="here",
    )
