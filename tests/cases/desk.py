"""A desk to decide at: a store, four people, and answers of a small home to open alerts from."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from limen.cases.alert import Alert
from limen.cases.cases import Cases
from limen.cases.decision import Act, Decision, Discriminator
from limen.cases.people import Person

PASSWORD = "correct horse battery"
ANNA = Person("anna", frozenset({"read", "screen", "decide"}), 1)
BO = Person("bo", frozenset({"read", "decide", "approve"}), 2)
CLEO = Person("cleo", frozenset({"read", "decide", "approve"}), 2)
DORA = Person("dora", frozenset({"read", "audit"}), 1)
ADMIN = Person("root", frozenset({"admin", "read"}), 3)

DOB = Discriminator("birth_date", "1985-05-05", "1972-11-26")
NO_MATCH = Decision("closed_fp", "dob_conflict", (DOB,), "another day of birth")
PROPOSE = Act("propose", NO_MATCH)
APPROVE = Act("approve")


class Clock:
    """A clock that moves a second with each look, and by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += timedelta(days=days)


def finding(**changes: Any) -> dict[str, Any]:
    """A finding as answers print it, with changes."""
    record = {
        "kind": "party",
        "id": "us_ofac_sdn:1",
        "caption": "AKSYONOV, Sergey",
        "schema": "Person",
        "score": 0.91,
        "level": "hit",
        "party_id": "p1",
        "features": [],
        "party": {
            "properties": {
                "name": ["AKSYONOV, Sergey"],
                "alias": ["Сергей Аксёнов"],
                "birthDate": ["1972-11-26"],
                "nationality": ["Russia"],
                "passportNumber": ["AB 123"],
                "notes": ["Head of the Republic"],
            }
        },
        "listings": [
            {
                "list": "us_ofac_sdn",
                "record_id": "1",
                "programmes": ["UKRAINE-EO13660"],
                "measures": [],
                "acts": ["Executive Order 13660"],
                "applied_from": "2014-03-17",
                "applied_to": None,
                "known_from": "2014-03-17",
                "measures_in_force": [
                    {
                        "id": "us-eo-13660",
                        "instrument": "Executive Order 13660",
                        "prohibits": ["asset_freeze"],
                        "licences": [{"key": "UKRAINE/26A", "standing": "valid", "until": None}],
                    }
                ],
            }
        ],
    }
    return record | changes


def answer(*findings: dict[str, Any], subject: str = "C1", **properties: Any) -> dict[str, Any]:
    """An answer about a customer, as `limen screen` prints it."""
    held = {
        "name": ["Sergey Aksyonov"],
        "birthDate": ["1985-05-05"],
        "nationality": ["Bulgaria"],
        "address": ["Sofia"],
    } | properties
    return {
        "schema_version": "4",
        "outcome": "hit",
        "findings": list(findings) or [finding()],
        "reasons": [],
        "coverage": [],
        "query": {
            "id": subject, "caption": held["name"][0], "schema": "Person", "properties": held
        },
        "stamp": {"snapshot": "0123456789abcdef", "engine": "0.1.0", "as_of": "2026-01-01"},
    }  # fmt: skip


def accounts(cases: Cases, *people: Person) -> None:
    """Add people to a store, with a password that is made once: it takes a third of a second."""
    cases.add_account(ADMIN.name, ADMIN.roles, None, level=ADMIN.level)
    for person in people or (ANNA, BO, CLEO, DORA):
        cases.add_account(person.name, person.roles, ADMIN, level=person.level)


def opened(cases: Cases, *wires: dict[str, Any]) -> Alert:
    """Open alerts, and return the first."""
    return cases.alert(cases.open_alerts(wires or [answer()])[0].alert)


def do(cases: Cases, alert: Alert, what: Act, person: Person) -> Alert:
    """Do something with an alert as it is now, and return what it is then."""
    cases.act(alert.id, cases.alert(alert.id).version, what, person)
    return cases.alert(alert.id)


def closed(cases: Cases, alert: Alert, *, first: Person = ANNA, second: Person = BO) -> Alert:
    """Close an alert as no match, by two people."""
    do(cases, alert, PROPOSE, first)
    return do(cases, alert, APPROVE, second)


def changed(wire: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """An answer with another value at a path, as ``findings.0.score``; ``None`` takes it out."""
    other = deepcopy(wire)
    at: Any = other
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    for step in way:
        at = at[step]
    if value is None and isinstance(at, dict) and not path.endswith("applied_to"):
        at.pop(last, None)
    else:
        at[last] = value
    return other
