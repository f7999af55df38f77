"""The parties of the exam: listed ones to plant, innocent ones with real names and places."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from benchmarks.machine import SHARED
from benchmarks.payments.messages import FORMATS, Payment
from benchmarks.payments.spellings import in_capitals
from limen.engine import Engine
from limen.model.countries import country_code
from limen.snapshot.format import SCHEMAS, WEAK
from limen.util.text import squash

#: Names shorter than this are words; no name screening can be sure of one.
_SHORTEST = 8
#: Scripts that systems transliterate letter by letter: Latin, Greek, Cyrillic. Of others they write
#: the name that the customer has in Latin letters.
_SCRIPTS = re.compile(r"[\u0000-\u052f\u1e00-\u1fff\u2000-\u206f]*")


#: Legal forms: a company with and without one is the same.
_FORMS = frozenset(
    (
        "ltd", "limited", "llc", "ooo", "pjsc", "jsc", "ojsc", "cjsc", "pao", "ao", "oao", "zao",
        "inc", "incorporated", "corp", "corporation", "co", "company", "plc", "sa", "ag", "gmbh",
        "spa", "srl", "sarl", "nv", "bv", "ab", "as", "oy", "public", "joint", "stock", "liability",
    )
)  # fmt: skip
#: Letters of the shortest word that is planted alone, and the parts of a person's name.
_SHORTEST_WORD, _PARTS = 6, 3


def parts_of_person(name: str) -> tuple[str, ...]:
    """Given name, further names, family name, where the list marks the last: capitals, a comma."""
    head, comma, rest = name.partition(",")
    words = name.split()
    shouted = [word for word in words if word.isupper() and len(word) > 1]
    if comma:
        family, given = head.split(), rest.split()
    elif 0 < len(shouted) < len(words):
        family, given = shouted, [word for word in words if word not in shouted]
    else:
        return ()
    if len(given) < _PARTS - 1 or not family or any(len(word) < _PARTS for word in given):
        return ()
    return given[0], " ".join(given[1:]), " ".join(family)


def key_of(name: str) -> str:
    """The letters of a name's words in alphabetical order, without the usual legal forms."""
    words = [squash(word) for word in in_capitals(name).replace("-", " ").split()]
    own = [word for word in words if word not in _FORMS]
    return "".join(sorted(own or words))


@cache
def _words_of_population() -> frozenset[str]:
    with gzip.open(SHARED / "bench/population_dev.csv.gz", "rt", encoding="utf-8") as file:
        return frozenset(
            word for row in csv.DictReader(file) for word in in_capitals(row["name"]).split()
        )


@dataclass(frozen=True, slots=True)
class Target:
    """A listed party to plant: its id, schema and one of its names."""

    id: str
    schema: str
    name: str


class Listed:
    """The parties that the lists have on a day, with their strong names."""

    def __init__(self, engine: Engine, as_of: str) -> None:
        self._engine = engine
        self._scope = engine.scope(as_of, None, (), None, ())

    @cached_property
    def targets(self) -> list[Target]:
        """Every strong name of people and organisations, long enough to be one."""
        snapshot, scope = self._engine.snapshot, self._scope
        counts = scope.rows & scope.parties[snapshot.names["party"]]
        found = []
        for row in np.flatnonzero(counts):
            party = int(snapshot.names["party"][row])
            schema = SCHEMAS[int(snapshot.parties["schema"][party])]
            name = snapshot.name_texts[row]
            words = in_capitals(name).split()
            if int(snapshot.names["kind"][row]) == WEAK or schema in ("Vessel", "Airplane"):
                continue
            if len(" ".join(words)) < _SHORTEST or len(words) < 2 or not _SCRIPTS.fullmatch(name):
                continue
            found.append(Target(self._engine.party_id(party), schema, name))
        return found

    @cached_property
    def people(self) -> list[Target]:
        """People of three words or more of which the list marks the family name."""
        people = (each for each in self.targets if each.schema == "Person")
        return [each for each in people if len(parts_of_person(each.name)) == _PARTS]

    @cached_property
    def single_words(self) -> list[Target]:
        """Organisations of one word that none of the population has in its name."""
        snapshot, words = self._engine.snapshot, _words_of_population()
        found = []
        for row in np.flatnonzero(self._scope.rows & self._scope.parties[snapshot.names["party"]]):
            party = int(snapshot.names["party"][row])
            schema = SCHEMAS[int(snapshot.parties["schema"][party])]
            name, kind = snapshot.name_texts[row], int(snapshot.names["kind"][row])
            word = in_capitals(name)
            if schema in ("Person", "Vessel", "Airplane") or kind == WEAK or word in words:
                continue
            if word.isalpha() and len(word) >= _SHORTEST_WORD and _SCRIPTS.fullmatch(name):
                found.append(Target(self._engine.party_id(party), schema, name))
        return found

    @cached_property
    def keys(self) -> frozenset[str]:
        """The words of every listed name: who is called so is no innocent for certain."""
        return frozenset(map(key_of, self._engine.snapshot.name_texts))

    def numbers(self, field: str) -> list[tuple[str, str]]:
        """Numbers of one property, each with its party's id."""
        found = []
        for party in np.flatnonzero(self._scope.parties):
            state = self._engine.listed.at(int(party), *self._scope.known[0])
            values = state.profile.party.values(field) if state else ()
            found += [(self._engine.party_id(int(party)), value) for value in values]
        return found


@dataclass(frozen=True, slots=True)
class _Innocent:
    name: str
    country: str


class Innocents:
    """Payments between real people and organisations that no list has by name.

    Args:
        listed: the lists; a name that one has, in any order and legal form, is left out.
        addresses: each with its country's code, in places under no embargo.
        seed: of the choice.
    """

    def __init__(self, listed: Listed, addresses: list[tuple[str, str]], seed: int) -> None:
        self._rng = random.Random(seed)
        self._addresses = addresses
        self.left_out = 0
        self._parties: list[_Innocent] = []
        self._bics: list[str] = []
        with gzip.open(SHARED / "bench/population_dev.csv.gz", "rt", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["kind"] not in ("org", "person"):
                    continue
                bic = json.loads(row["extra"] or "{}").get("bic", "")
                if key_of(row["name"]) in listed.keys:
                    self.left_out += 1
                    continue
                code = (country_code(row["country"]) or "").upper()
                if bic and code not in ("IR", "CU", "KP", "SY", "SD", "RU", "BY"):
                    self._bics.append(bic)
                self._parties.append(_Innocent(row["name"], code))

    def payment(self, number: int) -> Payment:
        """One innocent payment."""
        rng = self._rng
        kind = rng.choice(FORMATS)
        roles = ["debtor", "creditor"]
        if not kind.startswith("MT"):
            further = ("ultimate_debtor", "ultimate_creditor", "invoicer")
            roles += [role for role in further if rng.random() < 0.15]
        names, addresses, countries = {}, {}, {}
        for role in roles:
            party = rng.choice(self._parties)
            name = in_capitals(party.name) if rng.random() < 0.7 else party.name
            names[role] = name[:140] if not kind.startswith("MT") else name
            addresses[role], countries[role] = rng.choice(self._addresses)
        bics = {role: rng.choice(self._bics) for role in ("debtor_agent", "creditor_agent")}
        if rng.random() < 0.2:
            bics["intermediary_agent"] = rng.choice(self._bics)
        return Payment(number, kind, names, addresses, countries, bics, self._texts())

    def _texts(self) -> dict[str, str]:
        rng = self._rng
        other = in_capitals(rng.choice(self._parties).name) if rng.random() < 0.25 else ""
        shape = rng.choice(_REMITTANCES)
        texts = {"remittance": shape.format(n=rng.randint(1000, 99999), x=other).strip()}
        if rng.random() < 0.2:
            texts["instruction"] = rng.choice(_INSTRUCTIONS)
        return texts


_REMITTANCES = (
    "INVOICE {n} DATED 12.11.2026 {x}", "SALARY NOVEMBER 2026 {x}", "/INV/{n} RENT 4TH FLOOR",
    "GOODS PER CONTRACT NO {n} DD 01.10.2026 {x}", "REF {n} PO 883{n} FREIGHT CHARGES",
    "TUITION FEE SPRING TERM STUDENT {x}", "LOAN REPAYMENT {n}", "CONSULTING SERVICES OCTOBER {x}",
    "RECHNUNG {n} VOM 03.11.2026 KUNDENNR 88{n}", "FACTURE {n} DU 3 NOVEMBRE 2026 {x}",
    "FAMILY SUPPORT", "{x} MEDICAL SUPPLIES ORDER {n}", "RF18539007547034", "DIVIDEND Q3 2026 {x}",
)  # fmt: skip
_INSTRUCTIONS = (
    "PLEASE ADVISE BENEFICIARY BY PHONE", "/ACC/CREDIT WITHOUT DELAY", "CHARGES FOR OUR ACCOUNT",
    "PAY AGAINST IDENTIFICATION", "/REC/COVER FOLLOWS",
)  # fmt: skip
