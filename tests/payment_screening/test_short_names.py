"""People named in short, names inside longer ones, and the countries that a payment names."""

from __future__ import annotations

import pytest
from tests.payment_messages import pacs008, transaction
from tests.worlds import Band, a_list, listed, registry, world

from limen.law.ownership.stakes_file import Stakes

DAY = "2022-03-01"
PEOPLE = (
    "Roman Arkadyevich ABRAMOVICH", "MADURO MOROS, Nicolas", "Alisher Burkhanovich USMANOV",
    "Maxim Anatolyevich IVANOV", "Yuri Valentinovich KOVALCHUK",
)  # fmt: skip
COMPANIES = ("Garantex", "National Bank", "Polymer LLC")


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(a_list("us_ofac_sdn", "US", max_age_days=14, records=Band(min=1, max=20)))
    entries = [
        listed(str(number), name, "Person" if name in PEOPLE else "Company")
        for number, name in enumerate((*PEOPLE, *COMPANIES))
    ]
    return world(tmp_path_factory.mktemp("short"), lists, {"us_ofac_sdn": {"2022-02-25": entries}})


def decision(engine, **given):
    message = pacs008(transaction(**given))
    return engine.screen_payment(message, as_of=DAY).decision


@pytest.mark.parametrize(
    "name",
    [
        "ROMAN ABRAMOVICH", "MR ROMAN ABRAMOVICH", "ABRAMOVICH R A", "R. ABRAMOVICH",
        "NICOLAS MADURO", "A B USMANOV", "USMANOV A.B.", "YURI KOVALCHUK", "JURI KOWALTSCHUK",
        "ROMAN ABRAMOVICH MOSCOW BRANCH",
    ],
)  # fmt: skip
def test_a_person_named_in_short_is_held(engine, name):
    assert decision(engine, creditor=name) == "hold"


@pytest.mark.parametrize(
    "name",
    [
        "IVAN ABRAMOVICH", "ABRAMOVICH I A", "USMANOV B A", "NICOLAS GARCIA", "M IVANOV",
        "ROMAN ABRAMOVICH PETERSEN", "UNION NATIONAL BANK OF QATAR", "BRAHMA CRACKER AND POLYMER",
    ],
)  # fmt: skip
def test_others_of_like_names_pass(engine, name):
    assert decision(engine, creditor=name) == "pass"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SALARY ROMAN ABRAMOVICH NOVEMBER", "hold"),
        ("ON BEHALF OF MAXIM ANATOLYEVICH IVANOV REF 8812", "hold"),
        ("FROM NATIONAL BANK FOR GOODS", "hold"),
        ("JOHN MILLER AND MAXIM ANATOLYEVICH IVANOV", "hold"),
        ("FREIGHT GARANTEX VOY 12", "hold"),
        ("ROMAN ABRAMOVICH GIFT", "hold"),
        ("FLIGHT ABRAMOVICH/ROMAN MR", "hold"),
        ("PASSPORT HOLDER DR ROMAN_ABRAMOVICH", "hold"),
        ("JOHN MILLER ODER ROMAN ABRAMOVICH", "hold"),
        ("SUPPLIES BRAHMA CRACKER AND POLYMER", "pass"),
    ],
)
def test_a_text_is_held_for_whom_and_what_it_names(engine, text, expected):
    assert decision(engine, remittance=text) == expected


@pytest.mark.parametrize(
    "given",
    [
        {"remittance": "GOODS ORIGIN IRAN"},
        {"remittance": "CONSULTING TEHRAN"},
        {"creditor": "HELLO TRADING LTD SIMFEROPOL CRIMEA"},
        {"creditor": "HELLO TRADING LTD TEHRAN IRAN"},
    ],
)
def test_a_country_or_place_under_embargo_is_a_hold_by_policy(engine, given):
    message = pacs008(transaction(**given))
    answer = engine.screen_payment(message, as_of=DAY)
    assert answer.decision == "hold"
    assert {each.kind for each in answer.transactions[0].findings} == {"place"}


@pytest.mark.parametrize("name", ["IRAN DARROUDI", "ROYA SADAT", "HELLO TRADING LTD ROME ITALY"])
def test_names_like_countries_and_villages_pass(engine, name):
    assert decision(engine, creditor=name) == "pass"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GARANTEX GROUP", "hold"),
        ("OAO NK GARANTEX", "hold"),
        ("GARANTEX DUBAI BRANCH 1234", "hold"),
        ("NATIONAL MAIN BRANCH", "pass"),
        ("MAXIM ANATOLYEVICH IVANOV DUBAI BRANCH", "hold"),
        ("JOHN MILLER FAO GARANTEX", "hold"),
        ("JOHN MILLER FFC MAXIM ANATOLYEVICH IVANOV", "hold"),
        ("GARANTEX HEAD OFFICE LIMASSOL", "hold"),
        ("GARANTEX FRUIT GROUP", "pass"),
    ],
)
def test_a_name_is_read_out_of_the_general_words_around_it(engine, name, expected):
    assert decision(engine, creditor=name) == expected


def test_a_policy_lets_short_names_and_countries_pass(engine, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'default_channel = "x"\n[channels.x]\ndescription = "X"\nshort_names = false\n'
        '[channels.x.outcomes]\ncountry = "pass"\nreview = "pass"\n'
    )
    short = pacs008(transaction(creditor="ABRAMOVICH R A"))
    assert engine.screen_payment(short, as_of=DAY, policy=policy).decision == "pass"
    country = pacs008(transaction(remittance="GOODS ORIGIN IRAN"))
    assert engine.screen_payment(country, as_of=DAY, policy=policy).decision == "pass"


def test_what_listed_parties_own_is_held(engine):
    stakes = Stakes.of(b"owner,owned,percent\nGarantex,Plain Holding BV,80\n", "stakes.csv")
    message = pacs008(transaction(creditor="PLAIN HOLDING BV"))
    assert engine.screen_payment(message, as_of=DAY).decision == "pass"
    answer = engine.screen_payment(message, as_of=DAY, ownership=stakes)
    assert answer.decision == "hold"
    kinds = {each.kind for each in answer.transactions[0].findings}
    assert "ownership" in kinds
