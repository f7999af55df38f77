"""All cases of a target: its name disguised, its numbers written, its fields moved about."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from benchmarks.false_clear import dates, numbers
from benchmarks.false_clear.cases import Case, Target
from benchmarks.false_clear.disguise import DISGUISES

_OTHER_KIND = {
    "Person": ("Company", "Organization", "LegalEntity", "Vessel"),
    "Company": ("Person", "LegalEntity", "Vessel"),
    "Organization": ("Company", "Person", "LegalEntity"),
    "LegalEntity": ("Company", "Person", "Organization"),
    "Vessel": ("Company", "LegalEntity", "Thing"),
    "Airplane": ("Company", "Vessel"),
}
#: Longer names in another order are no plain names any more.
_TURNED = 5
_PLACEHOLDERS = ("Unknown", "NULL", "N/A", "NOTPROVIDED", "-", "none", "n.a.", "null", "XXX")
_ODD_BIRTHS = ("2533-01-01", "9999-12-31", "1900-01-01", "0001-01-01", "1111-11-11")
#: Disguises after which no alphabet is sure to be left: told is enough.
_HARD = {"mojibake", "replacement character", "look-alikes throughout", "digits for letters"}


def cases(target: Target, chance: random.Random) -> Iterator[Case]:
    """Yield every case of a target that its data allows."""
    yield from _disguised(target, chance)
    yield from _other_kind(target, chance)
    yield from _in_parts(target, chance)
    yield from _numbers(target, chance)
    yield from _births(target, chance)
    yield from _beside(target, chance)


def _case(kind: str, target: Target, *, schema: str = "", certain: bool = True, **properties):
    return Case(kind, target, schema or target.schema, properties, certain)


def _disguised(target: Target, chance: random.Random) -> Iterator[Case]:
    for kind, disguise in DISGUISES.items():
        written = disguise(target.name, chance)
        if written != target.name or kind == "as listed":
            yield _case(kind, target, certain=kind not in _HARD, name=[written])


def _other_kind(target: Target, chance: random.Random) -> Iterator[Case]:
    if others := _OTHER_KIND.get(target.schema):
        schema = chance.choice(others)
        words = target.name.replace(",", " ").split()
        craft = {schema, target.schema} & {"Vessel", "Airplane"}
        certain = not (craft and "Person" in (schema, target.schema))  # then it is for review
        yield _case(f"sent as {schema}", target, schema=schema, certain=certain, name=[target.name])
        if len(words) <= _TURNED:
            turned = " ".join([*words[1:], words[0]])
            kind = f"sent as {schema}, words in another order"
            yield _case(kind, target, schema=schema, certain=False, name=[turned])
    yield _case("sent as Thing", target, schema="Thing", name=[target.name])


def _in_parts(target: Target, chance: random.Random) -> Iterator[Case]:
    words = target.name.replace(",", " ").split()
    if target.schema != "Person" or len(words) < 2:
        return
    first, last = " ".join(words[:-1]), words[-1]
    yield _case("first and last name", target, firstName=[first], lastName=[last])
    yield _case("last and first name swapped", target, firstName=[last], lastName=[first])
    title = chance.choice(("Mr", "Mrs", "Dr", "Herr", "Monsieur", "Г-н"))
    yield _case(
        "title as name beside parts", target, name=[title], firstName=[first], lastName=[last]
    )
    yield _case("surname as name, given name apart", target, name=[last], firstName=[first])
    yield _case("surname first with a comma", target, name=[f"{last}, {first}"])
    yield _case("title before the name", target, name=[f"{title} {target.name}"])


def _numbers(target: Target, chance: random.Random) -> Iterator[Case]:
    for prop in numbers.ALONE:
        value = target.first(prop)
        if len(value) < 6:
            continue
        for kind, where, written in numbers.variants(prop, value, chance):
            yield _case(
                f"{kind} ({prop}, alone)", target, certain=kind == "number as listed",
                **{where: [written]},
            )  # fmt: skip


def _births(target: Target, chance: random.Random) -> Iterator[Case]:
    if target.schema != "Person":
        return
    birth = target.first("birthDate")
    if len(birth) == len("1952-10-07"):
        form, written = chance.choice(list(dates.forms(date.fromisoformat(birth)).items()))
        yield _case(f"birth date, {form}", target, name=[target.name], birthDate=[written])
    odd = chance.choice(_ODD_BIRTHS)
    yield _case("implausible birth date", target, name=[target.name], birthDate=[odd])


def _beside(target: Target, chance: random.Random) -> Iterator[Case]:
    """What stands with the name and must not take it away."""
    word = chance.choice(_PLACEHOLDERS)
    yield _case("placeholder beside the name", target, name=[word, target.name])
    yield _case("placeholder as country", target, name=[target.name], country=[word])
    field = "idNumber" if target.schema == "Person" else "registrationNumber"
    yield _case("placeholder as number", target, name=[target.name], **{field: [word]})
    yield _case("two names in one cell", target, name=[f"{target.name}; {target.name}"])
    filler = " ".join(["Alpha"] * 30)
    yield _case(
        "a name behind forty words", target, certain=False, name=[f"{filler} {target.name}"]
    )
    address = f"{target.name}, 12 High Street, London"
    yield _case("address behind the name", target, certain=False, name=[address])
