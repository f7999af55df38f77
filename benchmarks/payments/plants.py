"""Plant a listed party in a payment: in a role, in a spelling, or by its number or place."""

from __future__ import annotations

import random
from functools import cache

from benchmarks.payments.messages import ROLES, Payment
from benchmarks.payments.people import Listed, Target
from benchmarks.payments.spellings import SPELLINGS, in_capitals, written

#: Roles besides parties: what is planted is a BIC, a name or number in a text, or a place.
_BY_BIC, _TEXTS = ("creditor_agent", "intermediary_agent"), ("remittance", "instruction")
_PLACES = (
    "UL LENINA 5, SIMFEROPOL, CRIMEA", "PROSPEKT NAKHIMOVA 2, SEVASTOPOL",
    "KHIABAN VALIASR 10, TEHRAN, IRAN", "CALLE 23 NO 105, HAVANA, CUBA",
    "VUL ARTEMA 50, DONETSK, UKRAINE", "TONGIL STREET, PYONGYANG, NORTH KOREA",
    "UL OBORONNAYA 4, LUGANSK, LNR", "UL SOVETSKAYA 7, YALTA, KRYM",
)  # fmt: skip
_BEFORE = ("PAYMENT FOR ", "INVOICE 4711 ", "GOODS ORDERED BY ", "ON BEHALF OF ", "SALARY OF ")


def plant(
    payment: Payment, number: int, listed: Listed, rng: random.Random
) -> tuple[Payment, str, str, Target]:
    """Return the payment with what was planted: its role, its spelling, its party."""
    kinds = ("party", "party", "party", "party", "party", "bic", "text", "text", "vessel", "place")
    kind = kinds[number % len(kinds)]
    if kind == "bic":
        return _bic(payment, listed, rng)
    if kind == "vessel":
        return _vessel(payment, listed, rng)
    if kind == "place":
        role = rng.choice(("debtor", "creditor"))
        payment.addresses[role] = rng.choice(_PLACES)
        payment.countries.pop(role, None)
        return (
            payment,
            f"address of {role}",
            "place",
            Target("", "Address", payment.addresses[role]),
        )
    target = rng.choice(listed.targets)
    if kind == "text":
        return _text(payment, target, rng)
    roles = ROLES[payment.format]
    role = roles[(number // len(kinds)) % len(roles)]
    person = target.schema == "Person"
    spellings = [each for each in SPELLINGS if person or each != "turned"]
    spelling = rng.choice(spellings)
    payment.names[role] = written(target.name, spelling, rng)
    payment.bics.pop(role, None)
    return payment, role, spelling, target


@cache
def _numbers(listed: Listed, field: str) -> list[tuple[str, str]]:
    return listed.numbers(field)


def _bic(payment: Payment, listed: Listed, rng: random.Random) -> tuple[Payment, str, str, Target]:
    owner, bic = rng.choice(_numbers(listed, "swiftBic"))
    role = rng.choice(_BY_BIC)
    plain = "".join(filter(str.isalnum, bic)).upper()
    payment.bics[role] = plain[:8] if rng.random() < 0.5 else f"{plain[:8]}XXX"
    return payment, role, "BIC", Target(owner, "Company", bic)


def _vessel(
    payment: Payment, listed: Listed, rng: random.Random
) -> tuple[Payment, str, str, Target]:
    owner, imo = rng.choice(_numbers(listed, "imoNumber"))
    digits = "".join(filter(str.isdigit, imo))
    payment.texts["remittance"] = f"FREIGHT CHARGES VESSEL IMO {digits} VOYAGE 12"
    return payment, "remittance", "IMO number", Target(owner, "Vessel", imo)


def _text(payment: Payment, target: Target, rng: random.Random) -> tuple[Payment, str, str, Target]:
    role = rng.choice(_TEXTS)
    name = in_capitals(target.name)
    payment.texts[role] = f"{rng.choice(_BEFORE)}{name} REF 8812"
    return payment, role, "in a text", target
