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
    """Represents a party's comparable values; each kind is read when it is first compared."""

    party: Party

    @cached_property
    def dates(self) -> tuple[Value, ...]:
        """Return birth dates of people, and founding dates of organisations."""
        return tuple(
            value
            for value in self._read(("birthDate", "incorporationDate"), PartialDate.parse)
            if value.field != "birthDate" or _may_be_born(value.key)
        )

    def implausible_dates(self) -> Iterator[tuple[str, str]]:
        """Yield (field, printed) of birth dates that no listed person can have."""
        for value in self._read(("birthDate",), PartialDate.parse):
            if not _may_be_born(value.key):
                yield value.field, value.printed

    def unread_countries(self) -> Iterator[tuple[str, str]]:
        """Yield (field, printed) of words that stand for a country and are none."""
        given = self.party.properties
        for field in _COUNTRY_FIELDS:
            for printed in self.party.values(field) if field in given else ():
                if country_code(printed) is None and not is_placeholder(printed):
                    yield field, printed

    @cached_property
    def countries(self) -> tuple[Value, ...]:
        """Return countries of every kind, by code; a word that is no country is left out."""
        return tuple(self._read(_COUNTRY_FIELDS, country_code))

    @cached_property
    def genders(self) -> tuple[Value, ...]:
        return tuple(self._read(("gender",), lambda text: _GENDERS.get(text[:1].casefold())))

    @cached_property
    def birth_places(self) -> tuple[Value, ...]:
        return tuple(self._read(("birthPlace",), words))

    @cached_property
    def addresses(self) -> tuple[Value, ...]:
        return tuple(self._read(("address", "full"), words))

    @cached_property
    def numbers(self) -> tuple[Identifier, ...]:
        """Return the identifiers that can be compared."""
        return tuple(identifiers(self.party))

    def _read(self, fields: tuple[str, ...], key: Callable[[str], Any]) -> Iterator[Value]:
        given = self.party.properties
        for field in fields:
            for printed in self.party.values(field) if field in given else ():
                value = key(printed)
                if value:
                    yield Value(field, printed, value)


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
