"""A party made ready to compare: every value read once, however many comparisons follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from limen.model import PartialDate, Party
from limen.model.countries import country_code
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
_GENDERS = {"m": "male", "f": "female", "w": "female", "м": "male", "ж": "female"}


class Value(NamedTuple):
    """A value as printed, the property it stands in, and what is compared."""

    field: str
    printed: str
    key: Any


@dataclass(frozen=True)
class Profile:
    """The comparable side of a party; each kind of value is read when first compared."""

    party: Party

    @cached_property
    def dates(self) -> tuple[Value, ...]:
        """Birth dates of people, and the dates organisations began."""
        return tuple(self._read(("birthDate", "incorporationDate"), PartialDate.parse))

    @cached_property
    def countries(self) -> tuple[Value, ...]:
        """Countries of every kind, by code; a word that is no country is left out."""
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
        """Identifiers that can be compared."""
        return tuple(identifiers(self.party))

    def _read(self, fields: tuple[str, ...], key: Callable[[str], Any]) -> Iterator[Value]:
        for field in fields:
            for printed in self.party.values(field):
                found = key(printed)
                if found:
                    yield Value(field, printed, found)


def words(text: str) -> frozenset[str]:
    """The words of a place or address, folded."""
    plain = "".join(char if char.isalnum() else " " for char in text.casefold())
    return frozenset(plain.split())
