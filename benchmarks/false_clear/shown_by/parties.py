"""Trials of kinds 1, 2 and 4: numbers, names, kinds and disguises of one party."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from benchmarks.false_clear import disguise, numbers
from benchmarks.false_clear.cases import Target
from benchmarks.false_clear.shown_by.trial import FOUND, NO_CLEAR, SEEN, UNKNOWN, Trial, of_answer
from limen.model import LimenError

#: What is written before a number, and around it.
_WRITTEN = {
    "imoNumber": ("Flag 12, IMO {}", "No. {}", "{}.0"),
    "cryptoAddress": ("XBT {}", "bitcoin:{}", "{} (wallet)"),
    "leiCode": ("LEI:{}",),
    "swiftBic": ("SWIFT:{}", "{}XXX"),
    "mmsi": ("MMSI {}",),
    "passportNumber": ("No. {}", "{}; 999999999"),
    "email": ("mailto:{}", "{}"),
    "phone": ("Tel. {}",),
    "website": ("https://{}/", "{}"),
    "registrationNumber": ("{}",),
    "callSign": ("{}",),
    "icaoCode": ("{}",),
}


def trials(engine, targets: list[Target]) -> Iterator[Trial]:
    """Yield the trials that need one listed party each.

    Args:
        engine: an open engine.
        targets: listed parties, in a fixed order.
    """
    ask = partial(_trial, engine)
    for prop, forms in _WRITTEN.items():
        target = next((each for each in targets if len(each.first(prop)) >= 6), None)
        if target is None:
            continue
        value = target.first(prop)
        for form in forms:
            yield ask(1, f"{prop} as {form}", target.schema, FOUND, **{prop: [form.format(value)]})
        if value.isdecimal():
            for kind, where, written in numbers.variants(prop, value, _Never()):
                if kind in ("full-width digits", "Arabic digits", "number with blanks"):
                    yield ask(1, f"{prop}, {kind}", target.schema, FOUND, **{where: [written]})
    yield from _unread(ask)
    person = next(each for each in targets if each.schema == "Person" and each.name.isascii())
    company = next(each for each in targets if each.schema == "Company" and each.name.isascii())
    yield from _kinds(ask, person, company)
    for target in (person, company):
        for kind, change in disguise.DISGUISES.items():
            written = change(target.name, _Never())
            hard = kind in ("replacement character", "mojibake", "digits for letters")
            right = NO_CLEAR if hard else SEEN
            yield ask(4, f"{target.schema}, {kind}", target.schema, right, name=[written])


def _unread(ask) -> Iterator[Trial]:
    """Yield values that cannot be compared: then the answer is no clear."""
    yield ask(1, "a wrong check digit", "Vessel", NO_CLEAR, imoNumber=["9187620"])
    yield ask(1, "no LEI, and no name", "Company", UNKNOWN, leiCode=["not a lei"])
    yield ask(1, "a BIC of seven", "Company", UNKNOWN, swiftBic=["ABCDEF1"])
    yield ask(1, "a country that is none", "Person", UNKNOWN, name=["Anna Nowak"],
              country=["Utopia"])  # fmt: skip
    yield ask(1, "a placeholder for a name", "Person", UNKNOWN, name=["Unknown"])
    yield ask(1, "a birth date in 2533", "Person", ("cannot say",), name=["Anna Nowak"],
              birthDate=["2533-01-01"])  # fmt: skip
    yield ask(1, "a property that is none", "Person", UNKNOWN, name=["Anna Nowak"], colour=["red"])
    yield ask(1, "a title for a name", "Person", UNKNOWN, name=["Mr"])


def _kinds(ask, person: Target, company: Target) -> Iterator[Trial]:
    """Yield parties that are sent as another kind, and names in the wrong places."""
    filler = " ".join(["Alpha"] * 30)
    yield ask(1, "a name behind thirty words", "Person", NO_CLEAR, name=[f"{filler} {person.name}"])
    yield ask(1, "a word of sixty letters", "Person", NO_CLEAR, name=[f"{person.name} {'x' * 60}"])
    yield ask(2, "a person sent as a company", "Company", SEEN, name=[person.name])
    yield ask(2, "a company sent as a person", "Person", SEEN, name=[company.name])
    *first, last = person.name.replace(",", " ").split()
    parts = {"firstName": [" ".join(first)], "lastName": [last]}
    yield ask(2, "a title beside the parts of a name", "Person", FOUND, name=["Mr"], **parts)
    yield ask(2, "a surname under name", "Person", FOUND, name=[last], firstName=[" ".join(first)])


def _trial(engine, kind: int, what: str, schema: str, right, **properties) -> Trial:
    party = {"schema": schema, "properties": properties}
    return Trial(kind, what, f"screen({party})", partial(_screen, engine, party), right)


def _screen(engine, party: dict[str, Any]) -> str:
    try:
        return of_answer(engine.screen(party).to_dict())
    except LimenError:
        return "refused"


class _Never:
    """Stands for chance where every run has to be the same: the first choice."""

    def choice(self, values):
        return values[0]

    def random(self) -> float:
        return 0.0
