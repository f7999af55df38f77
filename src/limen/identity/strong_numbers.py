"""Read the numbers by which records can be joined: each with its kind and country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from limen.model import Entry, Party
from limen.model.countries import country_code
from limen.model.identifiers import FEWEST_DIGITS, Identifier, identifiers, is_dummy

#: Kinds that a whole register keeps apart, and that no other party bears later.
_UNIQUE = frozenset(
    {"imo", "lei", "bic", "inn", "ogrn", "unified social credit code", "duns", "uei", "wallet"}
)
#: Kinds that are joined with the country that issued them.
_ISSUED = frozenset(
    {"passport", "national id", "tax number", "registration number", "social security number",
     "okpo", "licence number"}
)  # fmt: skip
_COUNTRY = re.compile(r"\(([^()]+)\)")


class Number(NamedTuple):
    """Represents a number of a record.

    ``country`` is empty where the list does not print who issued it. ``unique`` numbers name one
    party in the world; others need their country.
    """

    kind: str
    key: str
    country: str
    printed: str

    @property
    def unique(self) -> bool:
        return self.kind in _UNIQUE


def read_numbers(entry: Entry) -> Iterator[Number]:
    """Yield the numbers of an entry that can be evidence; placeholders are none."""
    issued = _issued(entry.extra)
    for number in identifiers(Party(entry.schema or "LegalEntity", entry.properties)):
        kind, printed = number.scheme.name, number.printed
        for key in _keys(number):
            if kind in _UNIQUE and number.is_valid() is not False:
                yield Number(kind, key, "", printed)
            elif kind in _ISSUED and _is_long(key) and not is_dummy(key):
                yield Number(kind, key, issued.get(printed, ""), printed)


def _keys(number: Identifier) -> list[str]:
    """Return the numbers in one value: those in the space of its kind."""
    return [key for space, key in number.keys if space == number.scheme.space]


def _is_long(key: str) -> bool:
    return sum(map(str.isdigit, key)) >= FEWEST_DIGITS


def _issued(extra: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the country that each number is printed with, as lists have it in brackets."""
    countries = {}
    for values in extra.values():
        for value in values:
            number, bracket, _ = value.partition(" (")
            if bracket and (code := _country(value)):
                countries[number] = code
    return countries


@lru_cache(maxsize=1 << 12)
def _bracketed(text: str) -> str:
    return country_code(text) or ""


def _country(value: str) -> str:
    return next((code for each in _COUNTRY.findall(value) if (code := _bracketed(each))), "")
