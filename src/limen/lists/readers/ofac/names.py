"""Write names as OFAC prints them: ``LAST, First Middle``, and everything else in capitals."""

from __future__ import annotations

from collections.abc import Iterable

from limen.lists.readers.ofac.kinds import table

LATIN = "Latin"

#: Marks of writing direction that OFAC puts around Arabic and Hebrew.
_DIRECTION_MARKS = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def person_name(last: str, first: str) -> str:
    """Return ``LAST, First``, of whichever there is."""
    return ", ".join(part for part in (last, first) if part)


def name_of_parts(parts: Iterable[tuple[str, str]]) -> str:
    """Return the printed name of ``(type, value)`` parts in the order printed.

    Family names and the names of companies, ships and aircraft are in capitals, given names
    and nicknames as they are, as OFAC's own files print the same parts.
    """
    family: list[str] = []
    given: list[str] = []
    for kind, value in parts:
        if kind in table().family_names or kind in table().whole_names:
            family.append(value.upper())
        else:
            given.append(value)
    return without_direction(person_name(" ".join(family), " ".join(given)))


def without_direction(name: str) -> str:
    """Remove marks of writing direction, which no query contains."""
    return name.translate(_DIRECTION_MARKS)
