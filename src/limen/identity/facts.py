"""Read what one state of a record says of who the party is: the facts that joins rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

import msgspec

from limen.identity.names import Words, read_words, without_initials
from limen.identity.references import Reference, read_references
from limen.identity.strong_numbers import Number, read_numbers
from limen.model import Entry, PartialDate
from limen.model.countries import country_code, country_codes
from limen.util.located_yaml import locate_packaged

_NAMES = ("name", "previousName", "alias", "weakAlias")
_COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "flag", "birthCountry")
_GENDERS = {"m": "male", "f": "female", "w": "female"}
_KINDS = {
    "Person": "person",
    "Vessel": "ship",
    "Airplane": "aircraft",
    "Company": "organisation",
    "Organization": "organisation",
    "PublicBody": "organisation",
    "CryptoWallet": "wallet",
}
_WORD = re.compile(r"[^\W_]+")
#: Forms fill in 1900-01-01; a year before it or after the century's end is none of a birth.
_BIRTHS = (PartialDate(1880), PartialDate(2100))


NameWords = tuple[str, Words]


class Facts(msgspec.Struct, frozen=True, dict=True):
    """Represents what a record says of its party over one interval.

    ``kind`` is empty where the list does not say whether it is a person. ``births`` are dates of
    birth or of founding; ``places`` and ``addresses`` are the words of each, its country aside.
    """

    kind: str
    names: tuple[NameWords, ...]
    numbers: tuple[Number, ...]
    references: frozenset[Reference]
    births: tuple[PartialDate, ...]
    genders: frozenset[str]
    countries: frozenset[str]
    places: tuple[frozenset[str], ...]
    addresses: tuple[frozenset[str], ...]
    programmes: frozenset[str]
    topics: frozenset[str]

    @cached_property
    def by_key(self) -> dict[str, NameWords]:
        """Return one name for each key."""
        return {words.key: (name, words) for name, words in reversed(self.names)}

    def with_names(self, names: Iterable[NameWords]) -> Facts:
        """Return the facts with further names, after their own."""
        return msgspec.structs.replace(self, names=tuple(dict.fromkeys((*self.names, *names))))


def read_facts(list_id: str, entry: Entry) -> Facts:
    """Return the facts of an entry."""
    properties = entry.properties
    kind = _KINDS.get(entry.schema or "", "")
    person = kind == "person"
    exact = kind in ("ship", "aircraft")
    names = dict.fromkeys(name for field in _NAMES for name in properties.get(field, ()))
    dates = properties.get("birthDate" if person else "incorporationDate", ())
    return Facts(
        kind=kind,
        names=tuple(
            (name, read_words(without_initials(name), person=person, exact=exact)) for name in names
        ),
        numbers=tuple(dict.fromkeys(read_numbers(entry))),
        references=read_references(list_id, entry),
        births=tuple(date for text in dates if _is_plausible(date := PartialDate.parse(text))),
        genders=frozenset(
            gender
            for text in properties.get("gender", ())
            if (gender := _GENDERS.get(text[:1].casefold()))
        ),
        countries=frozenset(
            code
            for field in _COUNTRIES
            for text in properties.get(field, ())
            for code in country_codes(text)
        ),
        places=_words(properties.get("birthPlace", ())),
        addresses=_words(properties.get("address", ())),
        programmes=frozenset(entry.programmes),
        topics=frozenset(topic for tag in entry.programmes for topic in topics(tag)),
    )


def _is_plausible(date: PartialDate) -> bool:
    first, last = _BIRTHS
    return first.year <= date.year <= last.year and (date.year, date.month, date.day) != (
        1900,
        1,
        1,
    )


def _words(texts: Iterable[str]) -> tuple[frozenset[str], ...]:
    return tuple(words for text in texts if (words := _split(_without_country(text))))


def _without_country(text: str) -> str:
    """Return a place without the country that it ends with, which all its people share.

    A country may have a comma of its own: ``Tehran, Iran, Islamic Republic of``.
    """
    parts = text.split(",")
    for at in range(max(len(parts) - 2, 0), len(parts)):
        if country_code(",".join(parts[at:])):
            return _without_country(",".join(parts[:at]))
    return text


@lru_cache(maxsize=1 << 16)
def _split(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


@lru_cache(maxsize=1 << 12)
def topics(programme: str) -> frozenset[str]:
    """Return what a programme is about, by the words of its tag or title."""
    words = _WORD.findall(programme.casefold())
    known = {_by_word()[word] for word in words if word in _by_word()}
    return frozenset(
        known | {code for word in words if len(word) > 3 and (code := country_code(word))}
    )


@cache
def _by_word() -> dict[str, str]:
    located = locate_packaged("limen.identity", "data/topics.yml")
    table = located.decode(dict[str, tuple[str, ...]])
    return {word: topic for topic, words in table.items() for word in words}
