"""Prepare a party for comparison: read every value once, however many comparisons follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from limen.model import Feature, PartialDate, Party
from limen.model.countries import country_code
from limen.model.identifier_text import is_placeholder
from limen.model.identifiers import Identifier, read_identifiers

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

    ``more_numbers`` are those that a query gives elsewhere than in a property of numbers;
    ``read_numbers`` those of properties, also unread ones, where they were read before.
    """

    party: Party
    more_numbers: tuple[Identifier, ...] = ()
    read_numbers: tuple[Identifier, ...] | None = None

    @cached_property
    def dates(self) -> tuple[Value, ...]:
        """Return birth dates of people, and founding dates of organisations."""
        return self._all("dates")

    def implausible_dates(self) -> Iterator[tuple[str, str]]:
        """Yield (field, printed) of birth dates that no listed person can have."""
        for printed in self.party.values("birthDate"):
            if not _may_be_born(PartialDate.parse(printed)):
                yield "birthDate", printed

    def unread_countries(self) -> Iterator[tuple[str, str]]:
        """Yield (field, printed) of words that stand for a country and are none."""
        for field in filter(self.party.properties.__contains__, _COUNTRY_FIELDS):
            for printed in self.party.values(field):
                if country_code(printed) is None and not is_placeholder(printed):
                    yield field, printed

    @cached_property
    def countries(self) -> tuple[Value, ...]:
        """Return countries of every kind, by code; a word that is no country is left out."""
        return self._all("countries")

    @cached_property
    def genders(self) -> tuple[Value, ...]:
        return self._all("genders")

    @cached_property
    def birth_places(self) -> tuple[Value, ...]:
        return self._all("birth_places")

    @cached_property
    def addresses(self) -> tuple[Value, ...]:
        return self._all("addresses")

    @cached_property
    def numbers(self) -> tuple[Identifier, ...]:
        """Return the identifiers that can be compared."""
        own = read_identifiers(self.party) if self.read_numbers is None else self.read_numbers
        return (*(each for each in own if each.keys), *self.more_numbers)

    def alone(self, name: str, kind: str) -> Feature | None:
        """Return the feature of a listed party's value that a query has not; made once."""
        made = self._alone
        if name not in made:
            their = self.first(kind)
            made[name] = their and Feature(
                name, "missing_query", 0.0, listed=their.printed, listed_field=their.field
            )
        return made[name]

    @cached_property
    def _alone(self) -> dict[str, Feature | None]:
        return {}

    def first(self, kind: str) -> Value | None:
        """Return the first value of a kind, by its attribute's name; the others stay unread."""
        known = self.__dict__.get(kind)
        if known is not None:
            return known[0] if known else None
        fields, read = _READERS[kind]
        properties = self.party.properties
        for field in fields:
            for printed in properties.get(field, ()):
                key = read(printed)
                if key and (field != "birthDate" or _may_be_born(key)):
                    return Value(field, printed, key)
        return None

    def _all(self, kind: str) -> tuple[Value, ...]:
        """Return the values of a kind, each once a field."""
        fields, read = _READERS[kind]
        return tuple(
            Value(field, printed, key)
            for field in filter(self.party.properties.__contains__, fields)
            for printed in self.party.values(field)
            if (key := read(printed)) and (field != "birthDate" or _may_be_born(key))
        )


def _gender(text: str) -> str | None:
    return _GENDERS.get(text[:1].casefold())


def words(text: str) -> frozenset[str]:
    """Return the words of a place or address, in lower case.

    Accents stay, unlike in limen.util.text: the frozen matchers were measured with them.
    """
    return frozenset(_WORD.findall(text.casefold()))


#: The fields of each kind of values, and what reads them.
_READERS: dict[str, tuple[tuple[str, ...], Callable[[str], Any]]] = {
    "dates": (_DATE_FIELDS, PartialDate.parse),
    "countries": (_COUNTRY_FIELDS, country_code),
    "genders": (_GENDER_FIELDS, _gender),
    "birth_places": (_BIRTH_PLACE_FIELDS, words),
    "addresses": (_ADDRESS_FIELDS, words),
}


def _may_be_born(date: PartialDate) -> bool:
    """Return whether a listed person can be born on a date.

    Forms fill in 0001-01-01, 1900-01-01 and 9999-12-31; 2533 is a year of the Buddhist calendar.
    """
    filled_in = date.year == 1900 and date.month == 1 and date.day == 1
    return _FIRST_BIRTH <= date.year <= _LAST_BIRTH and not filled_in
