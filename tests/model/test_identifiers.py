"""Identifiers: checksums of the issuers, canonical forms, and what says too little."""

import time

import pytest

from limen.model import Party
from limen.model.identifiers import (
    canonical,
    identifiers,
    numbers_as_names,
    valid_bic,
    valid_imo,
    valid_inn,
    valid_isin,
    valid_lei,
    valid_ogrn,
)


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (valid_imo, "9074729", "9074728"),
        (valid_lei, "529900T8BM49AURSDO55", "529900T8BM49AURSDO56"),
        (valid_isin, "US0378331005", "US0378331004"),
        (valid_inn, "7707083893", "7707083894"),
        (valid_inn, "772615073145", "772615073146"),
        (valid_ogrn, "1027700132195", "1027700132196"),
        (valid_bic, "SABRRUMM", "SABRRUM"),
    ],
)
def test_checksums(check, right, wrong):
    assert check(right)
    assert not check(wrong)


@pytest.mark.parametrize(
    ("name", "printed", "key"),
    [
        ("imoNumber", "IMO 9074729", "9074729"),
        ("imoNumber", "imo no. 9074729", "9074729"),
        ("swiftBic", "sabr ru mm xxx", "SABRRUMM"),
        ("swiftBic", "SABRRUMM012", "SABRRUMM"),
        ("passportNumber", "AB 123-456", "AB123456"),
        ("cryptoAddress", "0xAbC0", "0xabc0"),
        (
            "cryptoAddress",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        ),
    ],
)
def test_what_people_type_differently_is_the_same(name, printed, key):
    assert canonical(name, printed) == key


def test_a_short_document_number_says_nothing():
    party = Party("Person", {"passportNumber": ("123", "NONE", "AB123456")})
    assert [number.keys for number in identifiers(party)] == [(("document", "AB123456"),)]


@pytest.mark.parametrize(
    ("schema", "name", "printed", "key"),
    [
        ("Company", "idNumber", "529900T8BM49AURSDO55", ("lei", "529900T8BM49AURSDO55")),
        ("Company", "idNumber", "VTBRRUMM", ("bic", "VTBRRUMM")),
        ("Company", "registrationNumber", "info@vtb.ru", ("email", "info@vtb.ru")),
        ("Company", "idNumber", "+7 (495) 739-77-99", ("phone", "74957397799")),
        ("Vessel", "idNumber", "9074729", ("imo", "9074729")),
    ],
)
def test_a_number_under_another_property_is_compared_as_what_it_is(schema, name, printed, key):
    (number,) = identifiers(Party(schema, {name: (printed,)}))
    assert key in number.keys


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("9074729", ("imo", "9074729")),
        ("VTBRRUMM", ("bic", "VTBRRUMM")),
        ("529900T8BM49AURSDO55", ("lei", "529900T8BM49AURSDO55")),
        ("PAT040318GF7", ("document", "PAT040318GF7")),
        ("BG 202647305", ("document", "BG202647305")),
        ("info@vtb.ru", ("email", "info@vtb.ru")),
        ("www.vtb.ru", ("website", "vtb.ru")),
        ("0xAB5801A7D398351B8BE11C439E05C5B3259AEC9B", ("wallet", "0xab5801a7d398351b8be11c439e05c5b3259aec9b")),
    ],
)  # fmt: skip
def test_a_number_given_as_a_name_is_compared(printed, key):
    (number,) = numbers_as_names(Party("Thing", {"name": (printed,)}))
    assert key in number.keys


def test_a_long_name_of_numbers_takes_no_time():
    start = time.process_time()
    assert not list(numbers_as_names(Party("Thing", {"name": ("2021 " * 2_000 + "company",)})))
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    "name", ["Ivan Petrov", "1688.com Trading", "Unit 12345", "SEVERSTAL", "3M"]
)
def test_a_name_is_no_number(name):
    assert list(numbers_as_names(Party("Thing", {"name": (name,)}))) == []
