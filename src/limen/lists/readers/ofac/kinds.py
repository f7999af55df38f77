"""Look up OFAC's own labels: the kind of item each announces, and the property it goes to.

The table itself is reviewed data: ``items.yml`` in this folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from msgspec import Struct

from limen.model import ListFormatError
from limen.model.schemata import properties
from limen.util.located_yaml import locate_packaged

_TYPOGRAPHIC = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item.

    Attributes:
        label: OFAC's label, without a closing colon or dash.
        reads: the section of the table: ``"documents"``, ``"words"``, ``"dates"``, ...
        preferred: FollowTheMoney properties, the best first; none where none fits.
    """

    label: str
    reads: str
    preferred: tuple[str, ...]


class Register(Struct, frozen=True, forbid_unknown_fields=True):
    """A label, country and number of digits that together make a code certain."""

    label: str
    country: str
    digits: tuple[int, ...]
    property: str

    def holds(self, country: str, number: str) -> bool:
        """Return whether a number printed for that country is one of this register."""
        return (
            (not self.country or country == self.country)
            and len(number) in self.digits
            and number.isdecimal()
        )


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    documents: dict[str, tuple[str, ...]]
    prefixes: dict[str, str]
    registers: tuple[Register, ...]
    words: dict[str, tuple[str, ...]]
    genders: dict[str, tuple[str, ...]]
    countries: dict[str, tuple[str, ...]]
    birth_dates: dict[str, tuple[str, ...]]
    dates: dict[str, tuple[str, ...]]
    links: dict[str, tuple[str, ...]]
    unmapped: tuple[str, ...]
    no_country: frozenset[str]
    alias_kinds: dict[str, str]
    schemas: dict[str, str]
    family_names: frozenset[str]
    whole_names: frozenset[str]


@lru_cache(1 << 12)
def kind_of(label: str) -> Kind | None:
    """Return the kind a label announces, as an XML file prints it; ``None`` if unknown."""
    return _kind_of(label.translate(_TYPOGRAPHIC).strip().rstrip(":- "))


@lru_cache(1 << 12)
def split_item(item: str) -> tuple[Kind, str] | None:
    """Split a remark's item into its kind and its words; ``None`` for free text."""
    for label, pattern in _labels_by_first_word().get(item.partition(" ")[0].rstrip(":"), ()):
        if pattern is None:
            size = len(label) if item.startswith(label) else 0
        else:
            match = pattern.match(item)
            size = match.end() if match else 0
        if size and item[size : size + 1] in ("", " ", ":"):
            kind = _kind_of(item[:size])
            if kind is not None:
                return kind, item[size:].lstrip(":").strip().removeprefix("- ")
    return None


@cache
def property_for(schema: str, preferred: tuple[str, ...]) -> str | None:
    """Return the first preferred property that the schema has."""
    allowed = properties(schema)
    return next((name for name in preferred if name in allowed), None)


@cache
def registers(label: str) -> tuple[Register, ...]:
    """Return the registers of the numbers that OFAC prints under a label."""
    return tuple(register for register in table().registers if register.label == label)


@cache
def prefixes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return first letters that identify a number's kind, with the preferred properties."""
    return tuple((f"{start} ", tuple(to.split())) for start, to in table().prefixes.items())


def schema_of(kind: str, where: str) -> str:
    """Return the FollowTheMoney schema of a kind of party.

    Raises:
        ListFormatError: OFAC has no such kind.
    """
    schema = table().schemas.get(kind.lower())
    if schema is None:
        raise ListFormatError(
            f"SDN type {kind!r} is not one of {', '.join(table().schemas)}",
            where=where,
            why="a ship would be compared as a person, or a person as a ship",
            hint="if OFAC has a new type, add it under schemas in lists/readers/ofac/items.yml",
        )
    return schema


def alias_kind(printed: str, where: str) -> str:
    """Return the kind of an alias, however dotted: ``a.k.a.`` is ``aka``.

    Raises:
        ListFormatError: OFAC has no such kind.
    """
    kind = printed.replace(".", "").lower()
    if kind not in table().alias_kinds:
        raise ListFormatError(
            f"alias type {printed!r} is not one of {', '.join(table().alias_kinds)}",
            where=where,
            why="the name would be searched with the wrong weight",
            hint="if OFAC has a new type, add it under alias_kinds in lists/readers/ofac/items.yml",
        )
    return kind


def is_country(words: str) -> bool:
    """Return whether a country field names a country: ``Region: Crimea`` does not."""
    return bool(words) and not words.startswith("Region:") and words not in table().no_country


@cache
def table() -> _Table:
    """Load the reviewed table.

    Raises:
        RegistryError: it is wrong; the error gives the line.
    """
    return locate_packaged("limen.lists.readers.ofac", "items.yml").decode(_Table)


@cache
def _kinds() -> dict[str, Kind]:
    sections: dict[str, dict[str, tuple[str, ...]]] = {
        "documents": table().documents,
        "words": table().words,
        "genders": table().genders,
        "countries": table().countries,
        "birth_dates": table().birth_dates,
        "dates": table().dates,
        "links": table().links,
        "unmapped": {"": table().unmapped},
    }
    return {
        label: Kind(label, reads, tuple(preferred.split()))
        for reads, section in sections.items()
        for preferred, labels in section.items()
        for label in labels
    }


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return labels with ``*``, the longest first: one word at the end, any words inside."""
    starred = sorted((label for label in _kinds() if "*" in label), key=len, reverse=True)
    return tuple(
        (
            label,
            re.compile(re.sub(r"\\\*", r"[^;:]+?", re.sub(r"\\\*$", r"\\S+", re.escape(label)))),
        )
        for label in starred
    )


@lru_cache(4096)
def _kind_of(label: str) -> Kind | None:
    if kind := _kinds().get(label):
        return kind
    for starred, pattern in _patterns():
        if pattern.fullmatch(label):
            model = _kinds()[starred]
            return Kind(label, model.reads, model.preferred)
    return None


@cache
def _labels_by_first_word() -> dict[str, tuple[tuple[str, re.Pattern[str] | None], ...]]:
    patterns = dict(_patterns())
    by_word: dict[str, list[tuple[str, re.Pattern[str] | None]]] = {}
    for label in sorted(_kinds(), key=len, reverse=True):
        by_word.setdefault(label.partition(" ")[0], []).append((label, patterns.get(label)))
    return {word: tuple(labels) for word, labels in by_word.items()}
