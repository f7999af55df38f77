"""The planted exam in small: a listed name in each role, format and spelling is found."""

from __future__ import annotations

import random

import pytest
from benchmarks.payments.messages import FORMATS, ROLES, Payment, message
from benchmarks.payments.spellings import SPELLINGS, written
from tests.screened import small_home

NAME = "Sergey Valeryevich Aksyonov"
PEOPLE = ("Wilhelmina Unlisted", "Acme Machine Parts Ltd", "Henrik Nordlund", "Blue Door Bakery")


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return small_home(tmp_path_factory.mktemp("planted"))


def payment(number, kind, rng):
    roles = [role for role in ROLES[kind] if not role.endswith("agent")]
    return Payment(
        number,
        kind,
        names={role: rng.choice(PEOPLE) for role in roles},
        addresses={role: f"{rng.randint(1, 99)} High Street, London" for role in roles},
        countries=dict.fromkeys(roles, "GB"),
        bics={"debtor_agent": "DEUTDEFF", "creditor_agent": "BARCGB22"},
        texts={"remittance": f"INVOICE {number}", "instruction": "ADVISE BY PHONE"},
    )


def held_in(engine, sent):
    """The roles of the elements for which a payment is held."""
    answers = engine.screen_payment(message(sent), as_of="2022-03-01").transactions
    return {
        element.role
        for answer in answers
        if answer.decision != "pass"
        for element in answer.elements
        if element.findings or element.reasons
    }


@pytest.mark.parametrize("kind", FORMATS)
def test_a_listed_name_is_found_in_each_role_and_spelling(engine, kind):
    rng = random.Random(7)
    missed = []
    for role in (*ROLES[kind], "remittance", "instruction"):
        for spelling in SPELLINGS:
            sent = payment(rng.randint(1, 10**6), kind, rng)
            name = written(NAME, spelling, rng)
            (sent.texts if role in sent.texts else sent.names)[role] = name
            sent.bics.pop(role, None)
            if role not in held_in(engine, sent):
                missed.append((role, spelling, name))
    assert missed == []


def test_innocent_payments_pass(engine):
    rng = random.Random(8)
    held = [
        (kind, held)
        for number in range(84)
        for kind in (FORMATS[number % len(FORMATS)],)
        if (held := held_in(engine, payment(number, kind, rng)))
    ]
    assert held == []
