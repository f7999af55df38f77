"""Identifiers: checksums of the issuers, canonical forms, and what says too little."""

import pytest

from limen.model import Party
from limen.model.identifiers import (
    canonical,
    identifiers,
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
