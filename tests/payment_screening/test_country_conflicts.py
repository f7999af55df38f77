"""Countries that contradict each other: a finding of its own, and an outcome of the policy."""

from __future__ import annotations

import pytest
from tests.payment_messages import pacs008, transaction
from tests.screened import small_home

from limen.payment_screening.policy_file import parse_policy

DAY = "2022-03-01"
LINE = "<PstlAdr><TwnNm>London</TwnNm><Ctry>GB</Ctry><AdrLine>12 Park Road, {}</AdrLine></PstlAdr>"
POLICY = """default_channel = "a"
[channels.a]
description = "One."
[channels.a.outcomes]
country_conflict = "{}"
account_abroad = "{}"
"""
IBAN = "<CdtrAcct><Id><IBAN>{}</IBAN></Id></CdtrAcct>"
GERMAN, BRITISH = "DE89370400440532013000", "GB29NWBK60161331926819"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return small_home(tmp_path_factory.mktemp("conflicts"))


def decided(engine, *, policy=None, channel=None, **given):
    (answer,) = engine.screen_payment(
        pacs008(transaction(**given)), as_of=DAY, policy=policy, channel=channel
    ).transactions
    return answer


def conflicts(answer):
    return [
        (each.code, each.country, each.other_country)
        for element in answer.elements
        for each in element.conflicts
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"debtor_address": LINE.format("Spain")}, [("country-conflict", "ES", "GB")]),
        ({"debtor_address": LINE.format("United Kingdom")}, []),
        ({"debtor_address": LINE.format("Flat 2")}, []),
        ({"more": IBAN.format(GERMAN)}, [("iban-differs-from-bic", "DE", "GB")]),
        ({"more": IBAN.format(BRITISH)}, []),
        ({"more": IBAN.format(BRITISH), "creditor_agent": "BARCJESH"}, []),
    ],
    ids=["line", "same country", "no country", "account abroad", "account at home", "Jersey"],
)
def test_a_conflict_is_a_finding_of_its_element(engine, given, expected):
    answer = decided(engine, **given)
    assert conflicts(answer) == expected
    assert (answer.decision, answer.outcome) == ("pass", "clear")


@pytest.mark.parametrize("does", ["pass", "hold", "reject"])
def test_the_policy_says_what_a_conflict_does(engine, does):
    line, account = {"debtor_address": LINE.format("Spain")}, {"more": IBAN.format(GERMAN)}
    for given, keys in ((line, (does, "pass")), (account, ("hold", does))):
        policy = parse_policy(POLICY.format(*keys).encode(), "own.toml")
        answer = decided(engine, policy=policy, **given)
        assert answer.decision == does
        assert answer.outcome == ("clear" if does == "pass" else "review")
        assert len(answer.reasons) == (does != "pass")
    assert "DE, and " in "".join(answer.reasons) or does == "pass"


def test_the_strict_channel_holds_an_address_that_contradicts_itself(engine):
    answer = decided(engine, channel="strict", debtor_address=LINE.format("Spain"))
    assert (answer.decision, answer.outcome) == ("hold", "review")
    assert answer.reasons[0].endswith("/Dbtr/PstlAdr/Ctry says GB: hold")
