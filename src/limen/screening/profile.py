"""Prepare a party for comparison: read every value once, however many comparisons follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from limen.model import PartialDate, Party
from limen.model.countries import country_code
from limen.model.identifier_text import is_placeholder
from limen.model.identifiers import Identifier, identifiers

_COUNTRY_FIELDS = (
    "nationality",
    "citizenship",
    "country",
    "jurisdiction",
    "mainCountry",
    "flag",
    "birthCountry",
)
_DATE_FIELDS = ("birthDate", "incorporationDate")
_GENDER_FIELDS, _BIRTH_PLACE_FIELDS = ("gender",), ("birthPlace",)
_ADDRESS_FIELDS = ("address", "full")
#: The oldest listed people were born about 1880; no birth date is after the century's end.
_FIRST_BIRTH, _LAST_BIRTH = 1850, 2100
#: Letters and digits, as ``str.isalnum`` has them.
_WORD = re.compile(r"[^\W_]+")
_GENDERS = {"m": "male", "f": "female", "w": "female", "м": "male", "ж": "female"}


class Value(NamedTuple):
    """Represents a value: the property it comes from, as printed, and as compared."""

    field: str
    printed: str
    key: Any


class Profile(msgspec.Struct, frozen=True, dict=True):
    """Represents a party's comparable values; each kind is read when it is first compared.

    ``more_numbers`` are those that a query gives elsewhere than in a property of numbers.
    """

    party: Party
    more_numbers: tuple[Identifier, ...] = ()

    @cached_property
    def dates(self) -> tuple[Value, ...]:
        """Return birth dates of people, and founding dates of organisations."""
        return tuple(_dates(self.party))

    def implausible_dates(self) -> Iterator[tuple[str, str]]:
        """Yield (field, printed) of birth dates that no listed person can have."""
        for value in _read(self.party, ("birthDate",), PartialDate.parse):
            if not _may_be_born(value.key):
                yield value.field, value.printed

    def unread_countries(self) -> Iterator[tuple[str, str]]:
        """Yield (field, printed) of words that stand for a country and are none."""
        for field, printed in _given(self.party, _COUNTRY_FIELDS):
            if country_code(printed) is None and not is_placeholder(printed):
                yield field, printed

    @cached_property
    def countries(self) -> tuple[Value, ...]:
        """Return countries of every kind, by code; a word that is no country is left out."""
        return tuple(_countries(self.party))

    @cached_property
    def genders(self) -> tuple[Value, ...]:
        return tuple(_genders(self.party))

    @cached_property
    def birth_places(self) -> tuple[Value, ...]:
        return tuple(_birth_places(self.party))

    @cached_property
    def addresses(self) -> tuple[Value, ...]:
        return tuple(_addresses(self.party))

    @cached_property
    def numbers(self) -> tuple[Identifier, ...]:
        """Return the identifiers that can be compared."""
        return (*identifiers(self.party), *self.more_numbers)

    def first(self, kind: str) -> Value | None:
        """Return the first value of a kind, by its attribute's name; the others stay unread."""
        fields, read = _READERS[kind]
        if self.party.properties.keys().isdisjoint(fields):
            return None
        return next(read(self.party), None)


def _given(party: Party, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (field, printed) of every value of some fields, each once a field."""
    properties = party.properties
    if properties.keys().isdisjoint(fields):
        return
    for field in fields:
        for printed in party.values(field) if field in properties else ():
            yield field, printed


def _read(party: Party, fields: tuple[str, ...], key: Callable[[str], Any]) -> Iterator[Value]:
    for field, printed in _given(party, fields):
        value = key(printed)
        if value:
            yield Value(field, printed, value)


def _dates(party: Party) -> Iterator[Value]:
    for value in _read(party, _DATE_FIELDS, PartialDate.parse):
        if value.field != "birthDate" or _may_be_born(value.key):
            yield value


def _countries(party: Party) -> Iterator[Value]:
    return _read(party, _COUNTRY_FIELDS, country_code)


def _genders(party: Party) -> Iterator[Value]:
    return _read(party, _GENDER_FIELDS, lambda text: _GENDERS.get(text[:1].casefold()))


def _birth_places(party: Party) -> Iterator[Value]:
    return _read(party, _BIRTH_PLACE_FIELDS, words)


def _addresses(party: Party) -> Iterator[Value]:
    return _read(party, _ADDRESS_FIELDS, words)


#: The fields of each kind of values, and what reads them.
_READERS: dict[str, tuple[tuple[str, ...], Callable[[Party], Iterator[Value]]]] = {
    "dates": (_DATE_FIELDS, _dates),
    "countries": (_COUNTRY_FIELDS, _countries),
    "genders": (_GENDER_FIELDS, _genders),
    "birth_places": (_BIRTH_PLACE_FIELDS, _birth_places),
    "addresses": (_ADDRESS_FIELDS, _addresses),
}


def _may_be_born(date: PartialDate) -> bool:
    """Return whether a listed person can be born on a date.

    Forms fill in 0001-01-01, 1900-01-01 and 9999-12-31; 2533 is a year of the Buddhist calendar.
    """
    filled_in = date.year == 1900 and date.month == 1 and date.day == 1
    return _FIRST_BIRTH <= date.year <= _LAST_BIRTH and not filled_in


def words(text: str) -> frozenset[str]:
    """Return the words of a place or address, in lower case.

    Accents stay, unlike in limen.util.text: the frozen matchers were measured with them.
    """
    return frozenset(_WORD.findall(text.casefold()))
